"""Ask the program for the intervals of a scenario, and count how many contain the truth."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np

from custmetrics_cli.core.result import Result
from custmetrics_cli.metrics import METRICS
from tests.bench.coverage.samples import Company, Survey, answers, subscriptions
from tests.support.asking import ask, question, written

SEED = 20_220_401
LATER = dt.date(2022, 12, 31)
OF_COMPANY = ("churn", "grr", "nrr", "expansion-mrr", "existing-growth", "arpa", "lifetime", "clv")
OF_SURVEY = ("nps", "csat", "ces")
DEFINITIONS = {"expansion-mrr": "share"}
Scenario = Company | Survey


class Row(NamedTuple):
    """The intervals of a metric in a scenario."""

    metric: str
    scenario: str
    draws: int
    none: float  # share of the draws without an interval
    covered: float  # share of the intervals that contain the truth
    below: float  # share of the intervals that lie below the truth
    above: float
    width: float  # median


class Judged(NamedTuple):
    """The comparisons of a metric in a scenario."""

    metric: str
    scenario: str
    draws: int
    none: float
    significant: float  # share of all draws


def results(scenario: Scenario, draws: int, metrics: tuple[str, ...], compare: str = "") -> dict[str, list[Result]]:
    """Return the results of each metric, one per draw."""
    dice = np.random.default_rng(SEED)
    is_company = isinstance(scenario, Company)
    text = subscriptions(scenario, draws, dice) if isinstance(scenario, Company) else answers(scenario, draws, dice)
    with TemporaryDirectory() as folder:
        paths = written(Path(folder), {"subscriptions" if is_company else "surveys": text})
        options = {} if is_company else {"scale": "1-10"}
        asked = question("mrr" if is_company else "nps", "2022-04", by=["draw"], as_of=LATER, compare=compare, options=options)
        named = [(name, DEFINITIONS.get(name, "standard")) for name in metrics]
        chosen = tuple((METRICS[name].only(definition), definition) for name, definition in named)
        found: dict[str, list[Result]] = {name: [] for name in metrics}
        for result in ask(paths, asked._replace(metrics=chosen), "duckdb").results:
            found[result.metric.name].append(result)
    return found


def coverage(scenario: Scenario, draws: int, metrics: tuple[str, ...] = ()) -> Iterator[Row]:
    """Yield how the intervals of each metric do. An open interval counts."""
    asked = metrics or (OF_COMPANY if isinstance(scenario, Company) else OF_SURVEY)
    for name, found in results(scenario, draws, asked).items():
        truth = scenario.truth[name]
        intervals = [result.interval for result in found if result.interval]
        n = max(len(intervals), 1)
        below, above = sum(each.high < truth for each in intervals) / n, sum(each.low > truth for each in intervals) / n
        width = median([each.high - each.low for each in intervals] or [0.0])
        yield Row(name, scenario.name, len(found), 1 - len(intervals) / max(len(found), 1), 1 - below - above, below, above, width)


def verdicts(scenario: Scenario, draws: int, metrics: tuple[str, ...]) -> Iterator[Judged]:
    """Yield how often a change from March to April is called significant."""
    for name, found in results(scenario, draws, metrics, compare="previous").items():
        compared = [result.comparison for result in found if result.comparison]
        none, n = sum(each.is_significant is None for each in compared), max(len(compared), 1)
        yield Judged(name, scenario.name, len(compared), none / n, sum(each.is_significant is True for each in compared) / n)
