"""Churn under every value of every axis equals a slow reference, on every engine; the steps between definitions add up."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from custmetrics_cli.compute.definitions.compare import steps
from custmetrics_cli.profiles.axes import AXES, our_choices
from tests.metrics.definitions.random_tables import csv_of, rows
from tests.support.asking import written
from tests.support.definitions import TODAY, every_change, of_profiles, values_of
from tests.support.depth import examples
from tests.support.reference_definitions import churn

START, END = 212, 303  # of 2022-Q2
TABLES = {"pandas": examples(40), "duckdb": examples(8)}
NOT_OF_CHURN = "renewal"  # needs billing intervals, see test_renewals.py


def combinations(seed: int, count: int) -> list[dict[str, str]]:
    """Return random choices on all axes of churn."""
    pick, ours = random.Random(seed), our_choices("churn")
    axes = {axis: [value for value in AXES[axis].values if value != NOT_OF_CHURN] for axis in ours}
    return [{axis: pick.choice(values) for axis, values in axes.items()} for _ in range(count)]


@pytest.mark.parametrize("engine", TABLES)
def test_each_choice_equals_the_reference(engine: str, tmp_path: Path) -> None:
    changes = [each for each in every_change("churn") if each["denominator"] != NOT_OF_CHURN]
    for seed in range(TABLES[engine]):
        table = rows(seed)
        paths = written(tmp_path, {"subscriptions": csv_of(table)})
        tried = [*changes[seed % 4 :: 4], *combinations(seed, 4)]
        with values_of("churn", paths, "2022-Q2", engine, as_of=TODAY) as values:
            found = [values.of(choices).value for choices in tried]
        assert found == [churn(table, choices, START, END) for choices in tried], seed


def test_the_steps_to_each_profile_add_up_and_keep_their_order(tmp_path: Path) -> None:
    order, ours = [*AXES], our_choices("churn")
    for seed in range(100, 100 + examples(20)):
        paths = written(tmp_path, {"subscriptions": csv_of(rows(seed))})
        with values_of("churn", paths, "2022-Q2", as_of=TODAY) as values:
            for choices in of_profiles("churn").values():
                start, end, found = values.of(ours), values.of(choices), list(steps(values, ours, choices))
                axes = [change.axis for step in found for change in step.changes]
                assert axes == sorted(axes, key=order.index)
                assert all(step.difference for step in found)
                if start.value is not None and end.value is not None:
                    assert start.value + sum(step.difference for step in found) == end.value
