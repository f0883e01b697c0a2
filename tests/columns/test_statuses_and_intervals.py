"""Statuses and billing intervals in the words of billing systems, and exact monthly amounts."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custmetrics_cli.columns import ColumnFormat
from custmetrics_cli.columns.interval import INTERVAL, INTERVALS, KNOWN, monthly
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
    ],
)
def test_an_interval_is_read_in_every_spelling(word, interval):
    assert INTERVALS[INTERVAL.read_cell(word, ColumnFormat())] == interval


@pytest.mark.parametrize("word", ["fortnight", "biweekly", "semiannual", "6 months", "once", "lifetime", "1"])
def test_an_unknown_interval_is_refused(word):
    assert word not in KNOWN
    assert not INTERVAL.read_column(pa.array([word]), ColumnFormat()).ok.any()
    with pytest.raises(ValueError, match="is not an interval: day, week, month, quarter or year"):
        INTERVAL.read_cell(word, ColumnFormat())


ROW = st.tuples(
    st.integers(-(10**15), 10**15) | st.integers(-50_000, 50_000),
    st.integers(-1_000_000, 10_000) | st.sampled_from([0, -200_000, -333_333, -1_000_000]),
    st.sampled_from([1, 2, 3, 7, 1000]),
    st.integers(0, 4),
    st.integers(1, 36),
)


def exact(amount: int, discount: int, quantity: int, interval: int, count: int) -> Fraction:
    net = amount - discount if discount >= 0 else amount * (1 + Fraction(discount, 1_000_000))
    return net * quantity / (MONTHS[INTERVALS[interval]] * count) * 5040


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


def test_common_intervals_need_no_rounding():
    for count in (*range(1, 11), 12):
        assert exact(1, 0, 1, INTERVALS.index("month"), count).denominator == 1
    assert exact(3, 0, 1, INTERVALS.index("week"), 1).denominator == exact(1, 0, 1, INTERVALS.index("year"), 1).denominator == 1


def test_no_rows_give_no_amounts():
    empty = np.zeros(0, np.int64)
    assert monthly(empty, empty, empty, empty, empty).tolist() == []
