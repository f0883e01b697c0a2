"""Signals, their score and its check."""

from __future__ import annotations

import random

import pytest

from custmetrics_cli.stats.models import risk


def drawn(seed: int, n: int = 4000) -> dict[risk.Flags, tuple[int, int]]:
    """Draw customers: the first signal raises the chance of leaving, the second one says nothing, the third repeats the first."""
    rng = random.Random(seed)
    counts: dict[risk.Flags, tuple[int, int]] = {}
    for _ in range(n):
        first, second = int(rng.random() < 0.2), int(rng.random() < 0.5)
        left = rng.random() < (0.25 if first else 0.1)
        stayed, gone = counts.get((first, second, first), (0, 0))
        counts[first, second, first] = (stayed + (not left), gone + left)
    return counts


def test_lift_is_the_share_of_leavers_over_the_base_rate() -> None:
    found = risk.lift({(1,): (6, 4), (0,): (84, 6), (-1,): (50, 50)}, 0)
    assert (found.marked, found.left, found.known, found.known_left) == (10, 4, 100, 10)
    assert found.value == pytest.approx(4.0)
    assert found.interval is not None
    assert found.interval.low < 4 < found.interval.high


def test_a_signal_without_marked_customers_has_no_lift() -> None:
    assert risk.lift({(0,): (90, 10)}, 0).value is None
    none = risk.lift({(1,): (30, 0), (0,): (60, 10)}, 0)
    assert (none.value, none.interval and none.interval.low) == (0, 0)


def test_the_score_is_calibrated_though_one_signal_repeats_another() -> None:
    score, fresh = risk.fit(drawn(1)), drawn(2)
    for size, expected, left in risk.calibration(score, fresh):
        assert expected / size == pytest.approx(left / size, abs=0.05)
    assert score.probability((1, 0, 1)) == pytest.approx(0.25, abs=0.04)
    assert score.probability((0, 1, 0)) == pytest.approx(0.1, abs=0.03)


def test_the_area_under_the_curve() -> None:
    assert risk.area([(0.1, 50, 0), (0.9, 0, 10)]) == 1
    assert risk.area([(0.5, 50, 10)]) == 0.5
    assert risk.area([(0.5, 50, 0)]) is None
