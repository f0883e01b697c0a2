"""Metrics of money under every value of every axis equal a slow reference, on every engine."""

from __future__ import annotations

import random
from fractions import Fraction
from pathlib import Path

import pytest

from custmetrics_cli.profiles.axes import AXES, our_choices
from tests.metrics.definitions.random_tables import csv_of, rows
from tests.support.asking import written
from tests.support.definitions import TODAY, every_change, values_of
from tests.support.depth import examples
from tests.support.reference_money import lifetime_value, of_window

START, END, APRIL_2022 = 212, 303, 627
METRICS = ("mrr", "arpa", "nrr", "grr", "gross-mrr-churn", "net-mrr-churn", "quick-ratio", "clv")
NEVER = "forever-only"  # needs a column that these files do not have


def choices_of(metric: str, seed: int) -> list[dict[str, str]]:
    """Return a part of the single changes, and one random combination."""
    pick, changes = random.Random(f"{metric}{seed}"), [each for each in every_change(metric) if each.get("discounts") != NEVER]
    axes = {
        axis: [value for value in AXES[axis].values if value != NEVER and AXES[axis].applies(metric, value)] for axis in our_choices(metric)
    }
    return [*changes[seed % 5 :: 5], {axis: pick.choice(values) for axis, values in axes.items()}]


def expected(metric: str, table, choices):  # type: ignore[no-untyped-def]
    if metric == "clv":
        return lifetime_value(table, choices, APRIL_2022, 3)
    return of_window(metric, table, choices, START, END)


@pytest.mark.parametrize("engine", ["pandas", "duckdb"])
@pytest.mark.parametrize("metric", METRICS)
def test_each_choice_equals_the_reference(metric: str, engine: str, tmp_path: Path) -> None:
    for seed in range(examples(10) if engine == "pandas" else 1):
        table = rows(seed + 200, 8)
        paths = written(tmp_path, {"subscriptions": csv_of(table)})
        tried = choices_of(metric, seed)
        with values_of(metric, paths, "2022-Q2", engine, as_of=TODAY) as values:
            found = [values.of(choices).value for choices in tried]
        assert found == [expected(metric, table, choices) for choices in tried], seed


def in_two_currencies(text: str) -> str:
    """Return the same rows, every second one in dollars."""
    head, *lines = text.splitlines()
    return "\n".join([f"{head},currency", *(f"{line},{('EUR', 'USD')[number % 2]}" for number, line in enumerate(lines))]) + "\n"


@pytest.mark.parametrize("metric", ["nrr", "net-mrr-churn", "quick-ratio"])
def test_customers_of_several_currencies_follow_the_same_choices(metric: str, tmp_path: Path) -> None:
    """At a rate of 1 the values are those of one currency."""
    for seed in range(2):
        table = rows(seed + 210, 8)
        paths = written(tmp_path, {"subscriptions": in_two_currencies(csv_of(table))})
        tried = choices_of(metric, seed)
        with values_of(metric, paths, "2022-Q2", as_of=TODAY, currency="EUR", rates={"USD": Fraction(1)}) as values:
            found = [values.of(choices).value for choices in tried]
        assert found == [expected(metric, table, choices) for choices in tried], seed
