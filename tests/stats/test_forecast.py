"""Forecasts: exact on simple series, and intervals that hold their promise on simulated companies."""

from __future__ import annotations

import random

import pytest

from custmetrics_cli.stats.models.forecast import FEWEST, METHODS, History, forecast


def company(seed: int, months: int) -> History:
    """Draw levels with new customers and churn that vary from month to month."""
    rng = random.Random(seed)
    levels, gains, churned = [rng.uniform(5_000, 50_000)], [], []
    rate, gain = rng.uniform(0.01, 0.08), levels[0] * rng.uniform(0.01, 0.12)
    for _ in range(months - 1):
        gains.append(gain * rng.lognormvariate(0, 0.35))
        churned.append(levels[-1] * rate * rng.lognormvariate(0, 0.3))
        levels.append(levels[-1] + gains[-1] - churned[-1])
    return History(tuple(levels), tuple(gains), tuple(churned))


def share_held(seeds: range, months: int, ahead: int) -> float:
    """Return the share of held-back months in their interval."""
    held = []
    for seed in seeds:
        full = company(seed, months + ahead)
        made = forecast(full.until(months), ahead)
        held += [made.low[at] <= full.values[months + at] <= made.high[at] for at in range(ahead)]
    return sum(held) / len(held)


@pytest.mark.parametrize("name", METHODS)
def test_a_level_that_stays_is_continued(name: str) -> None:
    history = History((100.0,) * FEWEST, (0.0,) * (FEWEST - 1), (0.0,) * (FEWEST - 1))
    made = forecast(history, 6, name)
    assert made.values == pytest.approx([100] * 6)
    assert made.low == pytest.approx([100] * 6)


def test_a_straight_line_is_continued_by_drift() -> None:
    made = forecast(History(tuple(float(10 * month) for month in range(1, 25))), 3)
    assert (made.method, made.values) == ("drift", pytest.approx([250, 260, 270]))


def test_movements_lead_to_the_level_where_gains_and_churn_agree() -> None:
    levels = [1000.0]
    for _ in range(23):
        levels.append(levels[-1] * 0.9 + 50)
    made = forecast(History(tuple(levels), (50.0,) * 23, tuple(level * 0.1 for level in levels[:-1])), 60)
    assert made.method == "movements"
    assert made.values[-1] == pytest.approx(500, rel=0.01)


def test_intervals_of_80_percent_hold_about_80_percent_of_months() -> None:
    assert 0.7 <= share_held(range(50), 24, 12) <= 0.9


def test_a_goal_is_as_likely_as_its_distance_tells() -> None:
    made = forecast(company(1, 30), 6)
    middle = made.values[-1]
    assert made.chance(6, middle * 0.5) > 0.9 > made.chance(6, middle) > 0.1 > made.chance(6, middle * 2)
