"""Reports that name a group once, on a line above its rows."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from custmetrics_cli.ingest.inspection.inspect_files import inspect
from custmetrics_cli.ingest.model import InputFile
from custmetrics_cli.ingest.settings import Settings
from tests.support.preset_desk import Desk, seen

LEDGER = """
[header]
all = ["day", "spent"]

[columns]
date = ["day"]
amount = ["spent"]

[lines]
groups = "channel"

[lines.aside]
"total row" = ["total for *", "total"]
footer = ["* basis"]
"""
CUSTOMERS = "customer_id,started_at,channel\na,2022-01-05,Ads\nb,2022-02-05,Web\n"
ADS, WEB = "2022-01-01,1,100\n", "2022-01-02,2,50\n"
WHOLE = f"day,num,spent\nAds\n{ADS}Total for Ads,,100\nWeb\n{WEB}Total for Web,,50\nTOTAL,,150\nAccrual basis\n"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    made.preset("ledger", "costs", LEDGER)
    return made


def spent(desk: Desk, text: str, **settings: object) -> dict[str, int]:
    """Return the amounts by channel, '' for rows without one."""
    paths = [desk.file("customers.csv", CUSTOMERS), desk.file("r.csv", text)]
    answer = desk.ask("cac", "2022", *paths, by=("channel",), **settings)
    return {name or "": total for name, (total,) in seen(answer, "spend").items() if total}


def skipped(desk: Desk, text: str, **settings: object) -> dict[str, int]:
    paths = [desk.file("r.csv", text), desk.file("customers.csv", CUSTOMERS)]
    return dict(next(given for given in desk.ask("cac", "2022", *paths, **settings).inputs if given.table == "costs").excluded)


def padded(text: str, *, rows_only: bool) -> str:
    """Return the text with a delimiter at the end of each row; or with all lines one cell wider than the header was."""
    if rows_only:
        return "".join(line if line.startswith("day") else line.rstrip("\n") + ",\n" for line in text.splitlines(keepends=True))
    return "".join(line.rstrip("\n") + "," * (4 - line.count(",") - 1) + "\n" for line in text.splitlines(keepends=True))


@pytest.mark.parametrize(
    "text",
    [
        WHOLE,
        padded(WHOLE, rows_only=True),
        padded(WHOLE, rows_only=False),
        WHOLE.replace("\n", "\r\n"),
        WHOLE.replace("Web\n", "\n\nWeb\n\n", 1),
    ],
)
def test_rows_belong_to_the_group_above_them(desk: Desk, text: str) -> None:
    assert spent(desk, text) == {"Ads": 100, "Web": 50}
    assert skipped(desk, text) == {"group row": 2, "total row": 3, "footer": 1}


def test_a_group_within_a_group(desk: Desk) -> None:
    """After the total of the inner group, rows belong to the outer one; after its total, to none."""
    text = f"day,num,spent\nAll\nAds\n{ADS}Total for Ads,,100\n2022-01-03,3,7\nTotal for All,,107\n2022-01-04,4,1\n"
    assert spent(desk, text) == {"Ads": 100, "All": 7, "": 1}


def test_rows_above_all_groups_belong_to_none(desk: Desk) -> None:
    assert spent(desk, f"day,num,spent\n{WEB}Ads\n{ADS}") == {"": 50, "Ads": 100}


def test_a_line_with_one_cell_is_not_always_a_group(desk: Desk) -> None:
    """A page number, a line of dashes or a comment is no group: the rows below it stay in the group."""
    text = f"day,num,spent\nAds\n{ADS}Page 2 of 3\nday,num,spent\n{ADS}---\n{ADS}# a note\n{ADS}Subtotal\n"
    assert spent(desk, text) == {"Ads": 400}
    assert Counter(skipped(desk, text)) == {"group row": 1, "header row": 2, "footer row": 2, "total row": 1}


def test_a_row_with_only_a_day_is_a_bad_row_and_not_a_group(desk: Desk) -> None:
    (problem,) = desk.refused("cac", "2022", desk.file("c.csv", CUSTOMERS), desk.file("r.csv", f"day,num,spent\nAds\n{ADS}2022-01-02\n"))
    assert (problem.code, problem.place.line) == ("E503", 4)
    (problem,) = desk.refused("cac", "2022", desk.file("c.csv", CUSTOMERS), desk.file("r.csv", f"day,num,spent\nAds\n{ADS}2022-01-02,,\n"))
    assert (problem.code, problem.place.line, problem.place.column) == ("E408", 4, 3)


def test_bad_rows_are_shown_as_the_file_has_them(desk: Desk) -> None:
    """An extra cell is not read as the group."""
    text = f"day,num,spent\nAds\n{ADS}2022-01-02,x\n2022-01-02,2,5,9\n2022-01-03,3,much\n"
    problems = desk.refused("cac", "2022", desk.file("c.csv", CUSTOMERS), desk.file("r.csv", text))
    assert [(one.code, one.place.line, one.place.column, one.excerpt) for one in problems] == [
        ("E503", 4, 0, "2022-01-02,x"),
        ("E502", 5, 4, "2022-01-02,2,5,9"),
        ("E402", 6, 3, "2022-01-03,3,much"),
    ]
    rejects = desk.folder / "rejects.csv"
    answer = desk.ask(
        "cac", "2022", desk.file("c.csv", CUSTOMERS), desk.file("r.csv", text), engine="duckdb", skip_bad_rows=True, rejects=str(rejects)
    )
    assert next(dict(given.excluded) for given in answer.inputs if given.table == "costs") == {"group row": 1, "bad row": 3}
    assert [line.rpartition("amount")[2] for line in rejects.read_text("utf-8").splitlines()[-1:]] == [",2022-01-03,3,much"]


def test_a_truncated_file_is_an_error(desk: Desk) -> None:
    (problem,) = desk.refused("cac", "2022", desk.file("c.csv", CUSTOMERS), desk.file("r.csv", f"day,num,spent\nAds\n{ADS}2022-01-02,2,5"))
    assert (problem.code, problem.place.line) == ("E515", 4)


def test_a_group_continues_in_the_next_portion_of_a_large_report(desk: Desk) -> None:
    """The report is larger than the portions in which the scan judges records."""
    rows = "".join(f"2022-01-{at % 28 + 1:02},{at},1\n" for at in range(25_000))
    assert spent(desk, f"day,num,spent\nAds\n{rows}Total for Ads,,1\nWeb\n{rows}Total for Web,,1\n") == {"Ads": 25_000, "Web": 25_000}


def test_a_group_fills_empty_cells_of_its_column(desk: Desk) -> None:
    desk.preset("ledger", "costs", LEDGER.replace('amount = ["spent"]', 'amount = ["spent"]\nchannel = ["who"]'))
    assert spent(desk, "day,who,spent\nAds\n2022-01-01,Web,1\n2022-01-01,,2\n") == {"Web": 1, "Ads": 2}


def test_an_answer_can_be_split_by_group(desk: Desk) -> None:
    desk.preset("ledger", "purchases", LEDGER.replace('"channel"', '"shop"').replace("[columns]", '[columns]\ncustomer_id = ["who"]'))
    path = desk.file("r.csv", "day,who,spent\nNorth\n2022-01-01,a,1\nSouth\n2022-01-01,b,2\n2022-01-02,b,2\n")
    assert seen(desk.ask("repeat-rate", "2022", path, by=("shop",)), "buyers") == {"North": (1,), "South": (1,)}


def test_inspect_shows_the_column_of_groups(desk: Desk) -> None:
    found = inspect([InputFile(desk.file("r.csv", WHOLE))], Settings(**desk.settings)).files[0]
    assert [(header.name, header.column) for header in found.headers if header.column] == [
        ("day", "date"),
        ("spent", "amount"),
        ("(group)", "channel"),
    ]
