"""Periods: every form that parse reads, its errors, and that splits, names and neighbours agree."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.core.time.calendar import stepped
from custmetrics_cli.core.time.period import Period

TODAY = date(2022, 11, 21)  # a Monday
DAYS = st.dates(date(1801, 1, 1), date(2198, 12, 31))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    first, second, fiscal = draw(DAYS), draw(DAYS), draw(st.integers(1, 12))
    return Period(min(first, second), max(first, second) + timedelta(1), fiscal_year_start=fiscal)


@st.composite
def units(draw: st.DrawFn) -> Period:
    fiscal = draw(st.integers(1, 12))
    text = draw(st.sampled_from(["this-day", "this-week", "this-month", "this-quarter", "this-half", "this-year"]))
    return Period.parse(text, draw(DAYS), fiscal)


@given(periods() | units())
def test_parse_reads_back_the_name_of_any_period(period):
    again = Period.parse(str(period), fiscal_year_start=period.fiscal_year_start)
    assert again == period
    assert again.name == period.name


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2022", "2022-01-01", "2023-01-01"),
        ("2022-H2", "2022-07-01", "2023-01-01"),
        ("h1 2022", "2022-01-01", "2022-07-01"),
        ("2022-Q2", "2022-04-01", "2022-07-01"),
        ("2022Q2", "2022-04-01", "2022-07-01"),
        ("Q2 2022", "2022-04-01", "2022-07-01"),
        ("2022-04", "2022-04-01", "2022-05-01"),
        ("Apr 2022", "2022-04-01", "2022-05-01"),
        ("september 2022", "2022-09-01", "2022-10-01"),
        ("2022-W14", "2022-04-04", "2022-04-11"),
        ("2020-W53", "2020-12-28", "2021-01-04"),
        ("2021-W01", "2021-01-04", "2021-01-11"),
        ("2024-02-29", "2024-02-29", "2024-03-01"),
        ("2022-04-01..2022-06-30", "2022-04-01", "2022-07-01"),
        (" 2022-04 .. 2022-06 ", "2022-04-01", "2022-07-01"),
        ("2020..2022", "2020-01-01", "2023-01-01"),
        ("2022-11-01..yesterday", "2022-11-01", "2022-11-21"),
        ("today", "2022-11-21", "2022-11-22"),
        ("yesterday", "2022-11-20", "2022-11-21"),
        ("last-week", "2022-11-14", "2022-11-21"),
        ("this-week", "2022-11-21", "2022-11-28"),
        ("LAST-MONTH", "2022-10-01", "2022-11-01"),
        ("this month", "2022-11-01", "2022-12-01"),
        ("last-quarter", "2022-07-01", "2022-10-01"),
        ("this-quarter", "2022-10-01", "2023-01-01"),
        ("last-year", "2021-01-01", "2022-01-01"),
        ("this-year", "2022-01-01", "2023-01-01"),
        ("last-30-days", "2022-10-22", "2022-11-21"),
        ("last-1-days", "2022-11-20", "2022-11-21"),
        ("last-12-months", "2021-11-01", "2022-11-01"),
        ("ytd", "2022-01-01", "2022-11-22"),
        ("3 квартал 2026", "2026-07-01", "2026-10-01"),
        ("2-й кв. 2022 г.", "2022-04-01", "2022-07-01"),
        ("II квартал 2022 года", "2022-04-01", "2022-07-01"),
        ("Квартал 4 2022", "2022-10-01", "2023-01-01"),
        ("2022 3 кв", "2022-07-01", "2022-10-01"),
        ("2nd quarter 2022", "2022-04-01", "2022-07-01"),
        ("1 полугодие 2022", "2022-01-01", "2022-07-01"),
        ("апрель 2022", "2022-04-01", "2022-05-01"),
        ("Апреля 2022 г.", "2022-04-01", "2022-05-01"),
        ("мая 2022", "2022-05-01", "2022-06-01"),
        ("март 2022", "2022-03-01", "2022-04-01"),
        ("дек. 2022", "2022-12-01", "2023-01-01"),
        ("5 апреля 2022", "2022-04-05", "2022-04-06"),
        ("за 2022 год", "2022-01-01", "2023-01-01"),
        ("04.2022", "2022-04-01", "2022-05-01"),
        ("4/2022", "2022-04-01", "2022-05-01"),
        ("2022/04", "2022-04-01", "2022-05-01"),
        ("202204", "2022-04-01", "2022-05-01"),
        ("05.04.2022", "2022-04-05", "2022-04-06"),
        ("April, 2022", "2022-04-01", "2022-05-01"),
        ("2022-04-01 to 2022-06-30", "2022-04-01", "2022-07-01"),
        ("2022-04-01-2022-06-30", "2022-04-01", "2022-07-01"),
        ("01.04.2022-30.06.2022", "2022-04-01", "2022-07-01"),
        ("01.04.2022 – 30.06.2022", "2022-04-01", "2022-07-01"),
        ("с 1 апреля 2022 по 30 июня 2022", "2022-04-01", "2022-07-01"),
        ("апрель 2022 - июнь 2022", "2022-04-01", "2022-07-01"),
        ("last 3 months", "2022-08-01", "2022-11-01"),
        ("the past 3 months", "2022-08-01", "2022-11-01"),
        ("previous quarter", "2022-07-01", "2022-10-01"),
        ("последние 3 месяца", "2022-08-01", "2022-11-01"),
        ("последние 12 недель", "2022-08-29", "2022-11-21"),
        ("прошлый квартал", "2022-07-01", "2022-10-01"),
        ("этот год", "2022-01-01", "2023-01-01"),
        ("с начала года", "2022-01-01", "2022-11-22"),
        ("вчера", "2022-11-20", "2022-11-21"),
    ],
)
def test_parse_reads_every_form(text, start, end):
    period = Period.parse(text, TODAY)
    assert (str(period.start), str(period.end)) == (start, end)


@pytest.mark.parametrize(
    ("text", "fiscal", "start", "end", "name"),
    [
        ("2022", 4, "2022-04-01", "2023-04-01", "FY2022"),
        ("FY2022", 4, "2022-04-01", "2023-04-01", "FY2022"),
        ("2022-Q4", 4, "2023-01-01", "2023-04-01", "FY2022-Q4"),
        ("FY2022-H2", 10, "2023-04-01", "2023-10-01", "FY2022-H2"),
        ("2022-04", 4, "2022-04-01", "2022-05-01", "2022-04"),
        ("last-quarter", 2, "2022-08-01", "2022-11-01", "FY2022-Q3"),
        ("ytd", 12, "2021-12-01", "2022-11-22", "2021-12-01..2022-11-21"),
        ("this-year", 12, "2021-12-01", "2022-12-01", "FY2021"),
        ("2022-01-01..2022-12-31", 4, "2022-01-01", "2023-01-01", "2022-01-01..2022-12-31"),
    ],
)
def test_a_fiscal_year_has_the_name_of_the_year_it_begins_in(text, fiscal, start, end, name):
    period = Period.parse(text, TODAY, fiscal)
    assert (str(period.start), str(period.end), str(period)) == (start, end, name)


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [
        ("2022-Q5", "E101", "2022-Q1 to 2022-Q4"),
        ("2022-13", "E101", "2022-01 to 2022-12"),
        ("2022-W53", "E101", "2022-W01 to 2022-W52"),
        ("2022-02-30", "E101", "2022-02-28"),
        ("2022-13-01", "E101", "2022-01 to 2022-12"),
        ("2022-4", "E101", "2022-04?"),
        ("05/04/2022", "E101", "2022-04-05 or 2022-05-04"),
        ("Q2", "E101", "2022-Q2"),
        ("5 квартал 2022", "E101", "since 2021"),
        ("31.02.2022", "E101", "2022-02-28"),
        ("13.2022", "E101", "since 2021"),
        ("04/05/2022", "E101", "2022-05-04 or 2022-04-05"),
        ("0000", "E101", "1800 to 2199"),
        ("2022..", "E101", "2022-04-01..2022-06-30"),
        ("last-99999999999999-days", "E101", "last-30-days"),
        ("last-9999-years", "E101", "last-30-days"),
        ("", "E101", "2022-Q2"),
        ("2022-06..2022-04", "E103", "2022-04..2022-06"),
    ],
)
def test_an_error_hints_at_a_correct_period(text, code, hint):
    with pytest.raises(CustmetricsError) as error:
        Period.parse(text, TODAY)
    problem = error.value.problems[0]
    assert problem.code == code
    assert hint in problem.hint
    assert repr(text) in problem.message


def code_of(call: Callable[[], object]) -> str:
    """Return the error code of a call, "" if it succeeds."""
    try:
        call()
    except CustmetricsError as error:
        return error.problems[0].code
    return ""


@given(st.text(alphabet="0123456789-qwhfylast. ..mondy/квпослед", max_size=24))
def test_any_text_gives_a_period_or_an_error(text):
    assert code_of(lambda: Period.parse(text, TODAY)) in ("", "E101", "E103")


@given(units(), st.sampled_from(["day", "week", "month", "quarter", "year"]))
def test_split_fills_the_period_exactly_or_fails(period, every):
    code = code_of(lambda: period.split(every))
    parts = (period,) if code else period.split(every)
    assert code in ("", "E102")
    assert (parts[0].start, parts[-1].end) == (period.start, period.end)
    assert all(a.end == b.start for a, b in pairwise(parts))
    units = [Period.parse(f"this-{every}", part.start, period.fiscal_year_start) for part in parts]
    assert code or list(parts) == units or parts == steps_from(period, every)


def steps_from(period, every):
    """Return the steps of a period that does not begin with a unit of the calendar, one day and step after the other."""
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12}.get(every, 0)
    days = [period.start + timedelta(count) for count in range(period.days + 1)]
    whole = [(day.year - period.start.year) * 12 + day.month - period.start.month for day in days]
    is_edge = [
        day.day == period.start.day and after % months == 0 if months else at % {"day": 1, "week": 7}[every] == 0
        for at, (day, after) in enumerate(zip(days, whole, strict=True))
    ]
    edges = [day for day, edge in zip(days, is_edge, strict=True) if edge]
    return tuple(Period(*pair, fiscal_year_start=period.fiscal_year_start) for pair in pairwise(edges))


@pytest.mark.parametrize(
    ("text", "every", "names"),
    [
        ("2000-07-01..2002-06-30", "year", ["2000-07-01..2001-06-30", "2001-07-01..2002-06-30"]),
        ("2000-02..2000-07", "quarter", ["2000-02-01..2000-04-30", "2000-05-01..2000-07-31"]),
        ("2022-01-15..2022-03-14", "month", ["2022-01-15..2022-02-14", "2022-02-15..2022-03-14"]),
        ("2022-01-28..2022-03-27", "month", ["2022-01-28..2022-02-27", "2022-02-28..2022-03-27"]),
        ("2024-01-29..2024-03-28", "month", ["2024-01-29..2024-02-28", "2024-02-29..2024-03-28"]),
        ("2022-01-31..2023-01-30", "half", ["2022-01-31..2022-07-30", "2022-07-31..2023-01-30"]),
        ("2022-01-01..2022-01-14", "week", ["2022-01-01..2022-01-07", "2022-01-08..2022-01-14"]),
        ("2022-W01..2022-W02", "week", ["2022-W01", "2022-W02"]),
    ],
)
def test_steps_may_begin_on_any_day(text, every, names):
    assert [str(step) for step in Period.parse(text).split(every)] == names


@pytest.mark.parametrize(
    ("text", "every", "reason"),
    [
        ("2022-01-31..2022-03-30", "month", "a step would begin on day 31, which 2022-02 does not have"),
        ("2023-01-29..2023-03-28", "month", "a step would begin on day 29, which 2023-02 does not have"),
        ("2022-08-31..2023-02-27", "quarter", "a step would begin on day 31, which 2022-11 does not have"),
        ("2024-02-29..2026-02-27", "year", "a step would begin on day 29, which 2025-02 does not have"),
        ("2022-01-15..2022-03-15", "month", "'2022-01-15..2022-03-15' is not a whole number of months"),
    ],
)
def test_steps_that_do_not_fill_the_period_are_refused_with_the_reason(text, every, reason):
    with pytest.raises(CustmetricsError) as error:
        Period.parse(text).split(every)
    problem = error.value.problems[0]
    assert problem.code == "E102"
    assert problem.message.endswith(reason)


@given(periods(), st.sampled_from(["day", "week", "month", "quarter", "half", "year"]), st.integers(1, 30))
def test_whole_steps_from_any_day_fill_the_period(period, every, count):
    edges = [stepped(period.start, every, at) for at in range(count + 1)]
    if None not in edges:
        parts = Period(period.start, edges[-1]).split(every)
        assert [part.start for part in parts] == edges[:-1]


def test_a_failed_split_suggests_a_period_that_can_be_split():
    with pytest.raises(CustmetricsError) as error:
        Period.parse("2022-04-05..2022-06-30").split("month")
    assert error.value.problems[0].hint == "use 2022-Q2: 2022-04-01 to 2022-06-30"


def test_splits_follow_the_fiscal_year():
    assert [str(p) for p in Period.parse("2020-04..2022-03", fiscal_year_start=4).split("year")] == ["FY2020", "FY2021"]
    assert [str(p) for p in Period.parse("2020-04..2022-03").split("year", 4)] == ["FY2020", "FY2021"]
    assert len(Period.parse("1990..2012").split("quarter")) == 92


@given(periods() | units())
def test_previous_ends_where_the_period_begins(period):
    before = period.previous()
    assert before.end == period.start
    assert before.days == period.days or (period.whole_months and before.months == period.months)


@pytest.mark.parametrize(
    ("text", "previous", "year_ago"),
    [
        ("2022-Q1", "2021-Q4", "2021-Q1"),
        ("2022", "2021", "2021"),
        ("2024-02", "2024-01", "2023-02"),
        ("2022-04..2022-05", "2022-02-01..2022-03-31", "2021-04-01..2021-05-31"),
        ("2022-W14", "2022-W13", "2021-W14"),
        ("2020-W53", "2020-W52", "2019-W52"),
        ("2024-02-29", "2024-02-28", "2023-02-28"),
        ("2022-04-05..2022-04-09", "2022-03-31..2022-04-04", "2021-04-05..2021-04-09"),
    ],
)
def test_previous_and_year_ago(text, previous, year_ago):
    period = Period.parse(text)
    assert (str(period.previous()), str(period.year_ago())) == (previous, year_ago)


def test_lengths():
    assert Period.parse("2022-Q2").months == 3
    assert Period.parse("2022-04-01..2022-04-30").whole_months
    assert Period.parse("2022-04-15..2022-05-14").months == Fraction(30 * 16, 487)
    assert Period.parse("2022-W14").days == 7
    assert Period.parse("2022-Q2").first_days(31) == Period.parse("2022-04-01..2022-05-01")
    assert Period.parse("2022-Q2").first_days(500) == Period.parse("2022-Q2")
    assert Period.parse("1970-01-01..1970-01-02").end_number == 2
    with pytest.raises(ValueError, match="at least one day"):
        Period(date(2022, 1, 1), date(2022, 1, 1))
