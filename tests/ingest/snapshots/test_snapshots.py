"""Files with one row, or one column, per customer and month, and files that only look like them. Both engines are asked."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custmetrics_cli.ingest.snapshots.month_texts import months_of
from tests.support.depth import examples
from tests.support.preset_desk import Desk

LONG = "{customer},{date},{amount}\nk1,{jan},30\nk2,{jan},50\nk1,{feb},40\nk3,{feb},5\nk3,{mar},5\n"
WIDE = "{customer},{jan},{feb},{mar}\nk1,30,40,\nk2,50,,\nk3,,5,5\n"
NAMES = {"customer": "customer_id", "date": "snapshot_date", "amount": "mrr", "jan": "2025-01-31", "feb": "2025-02-28", "mar": "2025-03-31"}
FEBRUARY = {"opening_mrr": 80, "new_mrr": 5, "expansion_mrr": 10, "churned_mrr": 50, "closing_mrr": 45}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def february(desk: Desk, text: str, **settings: object) -> dict[str, Fraction]:
    totals = desk.totals("mrr", "2025-02", desk.file("a.csv", text), **settings)
    return {name: totals[name] for name in FEBRUARY}


MONTHS = [
    ("2025-01", "2025-02", "2025-03"),
    ("2025-01-31", "2025-02-28", "2025-03-31"),
    ("2025-01-01 00:00:00", "2025-02-01 00:00:00", "2025-03-01 00:00:00"),
    ("31.01.2025", "28.02.2025", "31.03.2025"),
    ("1/1/2025", "2/1/2025", "3/1/2025"),
    ("01.2025", "02.2025", "03.2025"),
    ("202501", "202502", "202503"),
    ("Jan-25", "Feb-25", "Mar-25"),
    ("Jan 2025", "Feb 2025", "Mar 2025"),
    ("янв. 2025", "фев. 2025", "мар. 2025"),
    ("январь 2025 г.", "февраль 2025 г.", "март 2025 г."),
    ("Januar 2025", "Februar 2025", "März 2025"),
    ("2025 M01", "2025 M02", "2025 M03"),
]


@pytest.mark.parametrize("months", MONTHS)
def test_one_row_per_customer_and_month_is_read(desk: Desk, months: tuple[str, str, str]) -> None:
    text = LONG.format(**{**NAMES, **dict(zip(("jan", "feb", "mar"), months, strict=True))})
    assert february(desk, text) == FEBRUARY


@pytest.mark.parametrize("months", [*MONTHS, ("MRR Jan 25", "MRR Feb 25", "MRR Mar 25"), ("MRR_2025_01", "MRR_2025_02", "MRR_2025_03")])
def test_one_column_per_month_is_read(desk: Desk, months: tuple[str, str, str]) -> None:
    text = WIDE.format(**{**NAMES, **dict(zip(("jan", "feb", "mar"), months, strict=True))})
    assert february(desk, text) == FEBRUARY


@pytest.mark.parametrize("header", ["snapshot_date", "As of", "month", "Report Month", "period", "Отчётный месяц", "Месяц", "Monat", "mes"])
def test_headers_of_the_month(desk: Desk, header: str) -> None:
    assert february(desk, LONG.format(**{**NAMES, "date": header})) == FEBRUARY


@pytest.mark.parametrize("header", ["customer_id", "Account ID", "user_id", "Client", "E-mail", "Company", "Клиент", "Kunde", "Account"])
def test_headers_of_the_customer(desk: Desk, header: str) -> None:
    assert february(desk, LONG.format(**{**NAMES, "customer": header})) == FEBRUARY


def test_a_plain_date_counts_beside_mrr_only(desk: Desk) -> None:
    edges = {"jan": "2025-01-01", "feb": "2025-02-01", "mar": "2025-03-01"}
    assert february(desk, LONG.format(**{**NAMES, **edges, "date": "date"})) == FEBRUARY
    for changed in ({"amount": "price"}, {"jan": "2025-01-03", "feb": "2025-02-07"}):
        (problem,) = desk.refused("mrr", "2025-02", desk.file("b.csv", LONG.format(**{**NAMES, **edges, "date": "date", **changed})))
        assert problem.code in ("E130", "E301", "E339")


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("is_active", "1 1 1 0"),
        ("Active", "yes yes yes no"),
        ("status", "active past_due active canceled"),
        ("churned", "0 0 0 1"),
        ("Статус", "активен активен активен отключен"),
    ],
)
def test_a_customer_who_is_not_active_does_not_pay(desk: Desk, header: str, cells: str) -> None:
    states = cells.split()
    rows = ["a,2025-01-31,20", "b,2025-01-31,50", "a,2025-02-28,60", "b,2025-02-28,50"]
    text = "\n".join([f"customer,as_of,mrr,{header}", *(f"{row},{state}" for row, state in zip(rows, states, strict=True))])
    path = desk.file("a.csv", text)
    assert desk.value("churn", "2025-02", path) == Fraction(1, 2)
    assert desk.value("nrr", "2025-02", path) == Fraction(60, 70)
    assert desk.given("churn", "2025-02", path).excluded == {"pays nothing": 1}


@pytest.mark.parametrize("cell", ["", "0", "-", "—", "n/a", "0.00"])
def test_cells_that_mean_nothing_is_paid(desk: Desk, cell: str) -> None:
    path = desk.file("a.csv", f"customer,2025-01,2025-02\na,10,10\nb,10,{cell}\n")
    assert desk.value("churn", "2025-02", path) == Fraction(1, 2)


def test_the_time_after_the_last_month_is_not_known(desk: Desk) -> None:
    for text in (LONG, WIDE):
        path = desk.file("a.csv", text.format(**NAMES))
        answer = desk.ask("churn", "2025-04", path)
        assert answer.results[0].value is None
        assert [warning.code for warning in answer.warnings] == ["W101"]
        assert "the data ends on 2025-03-31" in answer.warnings[0].message
        assert desk.ask("churn", "2025-03", path).warnings == []
        assert [warning.code for warning in desk.ask("mrr", "2025-01", path).warnings] == ["W102"]


def test_the_answer_names_the_reading_and_accounts_for_every_cell(desk: Desk) -> None:
    given = desk.given("mrr", "2025-02", desk.file("a.csv", WIDE.format(**NAMES)))
    assert (given.read, given.used, given.excluded) == (9, 5, {"pays nothing": 4})
    assert given.reading.startswith("3 columns of months ('2025-01-31' to '2025-03-31'); each cell is a subscription of one month")
    given = desk.given("mrr", "2025-02", desk.file("b.csv", LONG.format(**NAMES)))
    assert (given.read, given.used) == (5, 5)
    assert given.reading.startswith("one row per customer and month of 'snapshot_date'")


def test_other_columns_split_the_answer(desk: Desk) -> None:
    path = desk.file(
        "a.csv", "Company;Plan;Status;Jan 2025, EUR;Feb 2025, EUR;Total\na;pro;churned;1 000,50;;1000,5\nb;basic;active;5;6;11\n"
    )
    answer = desk.ask("mrr", "2025-02", path, by=("Plan",))
    assert [dict(result.totals)["closing_mrr"] for result in answer.results] == [6, 0]
    assert answer.results[0].currency == "EUR"


@pytest.mark.parametrize("label", ["Total", "TOTAL:", "Grand total", "Итого", "Всего", "Summe", "MRR"])
def test_a_row_of_totals_is_not_a_customer(desk: Desk, label: str) -> None:
    path = desk.file("a.csv", f"Customer,Jan-25,Feb-25,Mar-25\na,10,10,\nb,5,,\n\n{label},15,10,0\n,,,\n")
    assert desk.totals("churn", "2025-02", path) == {"lost": 1, "opening": 2}
    assert desk.given("churn", "2025-02", path).excluded == {"pays nothing": 1, "total row": 2, "blank row": 2}


def test_months_to_come_are_not_read_as_losses(desk: Desk) -> None:
    path = desk.file("a.csv", "Customer,Jan-25,Feb-25,Mar-25,Apr-25\na,10,10,,0\nb,5,,,0\n")
    assert [warning.code for warning in desk.ask("churn", "2025-03", path).warnings] == ["W101"]
    assert desk.value("churn", "2025-03", path) is None


@pytest.mark.parametrize("amount", ["ARR", "arr_cents", "Annual recurring revenue"])
def test_an_amount_of_a_year_is_divided(desk: Desk, amount: str) -> None:
    path = desk.file("a.csv", f"client_id,snapshot_month,{amount}\n1,2025-01,1200\n1,2025-02,2400\n")
    assert desk.totals("mrr", "2025-02", path)["closing_mrr"] == (2 if "cents" in amount else 200)


def test_several_files_of_months_follow_each_other(desk: Desk) -> None:
    header = "customer_id,snapshot_date,mrr\n"
    january, february, april = (
        desk.file(f"{month}.csv", f"{header}{rows}")
        for month, rows in (("01", "a,2025-01-31,1\nb,2025-01-31,1\n"), ("02", "a,2025-02-28,1\n"), ("04", "a,2025-04-30,1\n"))
    )
    assert desk.totals("churn", "2025-02", january, february) == {"lost": 1, "opening": 2}
    assert {problem.code for problem in desk.refused("churn", "2025-02", january, february, april)} == {"E351"}


def test_errors_name_the_line_of_the_file(desk: Desk) -> None:
    rows = 'note,customer_id,{}\n"two\nlines",a,{}\n\nx,a,{}\n'
    (problem,) = desk.refused("mrr", "2025-02", desk.file("a.csv", rows.format("as_of,mrr", "2025-01-31,5", "2025-02-28,5x")))
    assert (problem.code, problem.place.line, problem.place.column) == ("E402", 5, 4)
    (problem,) = desk.refused("mrr", "2025-02", desk.file("b.csv", rows.format("Jan-25,Feb-25", "5,6", "5,5x")))
    assert (problem.code, problem.place.line, problem.place.column) == ("E402", 5, 0)


@pytest.mark.parametrize(
    "text",
    [
        "customer_id,month,price\na,2025-01,10\nb,2025-02,10\nc,2025-02,10\nd,2025-03,10\n",  # the month of the start
        "customer_id,cohort_month,mrr\na,2025-01,10\nb,2025-01,10\na,2025-02,10\nb,2025-02,10\n",
        "Channel,2025-01,2025-02\nSearch,10,20\nTV,10,10\n",
        "Customer,2025-01,2025-02\na,open,closed\nb,closed,open\n",
        "order_id,customer_id,month,amount\n1,a,2025-01,10\n2,a,2025-02,10\n",
    ],
)
def test_other_tables_stay_as_they_are(desk: Desk, text: str) -> None:
    (problem,) = desk.refused("mrr", "2025-02", desk.file("a.csv", text))
    assert problem.code in ("E130", "E301", "E339")


def test_subscriptions_with_dates_of_months_stay_subscriptions(desk: Desk) -> None:
    rows = "a,2025-01-01,2025-02-01,10\nb,2025-01-01,2025-03-01,10\na,2025-02-01,,10\nb,2025-03-01,,10\n"
    given = desk.given("mrr", "2025-02", desk.file("a.csv", f"customer_id,started_at,ended_at,mrr\n{rows}"))
    assert (given.reading, given.read, given.used) == ("", 4, 4)
    starts = "a,2025-01-01,10\nb,2025-01-01,10\na,2025-02-01,5\nb,2025-02-01,5\n"
    path = desk.file("b.csv", f"customer_id,started_at,mrr\n{starts}")
    (problem,) = desk.refused("mrr", "2025-02", path)
    assert problem.code == "E320"


@pytest.mark.parametrize(
    "text",
    [
        "Month,MRR,Accounts\nJan,120,24\nFeb,126,25\n",
        "month,mrr,customers,churned\n2025-01,100,10,1\n2025-02,110,11,2\nTotal,,,3\n",
        "Metric,Jan 2025,Feb 2025\nMRR,100,120\nCustomers,10,11\n",
        "Показатель;янв. 2025;фев. 2025\nВыручка;100;120\nКлиенты;10;11\n",
    ],
)
def test_totals_without_customers_are_refused_as_such(desk: Desk, text: str) -> None:
    (problem,) = desk.refused("arpa", "2025-02", desk.file("a.csv", text))
    assert (problem.code, problem.message) == ("E329", "a table of monthly totals; it has no customers")


CELL = st.one_of(st.none(), st.integers(0, 99))


@settings(max_examples=examples(60))
@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=6))
def test_the_sums_of_columns_are_the_mrr_of_months(tmp_path_factory: pytest.TempPathFactory, grid: list[tuple[int | None, ...]]) -> None:
    """The MRR at the end of each month is the sum of its column, in both forms."""
    grid = [(1, 1, 1), *grid]
    desk = Desk(tmp_path_factory.mktemp("grid"))
    months = ("2025-01", "2025-02", "2025-03")
    rows = [",".join([f"c{n}", *("" if cell is None else str(cell) for cell in cells)]) for n, cells in enumerate(grid)]
    wide = desk.file("wide.csv", "\n".join([f"customer,{','.join(months)}", *rows]))
    cells = [f"c{n},{month},{cell}" for n, row in enumerate(grid) for month, cell in zip(months, row, strict=True) if cell is not None]
    long = desk.file("long.csv", "\n".join(["customer,snapshot_month,mrr", *cells]))
    for at, month in enumerate(months):
        column = sum(row[at] or 0 for row in grid)
        assert desk.totals("mrr", month, wide, engine="pandas")["closing_mrr"] == column
        assert desk.totals("mrr", month, long, engine="pandas")["closing_mrr"] == column


def test_days_show_their_order_together() -> None:
    assert [str(month) for month in months_of(["02/01/2025", "03/01/2025"]).values()] == ["2025-02-01", "2025-03-01"]
    assert months_of(["02/01/2025", "05/03/2025"]) == {}  # two orders fit
    assert [str(month) for month in months_of(["02/01/2025", "05/03/2025"], "dmy").values()] == ["2025-01-01", "2025-03-01"]
    assert months_of(["2025-01-05", "2025-01-06"]) == {}
