"""One clean table, polluted in many ways: never a wrong answer, never a fault of ours, and what holds all the data is answered.

The idea is that of Pollock, a benchmark of how well CSV readers cope with what is not standard (Vitagliano et al., PVLDB 16, 2023).
A refusal is a right answer only where data are lost or can be read in several ways. What holds all the data and is refused all the
same is named below, with the code of the refusal.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from custmetrics_cli.cli.run import run
from tests.pollution.judging import FAMILIES, Verdict, judged, polluted
from tests.pollution.pollution import Pollution

LEAST, SHARE = 1_000, 0.95
REFUSED = {
    'cells: "" for nothing': "E401",
    "dates: quoted by an apostrophe": "E401",
    "totals: groups among rows": "E408",
    **{f"headers: {above}explanations below": "E401" for above in ("", "groups above, ", "numbers above, ")},
}
NAMED = [(f"{family}: {pollution.name}", pollution) for family in FAMILIES for pollution in polluted(family)]
ALL = dict(NAMED)


@pytest.mark.parametrize("name", ALL)
def test_an_answer_is_right_or_there_is_none(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    found = judged(ALL[name], tmp_path_factory.getbasetemp())
    if ALL[name].whole:
        assert found == (Verdict("refused", REFUSED[name]) if name in REFUSED else Verdict("answered"))
    else:
        assert found.word in ("answered", "refused"), found.said


def test_what_holds_all_the_data_is_answered() -> None:
    """Of the pollutions above, as they are held to be."""
    whole = [name for name, pollution in ALL.items() if pollution.whole]
    assert len(NAMED) == len(ALL) >= LEAST
    assert {*whole} >= REFUSED.keys()
    assert len(whole) - len(REFUSED) >= SHARE * len(whole)


@pytest.mark.parametrize("family", FAMILIES)
def test_the_command_answers_or_refuses_with_a_code(family: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The first of a family that is whole, and the first that is not."""
    for pollution in filter(None, (_first(family, True), _first(family, False))):
        path = tmp_path / pollution.file
        path.write_bytes(pollution.data)
        status = run(["churn", "--period", "2022-Q2", "--json", "-q", str(path)])
        out, said = capsys.readouterr()
        assert (status, bool(out)) in ((0, True), (3, False)), said
        assert status == 0 or '"code": "E' in said


def _first(family: str, whole: bool) -> Pollution | None:
    return next((pollution for pollution in polluted(family) if pollution.whole is whole), None)
