"""Statuses and billing intervals in the words of billing systems, and exact monthly amounts."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custmetrics_cli.columns import MONEY_PARTS, ColumnFormat
from custmetrics_cli.columns.interval import INTERVAL, INTERVALS, monthly, states_count_twice
from custmetrics_cli.columns.parsing.intervals.read import encode
from custmetrics_cli.columns.status import STATUS, STATUSES
from custmetrics_cli.core.errors import CustmetricsError

MONTHS = {"day": Fraction(16, 487), "week": Fraction(3, 13), "month": Fraction(1), "quarter": Fraction(3), "year": Fraction(12)}


@pytest.mark.parametrize(
    ("word", "status"),
    [
        ("active", "active"),
        ("Live", "active"),
        ("АКТИВЕН", "active"),
        ("trialing", "trial"),
        ("in_trial", "trial"),
        ("Past Due", "past_due"),
        ("unpaid", "past_due"),
        ("wc-on-hold", "past_due"),
        ("canceled", "ended"),
        ("Cancelled", "ended"),
        ("expired", "ended"),
        ("отключён", "ended"),
        ("non_renewing", "active_until_end"),
        ("wc-pending-cancel", "active_until_end"),
        ("suspended", "paused"),
        ("incomplete_expired", "never_started"),
        ("Pending Activation", "never_started"),
        ("unknown", "unknown"),
        ("purple", "unknown"),
        ("не активен", "ended"),
    ],
)
def test_a_status_is_read_in_every_spelling(word, status):
    assert STATUSES[STATUS.read_cell(word, ColumnFormat())] == status
    assert STATUS.read_column(pa.array([word]), ColumnFormat()).values.tolist() == [STATUSES.index(status)]


def test_no_status_is_read_as_an_empty_cell():
    assert STATUSES[0] == ""
    assert 0 not in STATUS.read_column(pa.array(["", "-", "?"]), ColumnFormat()).values


@pytest.mark.parametrize(
    ("word", "interval"),
    [
        ("Month", "month"),
        ("monthly", "month"),
        ("per month", "month"),
        ("ежемесячно", "month"),
        ("мес.", "month"),
        ("annual", "year"),
        ("YEARLY", "year"),
        ("12 months", "year"),
        ("год", "year"),
        ("3 months", "quarter"),
        ("quarterly", "quarter"),
        ("week", "week"),
        ("неделя", "week"),
        ("daily", "day"),
        ("6 months", "6 months"),
        ("every 2 weeks", "2 weeks"),
        ("2-Year", "2 years"),
        ("P1Y", "year"),
        ("P3M", "quarter"),
        ("P1Y6M", "18 months"),
        ("P14D", "2 weeks"),
        ("semi-annual", "6 months"),
        ("half-yearly", "6 months"),
        ("biennial", "2 years"),
        ("bi-weekly", "2 weeks"),
        ("fortnight", "2 weeks"),
        ("6 месяцев", "6 months"),
        ("раз в полгода", "6 months"),
        ("1 раз в 3 месяца", "quarter"),
        ("полугодие", "6 months"),
        ("Monthly plan", "month"),
        ("Annual (prepaid)", "year"),
        ("billed every 6 months", "6 months"),
        ("Month(s)", "month"),
        ("p.a.", "year"),
        ("12m", "year"),
        ("365 days", "year"),
        ("30 days", "30 days"),
        ("jährlich", "year"),
        ("alle 2 Wochen", "2 weeks"),
        ("par an", "year"),
        ("al mes", "month"),
        ("mensal", "month"),
        ("ogni 2 mesi", "2 months"),
        ("elke 3 maanden", "quarter"),
        ("raz w roku", "year"),
        ("щомісяця", "month"),
    ],
)
def test_an_interval_is_read_in_every_spelling(word, interval):
    assert INTERVAL.decode(INTERVAL.read_cell(word, ColumnFormat())) == interval


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("1", "is not an interval"),
        ("12", "is not an interval"),
        ("2 per month", "is not an interval"),
        ("twice a month", "is not an interval"),
        ("1.5 years", "is not an interval"),
        ("2-3 months", "is not an interval"),
        ("0 months", "is not an interval"),
        ("12 monthly payments", "is not an interval"),
        ("12-month term", "is not an interval"),
        ("P1M2D", "is not an interval"),
        ("PT1H", "is not an interval"),
        ("Pro monthly", "is not an interval"),
        ("lifetime", "is a one-time payment"),
        ("bi-monthly", "could be every 2 months or twice a month"),
        ("Biannual", "could be every 6 months or every 2 years"),
        ("Monthly (billed annually)", "names two intervals: month and year"),
    ],
)
def test_an_unknown_or_ambiguous_interval_is_refused(word, reason):
    assert not INTERVAL.read_column(pa.array([word]), ColumnFormat()).ok.any()
    with pytest.raises(ValueError, match=reason):
        INTERVAL.read_cell(word, ColumnFormat())


@pytest.mark.parametrize(
    ("interval", "count", "twice"),
    [("month", 6, False), ("6 months", 6, True), ("6 months", 1, False), ("6 months", 2, False), ("year", 12, True), ("quarter", 3, True)],
)
def test_a_count_in_both_columns_is_found(interval, count, twice):
    assert states_count_twice(np.array([INTERVAL.read_cell(interval, ColumnFormat())]), np.array([count])).tolist() == [twice]


ROW = st.tuples(
    st.integers(-(10**15), 10**15) | st.integers(-50_000, 50_000),
    st.integers(-1_000_000, 10_000) | st.sampled_from([0, -200_000, -333_333, -1_000_000]),
    st.sampled_from([1, 2, 3, 7, 1000]),
    st.builds(encode, st.sampled_from(INTERVALS), st.integers(1, 24)),
    st.integers(1, 36),
)


def exact(amount: int, discount: int, quantity: int, interval: int, count: int) -> Fraction:
    net = amount - discount if discount >= 0 else amount * (1 + Fraction(discount, 1_000_000))
    own, unit = divmod(interval, len(INTERVALS))
    return net * quantity / (MONTHS[INTERVALS[unit]] * (own + 1) * count)


@given(st.lists(ROW, min_size=1, max_size=20))
def test_monthly_amounts_are_exact_then_rounded_once_half_to_even(rows):
    expected = [round(exact(*row)) for row in rows]
    columns = [np.array(column) for column in zip(*rows, strict=True)]
    if any(abs(value) >= 2**62 for value in expected):
        with pytest.raises(CustmetricsError) as refused:
            monthly(*columns)
        assert refused.value.problems[0].code == "E409"
    else:
        assert monthly(*columns).tolist() == expected


@given(st.lists(st.tuples(ROW, st.integers(-(10**9) // 2, 10**9 // 2)), min_size=1, max_size=9))
def test_what_rounding_left_out_of_an_amount_counts_in_its_product(rows):
    expected = [round(exact(amount + Fraction(rest, 10**9), *others)) for (amount, *others), rest in rows]
    if all(abs(value) < 2**62 for value in expected):
        columns = [np.array(column) for column in zip(*(row for row, _ in rows), strict=True)]
        assert monthly(*columns, rest=np.array([rest for _, rest in rows])).tolist() == expected


def test_common_intervals_need_no_rounding():
    hundredth = MONEY_PARTS // 100
    for count in (*range(1, 11), 12):
        assert exact(hundredth, 0, 1, INTERVALS.index("month"), count).denominator == 1
    for interval in INTERVALS:
        assert exact(hundredth, 0, 1, INTERVALS.index(interval), 1).denominator == 1


def test_no_rows_give_no_amounts():
    empty = np.zeros(0, np.int64)
    assert monthly(empty, empty, empty, empty, empty).tolist() == []


def test_a_column_of_one_number_is_repeated() -> None:
    """Columns that a file lacks come as one number, also where rows are computed one by one."""
    amount, one, month = np.array([10**17, 1, 3]), np.array([1]), np.array([INTERVALS.index("month")])
    repeated = [np.repeat(each, 3) for each in (0 * one, one, month, one)]
    for rest in (None, np.array([0, 5, 0])):
        assert monthly(amount, 0 * one, one, month, one, rest=rest).tolist() == monthly(amount, *repeated, rest=rest).tolist()
