"""The end of a row: the columns that give it, and its errors."""

from __future__ import annotations

from pathlib import Path

import pytest

from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.engines.query.run import collect
from tests.support.reading import day, loaded

ONLY_STATUS = "customer_id,started_at,status\nA,2022-01-01,active\nB,2022-01-01,ended\n"


def write(tmp_path: Path, *texts: str) -> list[Path]:
    paths = [tmp_path / f"{number}.csv" for number, _ in enumerate(texts)]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, "utf-8")
    return paths


def refused(paths: list[Path], **said: object) -> Problem:
    with pytest.raises(CustmetricsError) as caught, loaded(paths, **said):
        pass
    return caught.value.problems[0]


@pytest.mark.parametrize(
    ("header", "known"),
    [
        ("status", False),
        ("canceled_at", False),
        ("status,canceled_at", True),
        ("ended_at", True),
    ],
)
def test_a_status_or_a_cancellation_day_alone_gives_no_end(tmp_path: Path, header: str, known: bool) -> None:
    commas = "," * header.count(",")
    with loaded(write(tmp_path, f"customer_id,started_at,{header}\nA,2022-01-01,{commas}\n")) as found:
        assert ("ended_at" in found.present["customers"]) is known


def test_a_file_without_ends_is_not_completed_by_another_file(tmp_path: Path) -> None:
    decision = "customer_id,started_at,canceled_at\nC,2022-01-01,2022-03-01\n"
    with loaded(write(tmp_path, ONLY_STATUS, decision)) as found:
        assert "ended_at" not in found.present["customers"]
    assert refused(write(tmp_path, ONLY_STATUS, "customer_id,started_at,ended_at\nC,2022-01-01,2022-03-01\n")).code == "E306"


@pytest.mark.parametrize("row", ["B,2022-01-01,ended,", "B,2022-01-01,ended,2022-01-01"], ids=["no date", "no day"])
def test_skipped_rows_that_ended_prevent_the_warning_that_no_row_has(tmp_path: Path, row: str) -> None:
    with loaded(write(tmp_path, f"customer_id,started_at,status,ended_at\nA,2022-01-01,active,\n{row}\n")) as found:
        assert found.inputs[0].used == 1
        assert "W206" not in [warned.code for warned in found.warnings]


LATE = "2022-03-01 23:59:30"


@pytest.mark.parametrize(
    ("ends", "decided", "last"),
    [("exclusive", LATE, "2022-03-02"), ("inclusive", LATE, "2022-03-02"), ("inclusive", "2022-03-01 10:00", "2022-03-02")],
)
def test_a_cancellation_day_used_as_an_end_is_read_as_an_end(tmp_path: Path, ends: str, decided: str, last: str) -> None:
    """23:59 means the next day, and --ends applies. canceled_at itself does not change."""
    text = f"customer_id,started_at,status,canceled_at\nA,2022-01-01 10:00,ended,{decided}\n"
    with loaded(write(tmp_path, text), ends=ends) as found:
        (row,) = collect(found.frames["customers"])
    assert (day(row["ended_at"]), day(row["canceled_at"])) == (last, "2022-03-01")


@pytest.mark.parametrize("ends", ["exclusive", "inclusive"])
def test_a_trial_that_ends_at_23_59_is_followed_by_payment_on_the_next_day(tmp_path: Path, ends: str) -> None:
    text = f"customer_id,started_at,amount,trial_end\nA,2022-01-01,10,{LATE}\n"
    with loaded(write(tmp_path, text), ends=ends) as found:
        (row,) = collect(found.frames["subscriptions"])
    assert day(row["started_at"]) == "2022-03-02"


@pytest.mark.parametrize("never", ["9999-12-31", "31.12.9999", "9999-12-31T23:59:59Z", "2999-12-31 00:00:00", "12/31/9999"])
def test_the_last_day_that_a_database_knows_is_no_end(tmp_path: Path, never: str) -> None:
    with loaded(write(tmp_path, f"customer_id,started_at,ended_at\nA,2022-01-01,{never}\n")) as found:
        (row,) = collect(found.frames["customers"])
    assert day(row["ended_at"]) == ""


def test_the_hint_for_another_day_in_the_year_9999_is_to_leave_it_empty(tmp_path: Path) -> None:
    problem = refused(write(tmp_path, "customer_id,started_at,ended_at\nA,2022-01-01,9999-01-01\n"))
    assert (problem.code, problem.hint) == ("E401", "leave it empty for a current customer")


@pytest.mark.parametrize("header", ["", ",ended_at"])
def test_an_end_before_the_start_is_shown_in_the_column_it_came_from(tmp_path: Path, header: str) -> None:
    text = f"customer_id,started_at,status,canceled_at{header}\nA,2022-03-01,ended,2022-01-01{',-' * bool(header)}\n"
    problem = refused(write(tmp_path, text))
    assert (problem.code, problem.place.column) == ("E501", 4)
    assert problem.message == "canceled_at (used as ended_at) is before started_at"
