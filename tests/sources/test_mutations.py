"""Whatever happens to the bytes of a file: every row is accounted for, or it is said what is wrong; never a traceback, never our fault."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custmetrics_cli.sources._nouns import Given, Settings
from custmetrics_cli.sources.inspection import inspect

RUSSIAN = "Код клиента;Дата начала;ended_at;Клиент;amount\n" + "".join(
    f"C{n};{1 + n % 28:02}.0{1 + n % 9}.2022;;ООО «Р{n}»;1 234,{n:02}\n" for n in range(30)
)
ENGLISH = "Report\ncustomer_id,started_at,ended_at,note\n" + "".join(f'{n},2022-01-{1 + n % 28:02},,"a ""b""\nc, d"\n' for n in range(30))
SEEDS = (RUSSIAN.encode(), RUSSIAN.encode("utf-16"), RUSSIAN.encode("cp1251"), ENGLISH.encode("utf-8-sig"), gzip.compress(ENGLISH.encode()))
PIECES = (b"", b'"', b"'", b"\n", b"\r", b";", b",", b"\0", b"\xff", b"\t", b"sep=;\n", b"#", b"\\", b"1/2/2022", "я".encode())
Edit = tuple[int, int, bytes]
EDITS = st.lists(st.tuples(st.integers(0, 4_000), st.integers(0, 12), st.sampled_from(PIECES)), min_size=1, max_size=6)


@pytest.mark.filterwarnings("error")
@settings(deadline=None, max_examples=150)
@given(seed=st.sampled_from(SEEDS), edits=EDITS)
def test_a_mutated_file_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, seed: bytes, edits: list[tuple[int, int, bytes]]
) -> None:
    """An edit takes some bytes away and puts others there."""
    data = seed
    for at, gone, piece in edits:
        data = data[: at % (len(data) + 1)] + piece + data[at % (len(data) + 1) + gone :]
    path = tmp_path_factory.getbasetemp() / "mutated.csv"
    path.write_bytes(data)
    for file in inspect([Given(str(path))], Settings()).files:
        assert not [problem for problem in file.problems if problem.code.startswith("E9")]
        assert file.problems or file.read is not None
        assert file.read is None or file.read == file.used + sum(file.excluded.values())
