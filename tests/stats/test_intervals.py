"""Intervals contain their value, agree with published tables, and stay within their scale."""

from __future__ import annotations

from statistics import fmean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custmetrics_cli.stats.intervals import mean, mean_difference, net_share, net_share_difference, newcombe, wilson
from custmetrics_cli.stats.student_t import quantile


@st.composite
def shares(draw: st.DrawFn) -> tuple[int, int]:
    n = draw(st.integers(1, 10**9))
    return draw(st.integers(0, n)), n


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_agrees_with_newcombe_1998(successes, n, low, high):
    interval = wilson(successes, n)
    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


@pytest.mark.parametrize(
    ("a", "n", "b", "m", "low", "high"),
    [
        (56, 70, 48, 80, 0.0524, 0.3339),
        (9, 10, 3, 10, 0.1705, 0.8090),
        (6, 7, 2, 7, 0.0582, 0.8062),
        (5, 56, 0, 29, -0.0381, 0.1926),
        (0, 10, 0, 20, -0.1611, 0.2775),
        (0, 10, 0, 10, -0.2775, 0.2775),
        (10, 10, 0, 20, 0.6791, 1.0000),
        (10, 10, 0, 10, 0.6075, 1.0000),
    ],
)
def test_newcombe_agrees_with_newcombe_1998(a, n, b, m, low, high):
    interval = newcombe(a, n, b, m)
    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


@given(shares(), shares())
def test_intervals_contain_the_share_and_the_difference(one, other):
    interval = wilson(*one)
    assert 0 <= interval.low <= one[0] / one[1] <= interval.high <= 1
    between = newcombe(*one, *other)
    assert -1 <= between.low <= one[0] / one[1] - other[0] / other[1] <= between.high <= 1


def test_an_empty_group_has_no_interval():
    assert wilson(0, 0) is None
    assert newcombe(0, 0, 1, 2) is None
    assert newcombe(1, 2, 0, 0) is None


@pytest.mark.parametrize(
    ("freedom", "value"),
    [
        (1, 12.7062047362), (2, 4.3026527297), (3, 3.1824463053), (4, 2.7764451052), (5, 2.5705818356), (10, 2.2281388520),
        (29, 2.0452296421), (30, 2.0422724563), (60, 2.0002978220), (99, 1.9842169516), (100, 1.9839715185), (120, 1.9799304051),
        (1000, 1.9623390808), (10**9, 1.9599639869),
    ],
)  # fmt: skip
def test_student_t_agrees_with_published_tables(freedom, value):
    assert quantile(freedom) == pytest.approx(value, rel=0, abs=2e-10)


def test_student_t_decreases_towards_the_normal_quantile():
    values = [quantile(freedom) for freedom in range(1, 300)]
    assert values == sorted(values, reverse=True)
    assert values[-1] > 1.96


@st.composite
def answers(draw: st.DrawFn) -> tuple[int, int, int]:
    n = draw(st.integers(2, 10**6))
    up = draw(st.integers(0, n))
    return up, draw(st.integers(0, n - up)), n


@given(answers(), answers())
def test_intervals_contain_the_net_share(now, then):
    interval, difference = net_share(*now), net_share_difference(now, then)
    (net, net_then) = ((up - down) / n for up, down, n in (now, then))
    assert -1 <= interval.low <= net <= interval.high <= 1
    assert -2 <= difference.low <= net - net_then <= difference.high <= 2
    mirrored = net_share(now[1], now[0], now[2])
    assert (mirrored.low, mirrored.high) == pytest.approx((-interval.high, -interval.low))


SCORES = st.lists(st.integers(0, 60), min_size=7, max_size=7).map(lambda counts: list(enumerate(counts, 1)))


@given(SCORES, SCORES)
def test_means_agree_with_the_standard_library(now, then):
    scores = [score for score, n in now for _ in range(n)]
    interval, difference = mean(now), mean_difference(now, then)
    if len(scores) < 2 or len({*scores}) == 1:
        assert interval is difference is None
        return
    spread = quantile(len(scores) - 1) * stdev(scores) / len(scores) ** 0.5
    assert interval.low == pytest.approx(max(1, fmean(scores) - spread))
    assert interval.high == pytest.approx(min(7, fmean(scores) + spread))
    if difference:
        others = [score for score, n in then for _ in range(n)]
        assert (difference.low + difference.high) / 2 == pytest.approx(fmean(scores) - fmean(others), abs=1e-9)


def test_welch_agrees_with_a_calculation_by_hand():
    """1 2 3 against 4 6 8: -4, variances 1/3 and 4/3, freedom (5/3)^2 / (1/18 + 16/18) = 2.94, rounded down to 2."""
    difference = mean_difference([(1, 1), (2, 1), (3, 1), (8, 0)], [(1, 0), (4, 1), (6, 1), (8, 1)])
    spread = 4.3026527297 * (5 / 3) ** 0.5
    assert (difference.low, difference.high) == pytest.approx((-4 - spread, -4 + spread))


def test_fewer_than_two_answers_have_no_interval():
    assert net_share(1, 0, 1) is None
    assert net_share_difference((1, 0, 2), (1, 0, 1)) is None
    assert mean([(1, 0), (2, 1)]) is None
    assert mean([(1, 0), (2, 9)]) is None, "equal answers do not show their spread"
