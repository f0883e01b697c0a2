"""One clean table, polluted in many ways: never a wrong answer, never a fault of ours, and what holds all the data is answered.

The idea is that of Pollock, a benchmark of how well CSV readers cope with what is not standard (Vitagliano et al., PVLDB 16, 2023).
A refusal is a right answer only where data are lost or can be read in several ways. What holds all the data and is refused all the
same is named below, with the code of the refusal.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from custmetrics_cli.cli.run import run
from tests.pollution.judging import FAMILIES, judged, polluted
from tests.pollution.pollution import Pollution

LEAST, SHARE = 1_000, 0.95
REFUSED = {
    'cells: "" for nothing': "E401",
    "dates: quoted by an apostrophe": "E401",
    "totals: groups among rows": "E408",
    **{f"headers: {above}explanations below": "E401" for above in ("", "groups above, ", "numbers above, ")},
}


@pytest.mark.parametrize("family", FAMILIES)
def test_an_answer_is_right_or_there_is_none(family: str, tmp_path: Path) -> None:
    """What differs is named by its pollution."""
    found = {f"{family}: {pollution.name}": (pollution.whole, judged(pollution, tmp_path)) for pollution in polluted(family)}
    assert {name: verdict for name, (_, verdict) in found.items() if verdict.word not in ("answered", "refused")} == {}
    assert {name: verdict.said for name, (whole, verdict) in found.items() if whole and verdict.word == "refused"} == _refused(family)


def test_what_holds_all_the_data_is_answered() -> None:
    """Of the pollutions above, as they are held to be."""
    every = [(family, pollution) for family in FAMILIES for pollution in polluted(family)]
    whole = sum(pollution.whole for _, pollution in every)
    assert len({(family, pollution.name) for family, pollution in every}) == len(every) >= LEAST
    assert whole - len(REFUSED) >= SHARE * whole


@pytest.mark.parametrize("family", FAMILIES)
def test_the_command_answers_or_refuses_with_a_code(family: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The first of a family that is whole, and the first that is not."""
    every = polluted(family)
    for pollution in filter(None, (_first(every, True), _first(every, False))):
        path = tmp_path / pollution.file
        path.write_bytes(pollution.data)
        status = run(["churn", "--period", "2022-Q2", "--json", "-q", str(path)])
        out, said = capsys.readouterr()
        assert (status, bool(out)) in ((0, True), (3, False)), said
        assert status == 0 or '"code": "E' in said


def _refused(family: str) -> dict[str, str]:
    return {name: codes for name, codes in REFUSED.items() if name.startswith(f"{family}: ")}


def _first(every: list[Pollution], whole: bool) -> Pollution | None:
    return next((pollution for pollution in every if pollution.whole is whole), None)
