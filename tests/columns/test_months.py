"""Whole months: read as their first day where a table declares it, in ten languages."""

from __future__ import annotations

import pyarrow as pa
import pytest

from custmetrics_cli.columns import ColumnFormat
from custmetrics_cli.columns.day import DAY, whole_months

MONTHS = ColumnFormat(months=True)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-03", "2025-03-01"),
        ("2025/3", "2025-03-01"),
        ("03.2025", "2025-03-01"),
        ("3/2025", "2025-03-01"),
        ("202503", "2025-03-01"),
        ("Mar 2025", "2025-03-01"),
        ("March 2025", "2025-03-01"),
        ("Mar-25", "2025-03-01"),
        ("MAR. 2025", "2025-03-01"),
        ("2025 March", "2025-03-01"),
        ("янв. 2025", "2025-01-01"),
        ("янв.25", "2025-01-01"),
        ("Март 2025 г.", "2025-03-01"),
        ("Mai 2025", "2025-05-01"),
        ("août 2025", "2025-08-01"),
        ("juin 2025", "2025-06-01"),
        ("juil. 2025", "2025-07-01"),
        ("enero 2025", "2025-01-01"),
        ("fev 2025", "2025-02-01"),
        ("giugno 2025", "2025-06-01"),
        ("mrt 2025", "2025-03-01"),
        ("październik 2025", "2025-10-01"),
        ("травень 2025", "2025-05-01"),
        ("2025-03-05", "2025-03-05"),  # a day is still a day
        ("5 Mar 2025", "2025-03-05"),
    ],
)
def test_a_month_is_its_first_day(text: str, day: str) -> None:
    assert DAY.decode(DAY.read_cell(text, MONTHS)) == day
    assert DAY.read_column(pa.array([text]), MONTHS).ok.all()
    assert whole_months(pa.array([text])).tolist() == [day.endswith("-01")]


@pytest.mark.parametrize(
    "text", ["2025-13", "00.2025", "1799-03", "Mar 25", "jui 2025", "Marble 2025", "2025", "03/25", "Q1 2025", "2025-3-"]
)
def test_other_texts_are_not_months(text: str) -> None:
    assert not DAY.read_column(pa.array([text]), MONTHS).ok.any()
    with pytest.raises(ValueError, match="is not a"):
        DAY.read_cell(text, MONTHS)


def test_a_month_is_not_a_date_where_the_table_does_not_declare_it() -> None:
    assert not DAY.read_column(pa.array(["2025-03"]), ColumnFormat()).ok.any()


def test_the_form_of_months_is_described() -> None:
    assert DAY.gather is not None
    evidence = DAY.gather(pa.array(["2025-03", "янв. 2025"]))
    assert evidence.explain(MONTHS, MONTHS) == "yyyy-mm (whole months) or month. yyyy (whole months)"
