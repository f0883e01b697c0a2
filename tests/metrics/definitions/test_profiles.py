"""Every shipped profile is complete: a source, a date, known axes and values, and a definition that can be computed."""

from __future__ import annotations

import re

import pytest

from custmetrics_cli.metrics import METRICS
from custmetrics_cli.metrics.definitions import RECIPES, definition_of
from custmetrics_cli.profiles import Profile, shipped
from custmetrics_cli.profiles.axes import AXES, axes_of, our_choices
from custmetrics_cli.profiles.axes import METRICS as WITH_AXES

PROFILES = [*shipped().values()]
WANTED = """
    chartmogul chartmogul-b2c baremetrics profitwell stripe recurly chargebee chargify revenuecat posthog lago
    dbt-mrr-playbook dbt-stripe recharge seed delighted questionpro nicereply
"""


def test_the_shipped_profiles() -> None:
    assert sorted(WANTED.split()) == sorted(shipped())


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_a_profile_has_a_source_a_date_and_known_values(profile: Profile) -> None:
    assert profile.source
    assert re.fullmatch(r"\d{4}-\d\d", profile.date)
    for choices in (profile.axes, *profile.own.values()):
        assert choices.keys() <= AXES.keys()
        assert all(AXES[axis].accepts(value) for axis, value in choices.items())


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.name)
def test_each_metric_that_it_covers_has_a_definition(profile: Profile) -> None:
    for metric in profile.covers:
        definition = definition_of(profile, metric)
        assert definition.source
        assert {*definition.source.choices, *definition.source.open} == {axis.name for axis in axes_of(metric)}
        assert definition.totals or definition.over


def test_no_profile_has_the_name_of_a_definition() -> None:
    names = {name for metric in METRICS.values() for name in metric.definitions}
    assert names & shipped().keys() == set()


def test_our_choices_are_our_own_definition() -> None:
    for name, recipe in RECIPES.items():
        assert recipe.define(our_choices(name)).formula.names == (recipe.metric.standard.formula.names or ()) or name == "clv"


def test_each_metric_with_axes_has_a_recipe() -> None:
    assert sorted(WITH_AXES) == sorted(RECIPES)


def test_a_number_of_days_has_the_meaning_of_its_axis() -> None:
    assert AXES["gap"].meaning("45").about == "an absence of at most 45 days does not count"
    assert AXES["past-due"].meaning("drop-after 7").about == "a past-due customer ends 7 days after the last paid day"
    assert not AXES["past-due"].accepts("drop-after x")
