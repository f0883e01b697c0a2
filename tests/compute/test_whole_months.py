"""Costs of whole months answer periods of whole months. A period that cuts one of these months is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.preset_desk import Desk

CUSTOMERS = "customer_id,started_at\nA,2025-01-05\nB,2025-02-06\nC,2025-05-30\n"
MONTHS = "date,category,amount\nянв. 2025,marketing,100\nMar 2025,marketing,300\n2025-04,marketing,50\n"
DAYS = "date,category,amount\n2025-02-10,marketing,7\n2025-05-10,marketing,9\n"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def spend(desk: Desk, period: str, **files: str) -> object:
    paths = [desk.file(f"{name}.csv", text) for name, text in files.items()]
    return desk.totals("cac", period, *paths)["spend"]


@pytest.mark.parametrize(("period", "total"), [("2025-01", 100), ("2025-Q1", 407), ("2025-02-10..2025-02-20", 7), ("2025", 466)])
def test_months_and_days_add_up_in_periods_that_cut_no_month(desk: Desk, period: str, total: int) -> None:
    assert spend(desk, period, customers=CUSTOMERS, months=MONTHS, days=DAYS) == total


def test_a_period_that_cuts_a_month_is_refused_and_the_hint_leads_to_an_answer(desk: Desk) -> None:
    paths = [desk.file("customers.csv", CUSTOMERS), desk.file("months.csv", MONTHS), desk.file("days.csv", DAYS)]
    (problem,) = desk.refused("cac", "2025-01-10..2025-02-20", *paths)
    assert (problem.code, [str(choice) for choice in problem.choices]) == ("E418", ["--period 2025-01-01..2025-02-28"])
    assert desk.totals("cac", "2025-01-01..2025-02-28", *paths)["spend"] == 107


def test_the_data_reaches_to_the_end_of_the_last_month(desk: Desk) -> None:
    paths = [desk.file("customers.csv", CUSTOMERS), desk.file("months.csv", MONTHS)]
    assert not [warning for warning in desk.ask("cac", "2025-04", *paths).warnings if warning.code == "W101"]
