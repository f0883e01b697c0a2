"""The metric of a command, with the definition of a profile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from custmetrics_cli.cli.options.settings import own_folder
from custmetrics_cli.core.errors import CustmetricsError, Problem, near
from custmetrics_cli.tables import TABLES

if TYPE_CHECKING:
    from custmetrics_cli.cli.options.common import CommonOptions, InputOptions
    from custmetrics_cli.cli.options.question import ComputeOptions, ProfileOptions
    from custmetrics_cli.core.metric import Metric
    from custmetrics_cli.profiles import Profile

Kind = TypeVar("Kind", bound="ComputeOptions")
OWN = "standard"


def known_profiles(options: CommonOptions) -> Mapping[str, Profile]:
    """Return the shipped profiles and the user's own. Raises CustmetricsError E239 to E238."""
    from custmetrics_cli.profiles import profiles

    return profiles(own_folder(options, "profiles"))


def profile_named(name: str, options: CommonOptions) -> Profile:
    """Return a profile. Raises CustmetricsError E108."""
    known = known_profiles(options)
    if name not in known:
        raise CustmetricsError(Problem("E108", f"unknown profile '{name}'", hint=near(name, known)))
    return known[name]


def with_profile(metric: Metric, options: Kind) -> tuple[Metric, Kind]:
    """Return the metric with the definition of the profile that is asked for, and the options that name it.

    --definition overrides --profile. A profile of a settings file leaves a metric that it does not cover as it is.
    Raises CustmetricsError E108, E109 and E100.
    """
    name = options.definition
    if name == OWN and options.profile and "definition" not in options.flags:
        if not _covers(profile_named(options.profile, options), metric, options):
            return metric, options
        name = options.profile
    if name in metric.definitions or name not in known_profiles(options):
        _check_own_name(name, metric, options)
        return metric, options
    profile = known_profiles(options)[name]
    if metric.name not in profile.covers:
        raise _not_covered(profile, metric)
    check_policies(options, f"--definition {name}")
    return profiled(metric, profile, options.gap), options.replaced(definition=name, flags=options.flags | {"definition"})


def _covers(profile: Profile, metric: Metric, options: ProfileOptions) -> bool:
    """Raises CustmetricsError E109 if the command itself asks for a profile that does not cover the metric."""
    if metric.name not in profile.covers and "profile" in options.flags:
        raise _not_covered(profile, metric)
    return metric.name in profile.covers


def _check_own_name(name: str, metric: Metric, options: CommonOptions) -> None:
    """Raise CustmetricsError E109 for an own profile with the name of a definition, which would hide the profile."""
    folder = own_folder(options, "profiles")
    if folder and (Path(folder) / f"{name}.toml").exists():
        raise undefined(f"{metric.name} has a definition '{name}', so no profile can have this name", f"rename {folder}/{name}.toml")


def _not_covered(profile: Profile, metric: Metric) -> CustmetricsError:
    hint = f"it covers {', '.join(profile.covers)}; leave out the profile for our own definition"
    return undefined(f"the profile {profile.name} does not define {metric.name}", hint)


def undefined(message: str, hint: str) -> CustmetricsError:
    """Return the error about a metric without the definition that is asked for."""
    return CustmetricsError(Problem("E109", message, hint=hint))


def profiled(metric: Metric, profile: Profile, gap: int) -> Metric:
    """Return a metric with the definition of a profile that covers it."""
    from custmetrics_cli.metrics.definitions import definition_of

    return replace(metric, definitions={**metric.definitions, profile.name: definition_of(profile, metric.name, gap)})


def meanings(metric: Metric, options: ComputeOptions) -> Mapping[str, str]:
    """Return what each choice of the profile means, by axis, and the axes that it leaves open; {} without a profile."""
    from custmetrics_cli.profiles.axes import AXES, our_choices

    profile = known_profiles(options).get(options.definition)
    if profile is None or metric.name not in profile.covers:
        return {}
    documented, choices = profile.documented(metric.name), profile.choices(metric.name, our_choices(metric.name, options.gap))
    ours = " (not documented: our own definition)"
    note = {"note": profile.note} if profile.note else {}
    return {axis: f"{AXES[axis].meaning(value).about}{'' if axis in documented else ours}" for axis, value in choices.items()} | note


def check_policies(options: InputOptions, name: str) -> None:
    """Refuse options about rows that a definition decides itself. Raises CustmetricsError E100."""
    tables = [table for table in TABLES.values() if table.has_spans]
    policies = {policy.name: policy for table in tables for policy in table.policies}
    chosen = {policy: getattr(options, policy.replace("-", "_")) for policy in policies}
    decided = [f"--{policy} {value}" for policy, value in chosen.items() if value != policies[policy].default]
    if decided:
        hint = f"leave out {decided[0]}, or write a profile of your own with that choice"
        raise CustmetricsError(Problem("E100", f"{decided[0]} and {name} both decide how rows are read", hint=hint))
