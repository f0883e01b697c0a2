"""`custmetrics compare-definitions`: one metric under the definitions of all systems, and why they differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custmetrics_cli.cli.command import COMPARE_AND_PLAN, Command
from custmetrics_cli.cli.options.declare import argument, option
from custmetrics_cli.cli.options.metric_options import all_options, reject_foreign
from custmetrics_cli.cli.options.question import PeriodOptions
from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.core.options import SPLIT, not_one_of

if TYPE_CHECKING:
    from custmetrics_cli.cli.definitions.ask import Asked
    from custmetrics_cli.core.metric import Metric

HELP = """Compute a metric under the definitions of all systems, and show why they differ

Each line gives the value under a documented definition, the difference from ours and the steps between. Definitions \
that agree share a line. With --with and --list you see the customers behind one step.

Example: custmetrics compare-definitions churn --period 2022-Q2 sample_data/customers.csv"""


class CompareDefinitionsOptions(PeriodOptions):
    """A metric, and a step whose customers are listed."""

    metric: str = argument("METRIC", "name of the metric", required=True)
    with_profile: list[str] = option("Compare with this profile only", "PROFILE", panel=SPLIT, repeats=True, name="with", common=True)
    listed: str = option("List the customers behind the step of this axis; needs one --with", "AXIS", panel=SPLIT, name="list", common=True)


def run(options: CompareDefinitionsOptions) -> int:
    """Write the comparison, or the customers behind a step."""
    from custmetrics_cli.cli.commands.look_up.explain import metric_named
    from custmetrics_cli.cli.definitions.ask import asked_of
    from custmetrics_cli.cli.definitions.profiled import profile_named

    metric = metric_named(options.metric)
    reject_foreign(metric, options.flags)
    asked = asked_of(metric, options, "compare-definitions")
    if options.with_profile:
        wanted = [profile_named(name, options) for name in dict.fromkeys(options.with_profile)]
        _check_covers(metric, asked, [each.name for each in wanted])
        asked = asked._replace(profiles=tuple(wanted))
    return _write_list(asked, options) if options.listed else _write(asked, options)


def _check_covers(metric: Metric, asked: Asked, names: list[str]) -> None:
    from custmetrics_cli.cli.definitions.profiled import undefined

    covering = [profile.name for profile in asked.profiles]
    for name in names:
        if name not in covering:
            raise undefined(f"the profile {name} does not define {metric.name}", f"these do: {', '.join(covering) or 'none'}")


def _write(asked: Asked, options: CompareDefinitionsOptions) -> int:
    from custmetrics_cli.cli.definitions.ask import loaded_values
    from custmetrics_cli.cli.terminal.messages import print_warnings
    from custmetrics_cli.cli.terminal.output import choose_format, write_document
    from custmetrics_cli.cli.terminal.progress import progress
    from custmetrics_cli.compute.definitions.compare import compare
    from custmetrics_cli.render.documents.definitions import ComparisonDocument

    format = choose_format(options)
    with progress(options), loaded_values(asked, options, "compare-definitions") as values:
        compared = compare(values, asked.ours, asked.named())
    write_document(ComparisonDocument(compared), options, format)
    print_warnings(compared.warnings, options.quiet)
    return 0


def _write_list(asked: Asked, options: CompareDefinitionsOptions) -> int:
    """Write the customers behind a step. Raises CustmetricsError E112 for an axis on which the definitions agree."""
    from custmetrics_cli.cli.definitions.ask import loaded_values
    from custmetrics_cli.cli.terminal.messages import print_warnings
    from custmetrics_cli.cli.terminal.output import choose_format, write_document
    from custmetrics_cli.cli.terminal.progress import progress
    from custmetrics_cli.compute.definitions.compare import between
    from custmetrics_cli.compute.definitions.moved import moved
    from custmetrics_cli.render.documents.listing import ListingDocument

    theirs = _only_one(asked, options)
    format = choose_format(options)
    with progress(options), loaded_values(asked, options, "compare-definitions") as values:
        listing = moved(values, options.listed, *between(asked.ours, theirs, options.listed))
    write_document(ListingDocument(listing), options, format)
    print_warnings(listing.warnings, options.quiet)
    return 0


def _only_one(asked: Asked, options: CompareDefinitionsOptions) -> dict[str, str]:
    """Return the choices of the one profile. Raises CustmetricsError E112."""
    from custmetrics_cli.profiles.axes import AXES

    theirs = asked.choices(asked.profiles[0]) if len(options.with_profile) == 1 else {}
    moving = [axis for axis, value in theirs.items() if AXES[axis].moves and value != asked.ours[axis]]
    if options.listed in moving:
        return theirs
    code, problem, hint = _why_not(options, moving)
    raise CustmetricsError(Problem(code, problem, hint=hint))


def _why_not(options: CompareDefinitionsOptions, moving: list[str]) -> tuple[str, str, str]:
    """Return the code, the problem and the hint about --list."""
    error = not_one_of(options.listed, moving)
    if len(options.with_profile) != 1:
        return error.code, f"--list {options.listed} needs one --with PROFILE", "name the profile: --with stripe"
    problem = f"--list '{options.listed}' is not an axis on which {options.with_profile[0]} counts other customers"
    return error.code, problem, error.args[1]


COMMAND = Command(run, CompareDefinitionsOptions, HELP, COMPARE_AND_PLAN, order=3, metric_options=all_options)
