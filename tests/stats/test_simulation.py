"""Models find the parameters that their data was drawn from: a short form of `make bench-stats`."""

from __future__ import annotations

import pytest

from tests.bench.stats import MODELS, coverage, false_alarms


@pytest.mark.parametrize(("name", "draws"), [("sbg", 60), ("gamma-gamma", 6), ("bg-nbd", 4)])
def test_parameters_are_in_their_intervals(name: str, draws: int) -> None:
    share, missing = coverage(MODELS[name], draws)
    assert missing == 0
    assert share >= 0.85


def test_the_log_rank_test_raises_few_false_alarms() -> None:
    assert false_alarms(80) <= 0.125
