"""A file with random edits is read with every row accounted for, or refused: never a traceback, never an internal error."""

from __future__ import annotations

import gzip
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.core.formula import Number
from custmetrics_cli.core.result import InputReport
from custmetrics_cli.ingest.inspection.inspect_files import inspect
from custmetrics_cli.ingest.model import InputFile
from custmetrics_cli.ingest.settings import Settings
from tests.support.asking import ENGINES, ask, question

RUSSIAN = "Код клиента;Дата начала;ended_at;Клиент;amount\n" + "".join(
    f"C{n};{1 + n % 28:02}.0{1 + n % 9}.2022;;ООО «Р{n}»;1 234,{n:02}\n" for n in range(30)
)
ENGLISH = "Report\ncustomer_id,started_at,ended_at,note\n" + "".join(f'{n},2022-01-{1 + n % 28:02},,"a ""b""\nc, d"\n' for n in range(30))
SEEDS = (RUSSIAN.encode(), RUSSIAN.encode("utf-16"), RUSSIAN.encode("cp1251"), ENGLISH.encode("utf-8-sig"), gzip.compress(ENGLISH.encode()))
PIECES = (b"", b'"', b"'", b"\n", b"\r", b";", b",", b"\0", b"\xff", b"\t", b"sep=;\n", b"#", b"\\", b"1/2/2022", "я".encode())
Edit = tuple[int, int, bytes]
EDITS = st.lists(st.tuples(st.integers(0, 4_000), st.integers(0, 12), st.sampled_from(PIECES)), min_size=1, max_size=6)


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A file with some bytes replaced."""
    data = draw(st.sampled_from(SEEDS))
    for at, gone, piece in draw(EDITS):
        data = data[: at % (len(data) + 1)] + piece + data[at % (len(data) + 1) + gone :]
    return data


@pytest.mark.filterwarnings("error")
@settings(max_examples=150)
@given(data=mutated())
def test_a_mutated_file_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "mutated.csv"
    path.write_bytes(data)
    for file in inspect([InputFile(str(path))], Settings()).files:
        assert not [problem for problem in file.problems if problem.code.startswith("E9")]
        assert file.problems or file.read is not None
        assert file.read is None or file.read == file.used + sum(file.excluded.values())


@pytest.mark.filterwarnings("error")
@settings(max_examples=40)
@given(data=mutated())
def test_every_engine_gives_the_same_answer_or_error_for_a_mutated_file(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "answered.csv"
    path.write_bytes(data)
    (problems, totals, inputs), *others = (outcome(str(path), engine) for engine in ENGINES)
    assert all(other == (problems, totals, inputs) for other in others)
    assert bool(problems) != bool(totals)
    assert not [problem for problem in problems if problem.code.startswith("E9")]
    assert all(each.read == each.used + sum(each.excluded.values()) for each in inputs)


def outcome(path: str, engine: str) -> tuple[Sequence[Problem], list[dict[str, Number]], Sequence[InputReport]]:
    """Return the errors, or else the totals and the counts of rows."""
    try:
        answer = ask([path], question("customers", "2022"), engine)
    except CustmetricsError as error:
        return error.problems, [], ()
    return (), [dict(result.totals) for result in answer.results], answer.inputs
