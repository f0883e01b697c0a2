"""Definitions of other systems: a recipe for each metric that has axes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from custmetrics_cli.core.definitions.recipe import Choices, Recipe
from custmetrics_cli.core.metric import Definition, Source
from custmetrics_cli.metrics.definitions import of_customers, of_money, of_surveys, of_trials, of_value
from custmetrics_cli.profiles import Profile
from custmetrics_cli.profiles.axes import AXES, axes_of, our_choices

OF_AMOUNTS = ("discounts", "week", "day")  # axes that choose one column together
ALL = (of_customers, of_money, of_value, of_trials, of_surveys)
RECIPES: Mapping[str, Recipe] = {recipe.metric.name: recipe for module in ALL for recipe in module.RECIPES}


def definition_of(profile: Profile, metric: str, gap: int = 0) -> Definition:
    """Return the definition of a metric under a profile that covers it. gap: that of --gap, where the source leaves it open."""
    choices = profile.choices(metric, our_choices(metric, gap))
    source = source_of(profile, metric)
    return RECIPES[metric].define(choices)._replace(source=source, description=f"{profile.vendor}: {profile.cited}")


def source_of(profile: Profile, metric: str) -> Source:
    """Return the source of a profile's definition of a metric."""
    documented, left_open = profile.documented(metric), profile.open(metric)
    return Source(profile.name, profile.vendor, profile.source, profile.date, profile.confidence, documented, left_open)


def searched(metric: str, ours: Choices) -> Iterator[Choices]:
    """Yield choices that together read every column which any choices of a metric read."""
    for axis in axes_of(metric):
        yield from ({**ours, axis.name: value} for value in axis.values if axis.applies(metric, value))
    amounts = [AXES[name] for name in OF_AMOUNTS if name in ours]
    for values in product(*(axis.values for axis in amounts)):
        yield {**ours, **{axis.name: value for axis, value in zip(amounts, values, strict=True)}}
