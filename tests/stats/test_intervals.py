"""Worked examples of the confidence intervals, and properties that hold for any data."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custmetrics_cli.stats.intervals import Estimated, Interval, NoInterval, square_and_add, wilson
from custmetrics_cli.stats.means import NO_CHANGE, SAME_AMOUNTS, TwoMeans, difference_of_means, log_t, quotient
from custmetrics_cli.stats.pair_counts import PairCounts
from custmetrics_cli.stats.ratios import effective_n, effective_number, plus_one
from custmetrics_cli.stats.sums import Joint, Largest, Sums, correlation

AMOUNTS = (10, 20, 30, 40, 50, 60, 70, 80, 90, 550)
WEIGHTS = (10, 20, 30, 40, 100)


def sums(weights: list[int] | tuple[int, ...], parts: list[int] | tuple[int, ...]) -> Sums:
    return PairCounts.of((a, d, 1) for a, d in zip(weights, parts, strict=True)).sums()


def percent(interval: Estimated) -> tuple[float, float]:
    assert isinstance(interval, Interval)
    return round(100 * interval.low, 4), round(100 * interval.high, 4)


@pytest.mark.parametrize(
    ("events", "n", "limits"), [(1, 20, (0.2565, 23.6131)), (3, 100, (0.8177, 8.4519)), (0, 3, (0, 56.1497)), (99, 100, (94.5514, 99.9487))]
)
def test_proportions_of_counts(events: int, n: int, limits: tuple[float, float]) -> None:
    assert percent(wilson(events, n)) == pytest.approx(limits, abs=2e-4)


def test_weighted_proportions() -> None:
    lost = sums(WEIGHTS, (10, 0, 0, 10, 0))
    assert round(effective_number(lost), 6) == 1.57909
    assert percent(effective_n(lost)) == (0.3817, 76.313)
    assert percent(effective_n(sums(WEIGHTS, (0,) * 5))) == (0, 74.5084)
    assert effective_n(sums((10, 20), (0, 20))) == NoInterval("2 customers are too few for an interval")


def test_equal_weights_without_parts_are_a_count() -> None:
    assert effective_n(sums((7, 7, 7, 7), (7, 0, 0, 0))) == wilson(1, 4)
    assert effective_n(sums((7,), (7,))) == wilson(1, 1)


def test_ratios_without_a_ceiling() -> None:
    growth = sums(WEIGHTS, (-10, 0, 15, -10, 0))
    found = plus_one(growth, 1, Largest(30, 15))
    assert isinstance(found, Interval)
    assert percent(found.map(1, 1)) == (19.8138, 176.4126)
    assert isinstance(plus_one(sums(WEIGHTS[:4], (0,) * 4)), NoInterval)


def test_means_of_amounts() -> None:
    customers = AMOUNTS * 3
    found = log_t(sums((1,) * 30, customers), Largest(1, 550))
    assert isinstance(found, Interval)
    assert (round(found.low, 4), round(found.high, 4)) == (56.1451, 216.5716)
    assert log_t(sums((1,) * 29, customers[1:]), Largest(1, 550)) == NoInterval("29 customers are too few for an interval of amounts")
    assert log_t(sums((1,) * 30, (5,) * 30), Largest(1, 5)) == NoInterval(SAME_AMOUNTS)


def test_surveys() -> None:
    nps = plus_one(sums((2, 1, 1, 2, 5), (2, 1, 1, -1, 4)))
    assert isinstance(nps, Interval)
    assert percent(nps._replace(high=min(1, nps.high))) == (-47.5651, 100)
    score = plus_one(sums((2, 1, 1, 1, 5), (6, 3, 3, 3, 15)), 3)  # all 7 on a scale from 1 to 7
    assert isinstance(score, Interval)
    assert (round(4 + score.low, 4), min(7, 4 + score.high)) == (3.3403, 7)


def two(before: tuple[int, ...], after: tuple[Fraction, ...]) -> TwoMeans:
    """0 is an absent customer."""
    one, other = [x for x in before if x], [y for y in after if y]
    both = [(x, y) for x, y in zip(before, after, strict=True) if x and y]
    return TwoMeans(
        len(one), sum(one), sum(x * x for x in one), len(other), sum(other), sum(y * y for y in other),
        len(both), sum(x for x, _ in both), sum(y for _, y in both), sum(x * y for x, y in both),
    )  # fmt: skip


def test_comparisons_of_means() -> None:
    more = tuple(Fraction(11 * x, 10) for x in AMOUNTS)
    found = difference_of_means(two(AMOUNTS, more))
    assert isinstance(found, Interval)
    assert (round(found.low, 4), round(found.high, 4)) == (2.7614, 17.7485)
    found = difference_of_means(two((*AMOUNTS, 0), (*more, Fraction(100))))
    assert isinstance(found, Interval)
    assert (round(found.low, 4), round(found.high, 4)) == (-16.1645, 41.9545)
    assert difference_of_means(two(AMOUNTS, tuple(map(Fraction, AMOUNTS)))) == NoInterval(NO_CHANGE)
    assert isinstance(difference_of_means(two(AMOUNTS[1:], more[1:])), NoInterval)


def test_the_joint_variance_is_the_sum_over_customers() -> None:
    """The closed form equals the definition: each customer's parts, absent ones as 0."""
    before, after = (*AMOUNTS, 0, 30), (*(Fraction(11 * x, 10) for x in AMOUNTS), Fraction(100), Fraction(0))
    means = two(before, after)
    m1, m2 = Fraction(means.x, means.n1), Fraction(means.y) / means.n2
    f = [((y - m2) / means.y if y else 0) - (Fraction(x - m1) / means.x if x else 0) for x, y in zip(before, after, strict=True)]
    w, v, o = Fraction(means.xx, means.x), means.yy / means.y, Fraction(2 * means.both, means.n1 + means.n2)
    n = len(before)
    apart = 2 * (1 - o) * (((w - m1) / means.x) ** 2 + ((v - m2) / means.y) ** 2)
    expected = Fraction(n, n - 1) * sum(each**2 for each in f) + w**2 * (1 / means.y - Fraction(1, means.x)) ** 2 + apart
    assert means.variance == expected


def test_no_correlation_with_few_customers_or_no_spread() -> None:
    one = Sums(9, 9, 5, 9, 5, 5)
    assert correlation(one, one, Joint(9, 5, 5, 5, 9)) == 0
    all_same = Sums(10, 10, 10, 10, 10, 10)
    assert correlation(all_same, all_same, Joint(10, 10, 10, 10, 10)) == 0


def test_a_quotient_without_a_lower_end_is_open() -> None:
    low, high = quotient(100.0, (80.0, 120.0), 0.05, (0.0, 0.1))
    assert 0 < low < 2000
    assert high == float("inf")


CUSTOMERS = st.lists(st.tuples(st.integers(1, 10**12), st.integers(0, 4)), min_size=5, max_size=40)


@settings(max_examples=60)
@given(customers=CUSTOMERS)
def test_limits_contain_the_value_and_mirror(customers: list[tuple[int, int]]) -> None:
    weights = [a for a, _ in customers]
    lost, kept = ([a * part // 4 for a, part in each] for each in (customers, [(a, 4 - part) for a, part in customers]))
    kept = [a - y for a, y in zip(weights, lost, strict=True)]
    one, other = effective_n(sums(weights, lost)), effective_n(sums(weights, kept))
    assert isinstance(one, Interval)
    assert isinstance(other, Interval)
    value = sum(lost) / sum(weights)
    assert 0 <= one.low <= value + 1e-12
    assert value - 1e-12 <= one.high <= 1
    assert (one.low, one.high) == pytest.approx((1 - other.high, 1 - other.low))


@settings(max_examples=60)
@given(customers=CUSTOMERS, more=CUSTOMERS)
def test_sums_are_exact_for_any_size(customers: list[tuple[int, int]], more: list[tuple[int, int]]) -> None:
    pairs = [(a, a * part - 10**9) for a, part in customers]
    taken = [(a, -part) for a, part in more]
    counted = PairCounts.of((*pair, 2) for pair in [*pairs, *taken]) + PairCounts.of((*pair, -2) for pair in taken)
    expected = Sums(
        2 * len(pairs), 2 * sum(a for a, _ in pairs), 2 * sum(d for _, d in pairs), 2 * sum(a * a for a, _ in pairs),
        2 * sum(a * d for a, d in pairs), 2 * sum(d * d for _, d in pairs),
    )  # fmt: skip
    assert counted.sums() == expected
    top = max(d for _, d in pairs)
    assert counted.largest(lambda x, y: y) == (min(a for a, d in pairs if d == top), top)


@given(now=st.floats(0, 1), then=st.floats(0, 1), c=st.floats(0, 1))
def test_a_difference_lies_in_its_interval(now: float, then: float, c: float) -> None:
    found = square_and_add(now, Interval(now / 2, now + 0.1, ""), then, Interval(then / 2, then + 0.1, ""), c)
    assert found.low <= now - then + 1e-12
    assert found.high >= now - then - 1e-12
