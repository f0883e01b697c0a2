"""Every form of date and time is read as datetime and zoneinfo read it."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custmetrics_cli.columns import ColumnFormat, UnreadableCell
from custmetrics_cli.columns.day import DAY
from custmetrics_cli.columns.parsing.day_evidence import DayEvidence

EPOCH = date(1970, 1, 1)
DATES = st.dates(date(1800, 1, 2), date(2199, 12, 30))
TIMES = st.times().map(lambda t: t.replace(microsecond=0))
ZONES = st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Africa/Casablanca"])
ENGLISH = "January February March April May June July August September October November December".split()  # noqa: SIM905
RUSSIAN = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split()  # noqa: SIM905


def day(text: str, **format: object) -> date:
    """Read a text as a cell and as a column, and return its day."""
    column = DAY.read_column(pa.array([text]), ColumnFormat(**format))
    assert column.ok.all()
    assert DAY.read_cell(text, ColumnFormat(**format)) == column.values[0]
    return EPOCH + timedelta(int(column.values[0]))


def refusal(text: str, **format: object) -> str:
    """Return the message for a text that cannot be read."""
    assert not DAY.read_column(pa.array([text]), ColumnFormat(**format)).ok.any()
    with pytest.raises(UnreadableCell, match=r"^'") as refused:
        DAY.read_cell(text, ColumnFormat(**format))
    return str(refused.value)


def evidence(*texts: str) -> DayEvidence:
    return DAY.gather(pa.array(list(texts), pa.string()))


@given(DATES)
def test_dates_in_digits(d):
    for text in (f"{d}", f"{d:%Y/%m/%d}", f"{d:%Y%m%d}", f"{d:%d.%m.%Y}", f"{d.day}.{d.month}.{d.year}", f"{d:%d.%m.%Y} г."):
        assert day(text, tz=ZoneInfo("Asia/Tokyo"), zone="PST", order="mdy") == d
    for text, order in (
        (f"{d:%d/%m/%Y}", "dmy"),
        (f"{d:%m/%d/%Y}", "mdy"),
        (f"{d:%d-%m-%Y}", "dmy"),
        (f"{d.month}/{d.day}/{d.year}", "mdy"),
    ):
        assert day(text, order=order) == d


@given(DATES)
def test_dates_with_the_month_in_words(d):
    name, russian = ENGLISH[d.month - 1], RUSSIAN[d.month - 1]
    for text in (
        f"{d.day} {name[:3]} {d.year}",
        f"{d.day:02}-{name[:3].upper()}-{d.year}",
        f"{name} {d.day}, {d.year}",
        f"{name[:3]}. {d.day} {d.year}",
        f"{d.day} {russian} {d.year}",
        f"{d.day} {russian} {d.year} г.",
        f"{d.day} {russian[:3]}. {d.year} г.",
        f"{d.day} {name.lower()} {d.year}, 23:15",
        f"Tue, {d.day} {name[:3]} {d.year} 10:00:00",
    ):
        assert day(text) == d


@given(st.dates(date(1970, 1, 1), date(2069, 12, 31)))
def test_years_of_two_digits_are_1970_to_2069(d):
    assert day(f"{d:%m/%d/%y}", order="mdy") == d
    assert day(f"{d:%d.%m.%y}") == d
    assert day(f"{d:%y-%m-%d}", order="ymd") == d


@given(DATES, TIMES, ZONES, st.integers(-56, 56), st.booleans())
def test_times_with_an_offset_are_converted_to_the_reporting_zone(d, t, zone, quarters, end):
    offset = timezone(timedelta(minutes=15 * quarters))
    moment = datetime.combine(d, t, offset)
    there = moment.astimezone(ZoneInfo(zone))
    late = end and there.hour == 23 and there.minute == 59
    expected = there.date() + timedelta(int(late))
    colon = f"{moment:%z}"[:3] + ":" + f"{moment:%z}"[3:]
    for text in (moment.isoformat(), f"{moment:%Y-%m-%d %H:%M:%S %z}", f"{moment:%Y/%m/%d %I:%M:%S %p} GMT{colon}"):
        assert day(text.replace("0 AM", "0 am"), tz=ZoneInfo(zone), end=end) == expected


@given(DATES, TIMES, ZONES, ZONES)
def test_times_whose_zone_is_in_the_header_are_converted(d, t, source, target):
    moment = datetime.combine(d, t, ZoneInfo(source)).astimezone(ZoneInfo(target))
    assert day(f"{d}T{t}", tz=ZoneInfo(target), zone=source) == moment.date()


def test_many_times_around_a_change_of_the_clock():
    zone = ZoneInfo("Europe/Berlin")
    moments = [datetime(2022, 10, 29, 20, tzinfo=ZoneInfo("UTC")) + timedelta(minutes=7 * i) for i in range(400)]
    moments += [datetime(2022, 3, 26, 20, tzinfo=ZoneInfo("UTC")) + timedelta(minutes=7 * i) for i in range(400)]
    texts = [f"{moment:%Y-%m-%dT%H:%M:%SZ}" for moment in moments]
    column = DAY.read_column(pa.array(texts), ColumnFormat(tz=zone))
    assert column.ok.all()
    assert [EPOCH + timedelta(int(n)) for n in column.values] == [moment.astimezone(zone).date() for moment in moments]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022/09/27 3:00:00 PM GMT+3", "2022-09-27"),
        ("2022/09/27 2:00:00 AM GMT+3", "2022-09-26"),
        ("2022-03-24 17:18:46 PDT", "2022-03-25"),
        ("2022-03-24 15:18:46 PST", "2022-03-24"),
        ("2022-03-24 16:00 PST", "2022-03-25"),
        ("2022-04-05 23:30:00 UTC", "2022-04-05"),
        ("2022-04-05 23:30:00 -0100", "2022-04-06"),
        ("2022-04-05T23:30:00.123456Z", "2022-04-05"),
        ("2022-04-05T00:30:00,5+01", "2022-04-04"),
        ("2022-04-05 10:00:00 +0000 UTC", "2022-04-05"),
        ("Tue Apr 05 2022 01:00:00 GMT+0300 (Moscow Standard Time)", "2022-04-04"),
        ("04/13/2022 03:00:00 PM", "2022-04-13"),
        ("4/13/22 0:00", "2022-04-13"),
        ("27.04.2022 10:00:00", "2022-04-27"),
        ("2022-04-05, 3:00\u202fPM", "2022-04-05"),
        ("12/31/2022 12:30 AM UTC", "2022-12-31"),
    ],
)
def test_times_are_read_as_real_exports_write_them(text, expected):
    assert str(day(text)) == expected


def test_an_end_at_23_59_or_later_is_the_next_day():
    assert str(day("2022-04-05 23:59:59", end=True)) == "2022-04-06"
    assert str(day("2022-04-05 23:58:59", end=True)) == "2022-04-05"
    assert str(day("2022-04-05 23:59:59")) == "2022-04-05"
    assert str(day("2022-04-05T22:59:00+00:00", end=True, tz=ZoneInfo("Europe/London"))) == "2022-04-06"


def test_an_inclusive_end_is_moved_by_one_day_only_once():
    assert str(day("2022-04-05", inclusive=True)) == "2022-04-06"
    assert str(day("2022-04-05 23:59:59", inclusive=True, end=True)) == "2022-04-06"


def test_midnights_do_not_move_in_a_column_without_other_times():
    text = "2022-04-05T00:00:00+03:00"
    assert str(day(text, shifts=False, tz=ZoneInfo("America/New_York"))) == "2022-04-05"
    assert str(day(text)) == "2022-04-04"


def test_without_an_order_only_unambiguous_dates_are_read():
    assert str(day("13/04/2022")) == str(day("04/13/2022")) == "2022-04-13"
    assert str(day("05/05/2022")) == "2022-05-05"
    assert refusal("03/04/2022") == "'03/04/2022' could be 3 April 2022 (day first) or 4 March 2022 (month first)"
    assert "(year first)" in refusal("22-04-05")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("2022-02-30", "is not a valid date"),
        ("2022-13-01", "is not a valid date"),
        ("2022-00-10", "is not a valid date"),
        ("1900-02-29", "is not a valid date"),
        ("31/31/2022", "is not a valid date"),
        ("30 February 2022", "is not a valid date"),
        ("0222-04-05", "is not in the years 1800 to 2199"),
        ("2200-01-01", "is not in the years 1800 to 2199"),
        ("2022-04-05 24:00", "has an invalid time"),
        ("2022-04-05 13:00 PM", "has an invalid time"),
        ("2022-04-05 10:61", "has an invalid time"),
        ("2022-04-05 10:00 +99:00", "has an invalid time zone"),
        ("2022-04-05 10:00 XYZ", "is not a date"),
        ("5 Foo 2022", "is not a valid date"),
        ("44656", "is not a date: it looks like the number that Excel has for 2022-04-05"),
        ("19999", "is not a date"),
        ("2022040511", "is not a date"),
        ("2022-04", "is not a date"),
        ("не закрыта", "is not a date"),
        ("2022-04/05", "is not a date"),
        ("٢٠٢٢-٠٤-٠٥", "is not a date"),
    ],
)
def test_a_bad_date_is_refused_with_the_reason(text, reason):
    assert refusal(text) == f"'{text}' {reason}"


def test_a_date_in_the_other_order_is_refused_with_the_order():
    assert refusal("04/13/2022", order="dmy") == "'04/13/2022' is not a valid date with the day first"


@given(st.lists(DATES, min_size=1, max_size=30), st.sampled_from(["dmy", "mdy"]), st.sampled_from("/-"))
def test_evidence_shows_the_order_or_that_it_is_ambiguous(dates, order, mark):
    form = {"dmy": f"%d{mark}%m{mark}%Y", "mdy": f"%m{mark}%d{mark}%Y"}[order]
    found = evidence(*(d.strftime(form).replace(f"{mark}{d:%Y}", f"{mark}{d.year:04}") for d in dates))
    assert found.ambiguous == (any(d.day != d.month for d in dates) and all(d.day <= 12 for d in dates))
    if not found.ambiguous and any(d.day > 12 for d in dates):
        assert found.order() == order


def test_the_evidence_of_parts_adds_up():
    texts = ("03/04/2022", "13/04/2022", "2022-04-05")
    column, parts = evidence(*texts), [evidence(text) for text in texts]
    assert sum(parts, DayEvidence()) == column
    assert parts[0].ambiguous
    assert parts[0].sample == "03/04/2022"
    assert not column.ambiguous
    assert parts[2].order() == ""


def test_a_column_that_contradicts_itself_has_the_order_that_most_dates_fit():
    found = evidence("13/01/2022", "14/01/2022", "01/13/2022", "03/04/2022")
    assert (found.order(), found.ambiguous) == ("dmy", False)
    assert evidence("13/01/2022", "01/13/2022", "03/04/2022").ambiguous
    assert not evidence("13/01/2022", "01/13/2022").ambiguous


def test_a_year_of_two_digits_may_come_first_before_a_dash():
    assert evidence("22-04-05", "21-03-31").ambiguous
    assert evidence("22-04-05", "99-04-05").order() == "ymd"
    assert evidence("13-04-22", "13-04-99").order() == "dmy"
    assert evidence("4/13/22", "4/5/22").order() == "mdy"


def test_evidence_shows_times_and_zones():
    assert not evidence("2022-04-05 00:00:00", "2022-04-06 12:00 AM").shifts
    assert evidence("2022-04-05 00:00:00", "2022-04-05 00:00:01").shifts
    assert evidence("2022-04-05 00:00:00Z").zoned
    assert not evidence("2022-04-05").timed
    assert evidence("2022-04-05 00:00").timed
