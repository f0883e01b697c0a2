"""Files that contain several tables one below the other, and files that only seem to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.preset_desk import Desk

CUSTOMERS = "customer_id,started_at,ended_at\n1,2021-01-01,2022-05-05\n2,2021-01-01,\n"
COSTS = "date,amount\n2022-04-05,7\n"
OTHER = "Day Index,Users\n"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def others(desk: Desk, path: str) -> list[str]:
    """Return the warnings about tables that are not read."""
    return [warned.message.partition(": ")[2] for warned in desk.ask("churn", "2022-Q2", path).warnings if warned.code == "W232"]


@pytest.mark.parametrize("between", ["\n", "\n\n", ",,\n", "\n# Costs\n", "\n# Costs\n\n# of all\n", "\n\nSpending,,\n"])
def test_the_wanted_table_is_read(desk: Desk, between: str) -> None:
    one, other = desk.file("a.csv", CUSTOMERS + between + COSTS), desk.file("b.csv", COSTS + between + CUSTOMERS)
    assert dict(desk.totals("churn", "2022-Q2", one)) == dict(desk.totals("churn", "2022-Q2", other)) == {"lost": 1, "opening": 2}
    assert others(desk, one) == [f"the table costs on line {4 + between.count(chr(10))} is not read"]
    assert desk.value("cac", "2022-Q2", f"costs={one}", desk.file("c.csv", "customer_id,started_at,ended_at\n3,2022-04-05,\n")) == 7


def test_the_header_row_option_chooses_between_two_tables(desk: Desk) -> None:
    path = desk.file("a.csv", f"{CUSTOMERS}\nstarted_at,ended_at,customer_id\n2021-01-01,2022-05-01,3\n")
    (problem,) = desk.refused("churn", "2022-Q2", path)
    assert (problem.code, problem.place.line) == ("E317", 5)
    assert [desk.totals("churn", "2022-Q2", path, header_row=line)["opening"] for line in (1, 5)] == [2, 1]


def test_a_repeated_header_continues_the_same_table(desk: Desk) -> None:
    path = desk.file(
        "a.csv", f"{CUSTOMERS}\n{CUSTOMERS.splitlines()[0]}\n3,2021-01-01,\n\n# page 2\n{CUSTOMERS.splitlines()[0]}\n4,2021-01-01,\n"
    )
    given = desk.given("churn", "2022-Q2", path)
    assert (given.used, given.excluded["header row"]) == (4, 2)


@pytest.mark.parametrize("between", ["\n# more\n", "\n# more\n# and more\n\n", "\n\n#\n", "\n"])
def test_rows_below_a_comment_belong_to_the_table(desk: Desk, between: str) -> None:
    path = desk.file("a.csv", f"{CUSTOMERS}{between}3,2021-01-01,\n4,2021-01-01,bad\n")
    assert [(one.code, one.place.line) for one in desk.refused("churn", "2022-Q2", path)] == [("E401", 5 + between.count("\n"))]
    assert desk.totals("churn", "2022-Q2", path, skip_bad_rows=True)["opening"] == 3


@pytest.mark.parametrize("end", ["\n# exported 2022-06-01\n", "\n# the end", "\n\n"])
def test_a_comment_at_the_end_is_not_a_table(desk: Desk, end: str) -> None:
    path = desk.file("a.csv", CUSTOMERS + end)
    assert dict(desk.totals("churn", "2022-Q2", path)) == {"lost": 1, "opening": 2}
    assert others(desk, path) == []


def test_an_unknown_second_table_gives_a_warning(desk: Desk) -> None:
    path = desk.file("a.csv", f"{CUSTOMERS}\n# Users by day\n{OTHER}1,100\n2,200\n")
    assert others(desk, path) == ["the lines from 5 on are not a known table and are not read"]
    assert dict(desk.totals("churn", "2022-Q2", path)) == {"lost": 1, "opening": 2}


@pytest.mark.parametrize("cell", ["hi\n\n# head\nmore", "\n\ncustomer_id,started_at\n", "a\n\n\nresponded_at,score\n\n# b"])
def test_text_in_a_quoted_cell_does_not_start_a_table(desk: Desk, cell: str) -> None:
    path = desk.file("a.csv", f'responded_at,score,comment\n2022-04-01,9,"{cell}"\n2022-04-02,10,"say ""hi"""\n2022-04-03,1,\n')
    answer = desk.ask("nps", "2022-Q2", path)
    assert (answer.inputs[0].used, dict(answer.results[0].totals)["answers"]) == (3, 3)


def test_a_blank_line_after_each_row_does_not_split_the_table(desk: Desk) -> None:
    rows = "".join(f"{at},2021-01-01,{'' if at else '2022-05-01'}\n\n" for at in range(5000))
    assert (
        desk.totals("churn", "2022-Q2", desk.file("a.csv", f"customer_id,started_at,ended_at\n\n{rows}"), engine="pandas")["opening"]
        == 5000
    )
