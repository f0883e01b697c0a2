"""Hold the intervals to their promise in the hardest scenarios. `make bench-coverage` simulates many more."""

from __future__ import annotations

import pytest

from tests.bench.coverage.measure import Scenario, coverage, verdicts
from tests.bench.coverage.samples import MIXED, Company, Survey
from tests.bench.coverage.scenarios import MORE

DRAWS = 100
LEAST = 0.84  # coverage in 100 draws, whose seed is fixed
HARDEST: tuple[tuple[Scenario, tuple[str, ...]], ...] = (
    (Company("rare losses", 5, 0.05), ("churn", "grr")),
    (Company("rare movements", 30, 0.02, 0.015, 0.015, sigma=1), ("grr", "nrr", "expansion-mrr")),
    (Company("half expand", 10, 0.05, 0, 0.5, sigma=1), ("nrr",)),
    (Company("wide prices", 60, 0.3, sigma=1.5), ("arpa", "clv")),
    (Survey("few", 5, "near an end"), ("nps", "csat", "ces")),
    (Survey("often", 30, "near an end", MIXED, 0.8), ("nps", "csat", "ces")),
    (Survey("happier", 30, "middle", MIXED, 0.5, happier=True), ("nps", "csat")),
)


@pytest.mark.parametrize(("scenario", "metrics"), HARDEST, ids=[scenario.name for scenario, _ in HARDEST])
def test_intervals_contain_the_truth(scenario: Scenario, metrics: tuple[str, ...]) -> None:
    for row in coverage(scenario, DRAWS, metrics):
        assert row.covered >= LEAST, row
        assert row.none == 0 or scenario.n < 30 or row.metric == "clv", row


def test_the_same_customers_give_no_false_alarm() -> None:
    (row,) = verdicts(Survey("all in both", 30, "near an end", MIXED, 0.8, both=1.0), DRAWS, ("csat",))
    assert row.significant <= 0.15


def test_a_rise_of_every_customer_is_found() -> None:
    (row,) = verdicts(MORE, DRAWS, ("arpa",))
    assert row.significant >= 0.95
