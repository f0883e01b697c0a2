"""One clean table, polluted in many ways: no wrong answer, no internal error, and an answer if the file contains all the data.

The idea comes from Pollock, a benchmark of CSV readers on files that break the standard (Vitagliano et al., PVLDB 16, 2023).
A refusal is right only if data are lost or can be read in several ways. The files below contain all the data and are refused
nevertheless; each is listed with the code of the refusal.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from custmetrics_cli.cli.run import run
from tests.pollution.judging import FAMILIES, judge, pollutions
from tests.pollution.pollution import Pollution

LEAST, SHARE = 1_000, 0.95
REFUSED = {
    'cells: "" for nothing': "E401",
    "dates: quoted by an apostrophe": "E401",
    "totals: groups among rows": "E408",
    **{f"headers: {above}explanations below": "E401" for above in ("", "groups above, ", "numbers above, ")},
}


@pytest.mark.parametrize("family", FAMILIES)
def test_every_answer_is_right_or_refused(family: str, tmp_path: Path) -> None:
    verdicts = {f"{family}: {pollution.name}": (pollution.whole, judge(pollution, tmp_path)) for pollution in pollutions(family)}
    assert {name: verdict for name, (_, verdict) in verdicts.items() if verdict.word not in ("answered", "refused")} == {}
    assert {name: verdict.detail for name, (whole, verdict) in verdicts.items() if whole and verdict.word == "refused"} == _refused(family)


def test_nearly_all_files_with_all_the_data_are_answered() -> None:
    """The other test proves each answer; this one counts them."""
    every = [(family, pollution) for family in FAMILIES for pollution in pollutions(family)]
    whole = sum(pollution.whole for _, pollution in every)
    assert len({(family, pollution.name) for family, pollution in every}) == len(every) >= LEAST
    assert whole - len(REFUSED) >= SHARE * whole


@pytest.mark.parametrize("family", FAMILIES)
def test_the_command_answers_or_refuses_with_a_code(family: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Run the first file of a family that contains all the data, and the first that does not."""
    every = pollutions(family)
    for pollution in filter(None, (_first(every, True), _first(every, False))):
        path = tmp_path / pollution.file
        path.write_bytes(pollution.data)
        status = run(["churn", "--period", "2022-Q2", "--json", "-q", str(path)])
        out, errors = capsys.readouterr()
        assert (status, bool(out)) in ((0, True), (3, False)), errors
        assert status == 0 or '"code": "E' in errors


def _refused(family: str) -> dict[str, str]:
    return {name: codes for name, codes in REFUSED.items() if name.startswith(f"{family}: ")}


def _first(every: list[Pollution], whole: bool) -> Pollution | None:
    return next((pollution for pollution in every if pollution.whole is whole), None)
