"""Rows that a preset skips or refuses: every row is counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from custmetrics_cli.ingest.parse import csv_slices
from tests.support.preset_desk import Desk

SHOP = """
[header]
all = ["buyer", "sold on", "paid"]

[columns]
customer_id = ["buyer"]
date = ["sold on"]
amount = ["paid"]

[lines.aside]
"total row" = ["sum *"]

[[rows]]
column = ["mode", "livemode"]
is = ["test", "f*"]
aside = "test mode"

[[rows]]
column = "state"
not = ["paid", ""]
aside = "attempt"

[[rows]]
column = "from"
unlike = "to"
refuse = "the row is about several days, {value} the first"
"""
HEADER = "buyer,sold on,paid,mode,state,from,to\n"
GOOD = "a,2022-04-05,10,live,Paid,1,1\nb,2022-04-06,20,live,,1,1\n"
SKIPPED = "c,never,much,TEST,paid,1,1\nd,2022-04-06,5,live,Failed,1,1\nsum of all,,,live,total,1,1\ne,2022-04-06,5,test,failed,1,2\n"
DIRTY = '"f" x,2022-04-06,1,live,paid,1,1\n'


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    made.preset("shop", "purchases", SHOP)
    return made


@pytest.mark.parametrize("dirty", [False, True])
def test_rows_that_a_preset_skips_are_counted_and_not_checked(desk: Desk, dirty: bool) -> None:
    """The first rule that holds counts. The days and amounts of skipped rows may be anything."""
    path = desk.file("x.csv", HEADER + GOOD + SKIPPED + DIRTY * dirty)
    given = desk.given("concentration", "2022-Q2", path, skip_bad_rows=dirty)
    expected = {"test mode": 2, "attempt": 1, "total row": 1} | ({"bad row": 1} if dirty else {})
    assert (given.used, dict(given.excluded)) == (2, expected)
    assert desk.totals("concentration", "2022-Q2", path, skip_bad_rows=dirty)["net_revenue"] == 30


@pytest.mark.parametrize("dirty", [False, True])
def test_rows_that_a_preset_refuses_are_errors(desk: Desk, dirty: bool) -> None:
    path = desk.file("x.csv", HEADER + GOOD + "g,2022-04-07,7,live,paid,3,4\n" + SKIPPED + DIRTY * dirty)
    problems = desk.refused("concentration", "2022-Q2", path)
    shown = [(one.code, one.place.line, one.place.column, one.message) for one in problems if one.code != "E505"]
    assert shown == [("E513", 4, 6, "the row is about several days, '3' the first")]
    given = desk.given("concentration", "2022-Q2", path, skip_bad_rows=True)
    assert (given.used, given.excluded["bad row"]) == (2, 1 + dirty)


def test_a_rule_about_a_column_that_the_file_lacks_does_not_apply(desk: Desk) -> None:
    path = desk.file("x.csv", "buyer,sold on,paid,livemode,from\na,2022-04-05,10,true,1\nb,2022-04-05,10,FALSE,1\nc,2022-04-05,10,,1\n")
    given = desk.given("concentration", "2022-Q2", path)
    assert (given.used, dict(given.excluded)) == (2, {"test mode": 1})


def test_rows_of_several_slices_are_counted_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when the date order shows late and the file is read twice. Rows without an id are counted once, too."""
    desk.preset("shop", "purchases", SHOP.replace("[lines.aside]", '[instead]\ncustomer_id = ["mail"]\n\n[lines.aside]'))
    monkeypatch.setattr(csv_slices, "SLICE", 512)
    rows = [
        f"{'' if at % 3 else at},{at}@x,{1 + at % 12:02}/{1 + at % 28:02}/2022,1,{'test' if at % 5 == 0 else 'live'},paid,1,1"
        for at in range(1, 301)  # an id of 0 means nobody
    ]
    rows.sort(key=lambda row: row.split(",")[2].split("/")[1] > "12")
    path = desk.file("x.csv", "\n".join(["buyer,mail,sold on,paid,mode,state,from,to", *rows]) + "\n")
    answer = desk.ask("concentration", "2022", path)
    assert (answer.inputs[0].read, answer.inputs[0].used, dict(answer.inputs[0].excluded)) == (300, 240, {"test mode": 60})
    assert [warned.message.split(":")[1].split()[0] for warned in answer.warnings if warned.code == "W231"] == ["200"]
    assert answer.results[0].totals["net_revenue"] == 240
