"""From options to a metric under many definitions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.cli.definitions.profiled import check_policies, known_profiles, undefined

if TYPE_CHECKING:
    from custmetrics_cli.cli.options.question import PeriodOptions
    from custmetrics_cli.compute.definitions.values import Values
    from custmetrics_cli.core.definitions.recipe import Choices, Recipe
    from custmetrics_cli.core.metric import Metric, Source
    from custmetrics_cli.profiles import Profile


class Asked(NamedTuple):
    """A metric, our own choices and the profiles that cover it."""

    recipe: Recipe
    ours: Choices
    profiles: tuple[Profile, ...]

    def choices(self, profile: Profile) -> dict[str, str]:
        return profile.choices(self.recipe.metric.name, self.ours)

    def named(self) -> list[tuple[str, Choices, Source | None]]:
        """Return the name, the choices and the source of each profile."""
        from custmetrics_cli.metrics.definitions import source_of

        return [(each.name, self.choices(each), source_of(each, self.recipe.metric.name)) for each in self.profiles]


def asked_of(metric: Metric, options: PeriodOptions, command: str) -> Asked:
    """Return what a command compares. Raises CustmetricsError E109 for a metric without axes, and E100."""
    from custmetrics_cli.metrics.definitions import RECIPES
    from custmetrics_cli.profiles.axes import our_choices

    if metric.name not in RECIPES:
        raise undefined(f"{metric.name} has one definition only", f"choose a metric with several: {', '.join(RECIPES)}")
    check_policies(options, command)
    covering = tuple(profile for profile in known_profiles(options).values() if metric.name in profile.covers)
    return Asked(RECIPES[metric.name], our_choices(metric.name, options.gap), covering)


@contextmanager
def loaded_values(asked: Asked, options: PeriodOptions, command: str, more: int = 0) -> Iterator[Values]:
    """Yield the values of a metric over files that are read once. more: 1 if a search changes choices.

    Raises CustmetricsError E330 and others of money, and E130 for a missing table.
    """
    from custmetrics_cli.cli.inputs import load_tables
    from custmetrics_cli.cli.options import metric_options
    from custmetrics_cli.cli.request import base_question, for_metric, question_without_period
    from custmetrics_cli.compute.definitions.values import Values
    from custmetrics_cli.compute.definitions.values import asked as with_definition
    from custmetrics_cli.report.report import selection

    metric = asked.recipe.metric
    values = metric_options.values(metric, "standard", options.metric_texts)
    question = base_question(options, metric) or question_without_period(f"{command} {metric.name}", options, metric)
    question = for_metric(question, metric, "standard", values)
    definitions = [asked.recipe.define(choices) for choices in every_choice(asked, more)]
    questions = {str(number): with_definition(question, asked.recipe, each) for number, each in enumerate(definitions)}
    selections = selection({"ours": question, **questions})
    with load_tables(options, selections) as loaded:
        yield Values(question, asked.recipe, loaded)


def every_choice(asked: Asked, more: int) -> Iterator[Choices]:
    """Yield the choices whose columns are read: those of the profiles, and with `more` all that a search can reach."""
    yield from (asked.choices(profile) for profile in asked.profiles)
    if more:
        from custmetrics_cli.metrics.definitions import searched

        yield from searched(asked.recipe.metric.name, asked.ours)
