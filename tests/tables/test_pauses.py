"""Pauses of subscriptions: the first paid day of a row, and the rows that are skipped."""

from __future__ import annotations

from pathlib import Path

import pytest

from custmetrics_cli.engines.query.run import collect
from tests.support.reading import ENGINES, day, loaded

HEADER = "customer_id,started_at,ended_at,amount,trial_end,paused_at,resumed_at,status\n"


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("row", "start"),
    [
        ("2022-01-10,,10,,2022-02-01,2022-03-01,", "2022-01-10"),
        ("2022-01-10,,10,,2022-01-10,2022-03-01,", "2022-03-01"),
        ("2022-01-10,,10,2022-02-10,2022-02-01,2022-03-01,", "2022-03-01"),
        ("2022-01-10,,10,,2022-01-01,2022-01-05,", "2022-01-10"),
        ("2022-01-10,,10,,2022-01-10,2022-01-10,", "2022-01-10"),
        ("2022-01-10,,10,,,,", "2022-01-10"),
    ],
    ids=["paused later", "on the first day", "in the trial", "over before the start", "empty pause", "no pause"],
)
def test_a_row_paused_before_it_paid_starts_when_it_is_resumed(tmp_path: Path, engine: str, row: str, start: str) -> None:
    path = tmp_path / "subscriptions.csv"
    path.write_text(f"{HEADER}A,{row}\n", "utf-8")
    with loaded([path], engine) as found:
        assert [day(row["started_at"]) for row in collect(found.frames["subscriptions"])] == [start]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("2022-01-10,,10,,2022-01-10,,paused", "paused before it paid"),
        ("2022-01-10,2022-02-01,10,,2022-01-10,2022-03-01,", "paused before it paid"),
        ("2022-01-10,2022-03-01,10,,2022-01-10,2022-03-01,", "paused before it paid"),
        ("2022-01-10,2022-01-20,10,2022-02-10,2022-01-15,,", "ended in trial"),
        ("2022-01-10,,0,,2022-01-10,,", "pays nothing"),
    ],
    ids=["never resumed", "ended before", "ended then", "ended in trial", "free"],
)
def test_a_row_that_never_paid_is_skipped(tmp_path: Path, row: str, reason: str) -> None:
    path = tmp_path / "subscriptions.csv"
    path.write_text(f"{HEADER}A,{row}\n", "utf-8")
    with loaded([path]) as found:
        assert found.inputs[0].excluded == {reason: 1}
        assert "W209" not in [warned.code for warned in found.warnings]


def test_a_planned_pause_does_not_extend_the_data(tmp_path: Path) -> None:
    path = tmp_path / "subscriptions.csv"
    path.write_text(f"{HEADER}A,2022-01-10,,10,,2022-02-01,2022-03-01,\n", "utf-8")
    with loaded([path]) as found:
        assert day(found.newest["subscriptions"] or 0) == "2022-01-10"
