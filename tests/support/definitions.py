"""A metric under many definitions over files, as the commands ask for it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from custmetrics_cli.compute.definitions.values import Values, asked
from custmetrics_cli.compute.question import Question
from custmetrics_cli.core.options import in_effect
from custmetrics_cli.core.time.period import Period
from custmetrics_cli.ingest.load import load
from custmetrics_cli.ingest.open.find import find
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.metrics.definitions import RECIPES, searched
from custmetrics_cli.profiles import profiles
from custmetrics_cli.profiles.axes import AXES, our_choices
from custmetrics_cli.report.report import selection
from custmetrics_cli.tables import TABLES

TODAY = dt.date(2026, 1, 1)


def every_change(metric: str) -> list[dict[str, str]]:
    """Return our own choices with each value of each axis in turn."""
    ours = our_choices(metric)
    return [{**ours, axis: value} for axis in ours for value in AXES[axis].values if AXES[axis].applies(metric, value)]


def of_profiles(metric: str) -> dict[str, dict[str, str]]:
    """Return the choices of each shipped profile that covers a metric."""
    ours = our_choices(metric)
    return {name: each.choices(metric, ours) for name, each in profiles().items() if metric in each.covers}


@contextmanager
def values_of(
    metric: str, paths: list[str], period: str, engine: str = "pandas", options: Mapping[str, str] | None = None, **more: Any
) -> Iterator[Values]:
    """Yield the values of a metric over files. options: of the metric, by symbol."""
    recipe = RECIPES[metric]
    declared = in_effect(recipe.metric.options, dict(options or {}))
    question = Question(((recipe.metric.only("standard"), "standard"),), Period.parse(period, TODAY), TODAY, options=declared, **more)
    choices = [*searched(metric, our_choices(metric)), *of_profiles(metric).values()]
    questions = {str(number): asked(question, recipe, recipe.define(each)) for number, each in enumerate(choices)}
    with load(find(paths, TABLES), selection(questions), Settings(today=TODAY), engine) as loaded:
        yield Values(question, recipe, loaded)
