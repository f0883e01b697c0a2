"""Presets and cells: fallback columns, translated words, constants, formats of dates and amounts."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.presets._parse import parse_preset as parsed
from tests.support.preset_desk import Desk, seen

CLUB = """
[header]
all = ["member", "joined on"]

[columns]
customer_id = ["member"]
started_at = ["joined on"]
ended_at = ["left on"]
status = ["state"]
"""
MAIL = '[instead]\ncustomer_id = ["mail"]\n'
SALES = """
[header]
all = ["buyer", "sold on", "paid"]

[columns]
customer_id = ["buyer"]
date = ["sold on"]
amount = ["paid"]
"""


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_an_email_used_as_an_id_is_one_customer(desk: Desk) -> None:
    desk.preset("club", "customers", CLUB + MAIL)
    path = desk.file("a.csv", "member,mail,joined on,left on\n7,x@y,2021-01-01,2022-05-05\n,z@y,2021-01-01,\n,z@y,2022-05-01,\n")
    answer = desk.ask("churn", "2022-Q2", path)
    assert dict(answer.results[0].totals) == {"lost": 1, "opening": 2}
    assert [(warned.code, "2 rows" in warned.message) for warned in answer.warnings if warned.code == "W231"] == [("W231", True)]


def test_files_with_and_without_the_fallback_column_share_customers(desk: Desk) -> None:
    desk.preset("club", "customers", CLUB + MAIL)
    paths = [
        desk.file("a.csv", "member,mail,joined on,left on\n,x@y,2021-01-01,\n"),
        desk.file("b.csv", "member,joined on,left on\nx@y,2019-01-01,2019-02-01\n8,2021-01-01,2022-04-04\n"),
    ]
    assert dict(desk.totals("churn", "2022-Q2", *paths)) == {"lost": 1, "opening": 2}


def test_the_scan_uses_fallbacks_too(desk: Desk) -> None:
    """A wrong quote and a total row make the parser refuse the file."""
    desk.preset("club", "customers", CLUB + MAIL)
    path = desk.file("a.csv", 'member,mail,joined on,left on,note\n,"x@y",2021-01-01,2022-05-05,"5" tall"\n7,,2021-01-01,,\nTotal,2,,,\n')
    assert [problem.code for problem in desk.refused("churn", "2022-Q2", path)] == ["E505"]
    given = desk.given("churn", "2022-Q2", path, skip_bad_rows=True)
    assert (given.read, given.used, dict(given.excluded)) == (3, 1, {"bad row": 1, "total row": 1})


@pytest.mark.parametrize("nothing", ["", "-", "n/a", "open", " OPEN "])
def test_a_cell_without_a_value_is_filled_from_the_fallback(desk: Desk, nothing: str) -> None:
    """A dash is an empty end: otherwise customers who left would count as still there."""
    desk.preset("club", "customers", CLUB + '[instead]\nended_at = ["closed"]\n[words.ended_at]\nopen = ""\n')
    path = desk.file("a.csv", f"member,joined on,left on,closed\na,2021-01-01,{nothing},2022-05-05\nb,2021-01-01,2022-09-09,2022-05-05\n")
    assert dict(desk.totals("churn", "2022-Q2", path)) == {"lost": 1, "opening": 2}


def test_a_bad_fallback_cell_is_shown_at_its_own_place(desk: Desk) -> None:
    desk.preset("club", "customers", CLUB + '[instead]\nended_at = ["closed"]\n')
    path = desk.file("a.csv", "member,joined on,left on,closed\na,2021-01-01,,soon\nb,2021-01-01,,\n")
    (problem,) = desk.refused("churn", "2022-Q2", path)
    assert (problem.code, problem.place.line, problem.place.column) == ("E401", 2, 4)
    assert problem.excerpt == "a,2021-01-01,,soon"
    rejects = desk.folder / "rejects.csv"
    given = desk.given("churn", "2022-Q2", path, engine="pandas", skip_bad_rows=True, rejects=str(rejects))
    assert dict(given.excluded) == {"bad row": 1}
    assert rejects.read_text("utf-8").splitlines()[1].split(",", 1)[1] == "2,4,E401,ended_at: 'soon' is not a date,a,2021-01-01,,soon"


def test_a_fallback_end_before_the_start_is_shown_at_its_own_place(desk: Desk) -> None:
    desk.preset("club", "customers", CLUB + '[instead]\nended_at = ["closed"]\n')
    (problem,) = desk.refused("churn", "2022-Q2", desk.file("a.csv", "member,joined on,left on,closed\na,2021-01-01,,2020-01-01\n"))
    assert (problem.code, problem.place.line, problem.place.column) == ("E501", 2, 4)


@pytest.mark.parametrize("dirty", ["", 'x,2021-01-01,"5" tall",,\n'])
def test_the_parser_and_the_scan_translate_words_alike(desk: Desk, dirty: str) -> None:
    desk.preset("club", "customers", CLUB + '[words.status]\ngone = "ended"\n"in view" = "never_started"\n')
    rows = "a,2021-01-01,2022-05-05,GONE,\nb,2021-01-01,,member,\nc,2021-01-01,,In_View,\n"
    path = desk.file("a.csv", "member,joined on,left on,state,note\n" + rows + dirty)
    given = desk.given("churn", "2022-Q2", path, skip_bad_rows=True)
    assert given.excluded["never started"] == 1
    assert dict(desk.totals("churn", "2022-Q2", path, skip_bad_rows=True)) == {"lost": 1, "opening": 2}


def test_words_without_letters_are_compared_exactly(desk: Desk) -> None:
    """1.5 is not 15, although a full stop makes no difference in words."""
    desk.preset("sales", "purchases", SALES + '[words.amount]\n15 = "100"\nfree = "0"\n')
    path = desk.file("a.csv", "buyer,sold on,paid\na,2022-04-05,1.5\nb,2022-04-05,15\nc,2022-04-05,Free\n")
    assert desk.value("concentration", "2022-Q2", path) is not None
    assert desk.totals("concentration", "2022-Q2", path)["net_revenue"] == Fraction(203, 2)


def test_a_preset_cannot_translate_ids() -> None:
    """A translated id would be another customer than the same id in another file."""
    said = {"vendor": "V", "export": "e", "table": "customers", "confidence": "low", "header": {"all": ["a"]}}
    for what in ({"words": {"customer_id": {"guest": ""}}}, {"constants": {"customer_id": "x"}}):
        with pytest.raises(CustmetricsError, match="ids are never translated"):
            parsed("v", {**said, **what}, "v.toml")


def test_a_constant_of_the_preset_fills_a_column_that_the_file_lacks(desk: Desk) -> None:
    costs = '[header]\nall = ["day", "spent"]\n[columns]\ndate = ["day"]\namount = ["spent"]\n[constants]\nchannel = "Post"\n'
    desk.preset("post", "costs", costs)
    customers = desk.file("customers.csv", "customer_id,started_at,channel\na,2022-04-05,Post\nb,2022-04-05,Web\n")
    by_row = desk.file("a.csv", "day,spent,channel\n2022-04-01,7,Web\n")
    for_all = desk.file("b.csv", "day,spent\n2022-04-01,5\n")
    answer = desk.ask("cac", "2022-Q2", customers, by_row, for_all, by=("channel",))
    assert {result.group["channel"]: result.value for result in answer.results} == {"Post": 5, "Web": 7}


@pytest.mark.parametrize("blocked", [True, False])
def test_a_column_without_headers_in_the_preset_is_not_matched_by_our_own(desk: Desk, blocked: bool) -> None:
    """A vendor's 'ended at' may be something else than the day on which a customer left."""
    rest = CLUB.replace('ended_at = ["left on"]', "ended_at = []" if blocked else 'ended_at = ["ended at"]')
    desk.preset("club", "customers", rest)
    path = desk.file("a.csv", "member,joined on,ended at\na,2021-01-01,2022-05-05\nb,2021-01-01,\n")
    if blocked:
        assert [problem.code for problem in desk.refused("churn", "2022-Q2", path)] == ["E320"]
    else:
        assert desk.value("churn", "2022-Q2", path) == Fraction(1, 2)


def test_cents_beside_units_in_files_of_one_table(desk: Desk) -> None:
    desk.preset("sales", "purchases", SALES + '[amounts]\nunit = "cents"\n')
    paths = [
        desk.file("a.csv", "buyer,sold on,paid\na,2022-04-05,1250\na,2022-04-06,-250\n"),
        desk.file("b.csv", "customer_id,date,amount\na,2022-04-05,1250\n"),
    ]
    assert desk.totals("concentration", "2022-Q2", *paths)["net_revenue"] == 1260


@pytest.mark.parametrize(("zone", "days"), [("UTC", 1), ("America/New_York", 2)])
def test_seconds_and_milliseconds_since_1970_are_times(desk: Desk, zone: str, days: int) -> None:
    """The times are 01:00 and 12:00 UTC on 2022-04-05: in New York the first is on the day before."""
    desk.preset(
        "log",
        "activity",
        '[header]\nall = ["who", "when"]\n[columns]\ncustomer_id = ["who"]\ntimestamp = ["when"]\n[dates]\nepoch = true\n',
    )
    path = desk.file("a.csv", "who,when\na,1649120400\na,1649160000000\n")
    assert desk.totals("stickiness", "2022-04", path, tz=zone)["user_days"] == days


def test_the_time_zone_of_the_header_overrides_that_of_the_preset(desk: Desk) -> None:
    """23:30 in New York is the next day in UTC, the first of the quarter."""
    desk.preset("sales", "purchases", SALES + '[dates]\nzone = "America/New_York"\n')
    row = "a,2022-03-31 23:30,5\nb,2022-05-02 12:00,1\n"
    in_new_york, in_utc = (
        desk.file(f"{at}.csv", f"buyer,{heading},paid\n{row}") for at, heading in enumerate(("sold on", "sold on (UTC)"))
    )
    assert desk.totals("concentration", "2022-Q2", in_new_york)["net_revenue"] == 6
    assert desk.totals("concentration", "2022-Q2", in_utc)["net_revenue"] == 1


@pytest.mark.parametrize(("heading", "opening"), [("jour", 1), ("other", None)])
def test_a_date_order_that_depends_on_another_header(desk: Desk, heading: str, opening: int | None) -> None:
    desk.preset("club", "customers", CLUB + '[dates]\norder = "dmy"\norder_if = ["jour"]\n')
    path = desk.file("a.csv", f"member,joined on,left on,{heading}\na,03/04/2022,05/04/2022,x\n")
    if opening is None:
        assert desk.refused("churn", "2022-04-04", path)[0].code == "E406"
    else:
        assert desk.totals("churn", "2022-04-04", path)["opening"] == opening


def test_each_preset_sets_the_date_order_of_its_own_files(desk: Desk) -> None:
    """The dates of one vendor prove nothing about another's: 05/04/2022 is 5 April in the first file, 4 May in the second."""
    for name, order in (("first", "dmy"), ("second", "mdy")):
        desk.preset(name, "customers", CLUB.replace("member", name) + f'[dates]\norder = "{order}"\n')
    paths = [
        desk.file("a.csv", "first,joined on,left on\na,03/04/2021,05/04/2022\n"),
        desk.file("b.csv", "second,joined on,left on\nb,01/13/2021,05/04/2022\nc,01/13/2021,12/31/2022\n"),
    ]
    for order in (paths, paths[::-1]):
        assert dict(desk.totals("churn", "2022-04", *order)) == {"lost": 1, "opening": 3}
        assert dict(desk.totals("churn", "2022-05", *order)) == {"lost": 1, "opening": 2}
    assert desk.refused("churn", "2022-05", *paths, order="dmy")[0].code == "E401"


def test_each_preset_sets_the_decimal_mark_of_its_own_files(desk: Desk) -> None:
    for name, mark in (("first", ","), ("second", ".")):
        desk.preset(name, "purchases", SALES.replace("buyer", name) + f'[amounts]\ndecimal = "{mark}"\n')
    paths = [
        desk.file("a.csv", 'first,sold on,paid\na,2022-04-05,"1,23"\n'),
        desk.file("b.csv", 'second,sold on,paid\nb,2022-04-05,"1,234"\n'),
    ]
    assert desk.totals("concentration", "2022-Q2", *paths)["net_revenue"] == 1234 + Fraction(123, 100)


@pytest.mark.parametrize(
    "rest", ["", '[[rows]]\ncolumn = "member"\nis = "test*"\naside = "test"\n', '[lines.aside]\n"total row" = "sum"\n']
)
def test_one_column_may_have_several_uses(desk: Desk, rest: str) -> None:
    """The e-mail is a fallback id and a column to split by, and the id column decides whether a row is skipped."""
    desk.preset("club", "customers", CLUB + MAIL + rest)
    path = desk.file("a.csv", "member,mail,joined on,left on\n7,x@y,2021-01-01,2022-05-05\n,z@y,2021-01-01,\n8,z@y,2021-01-01,\n")
    assert seen(desk.ask("churn", "2022-Q2", path, by=("mail",)), "lost", "opening") == {"x@y": (1, 1), "z@y": (0, 2)}
