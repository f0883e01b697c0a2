"""The Typer app: a command for each metric that is declared, and a few about them. A command is built when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, partial
from importlib import import_module
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperGroup
from typer.main import get_command

from custmetrics_cli import __version__
from custmetrics_cli.cli.help import EPILOG, about
from custmetrics_cli.cli.options import metric_options
from custmetrics_cli.cli.options.fields import parameters, takes
from custmetrics_cli.cli.options.option_sets import (
    DiffOptions,
    ExplainOptions,
    FormatOptions,
    InitOptions,
    InspectOptions,
    MetricOptions,
    MetricWithCommentsOptions,
    OutputOptions,
    PeriodOptions,
    PresetOptions,
    ReportOptions,
)
from custmetrics_cli.core.errors import CustmetricsError, Problem, near
from custmetrics_cli.core.metric import Metric
from custmetrics_cli.metrics import METRICS
from custmetrics_cli.metrics.economics.whatif import WHATIF

SETTINGS = {"help_option_names": ["--help", "-h"]}
REPORT = """Every metric that the files allow, by family, beside the period before

What cannot be computed is named, with the table or the column that is missing. An option of a metric's own is for all that have it,
or for one as METRIC=VALUE: --scale csat=1-5; several with semicolons between.

Example: custmetrics report --period 2022-Q2 sample_data"""
WHAT_IF = """Lifetime, CLV and the revenue of a year, before and after a change

From your own data, with a model of constant monthly churn that is named beside the numbers. A rate changes in points, money in percent
or by an amount.

Example: custmetrics whatif --period 2022 --retention +5 --margin 80% subscriptions.csv"""

DIFF = """Two exports of the same tables: which metrics of a period differ, and by which rows

History that is rewritten is the commonest reason why a number moves. Rows that were added, have vanished or were changed are
told with their customers, and which metrics each of them moves.

Example: custmetrics diff sample_data/customers.csv sample_data/customers.csv --period 2022-Q2"""


PRESETS = """The vendors' exports that are known by their headers; with a name, that preset

A preset is a TOML file: it can be copied into the folder presets beside custmetrics.toml and changed there.

Example: custmetrics presets stripe_subscriptions"""


INIT = """Make the settings file for a folder of exports

Asks on a terminal only what the files leave open; elsewhere it names the option that settles it.

Example: custmetrics init exports"""


class CommandSpec(NamedTuple):
    """A command before Typer builds it, which takes a millisecond: only the one asked for is built, --help builds all."""

    kind: Any  # the class of the options it takes
    work: Callable[[Any], int]
    help: Callable[[], str]
    own: metric_options.Options = ()  # what it takes beside those
    panel: str = "About"
    meant: Callable[[Mapping[str, Any]], metric_options.Options] | None = None  # those of them that the arguments leave; None: all


class Commands(TyperGroup):
    """The commands; a metric answers to its other names too, and a misspelt one names the near ones."""

    @cached_property
    def known(self) -> dict[str, CommandSpec]:
        return commands()

    def list_commands(self, ctx: Any) -> list[str]:
        return list(self.known)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        return _built(cmd_name, self.known[cmd_name]) if cmd_name in self.known else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        names = {other: metric.name for metric in METRICS.values() for other in metric.aliases}
        name = names.get(args[0].casefold(), args[0])
        if name not in self.known and not name.startswith("-"):
            raise CustmetricsError(Problem("E111", f"there is no command '{args[0]}'", hint=near(args[0], [*self.known, *names])))
        return super().resolve_command(ctx, [name, *args[1:]])


app = typer.Typer(cls=Commands, context_settings=SETTINGS, rich_markup_mode="rich", pretty_exceptions_enable=False, epilog=EPILOG)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"custmetrics {__version__}")
        raise typer.Exit


VERSION = typer.Option("--version", callback=_version, is_eager=True, help="Show the version", show_default="off")


@app.callback()
def custmetrics(version: Annotated[bool, VERSION] = False) -> None:
    """Customer metrics from CSV exports, with the totals behind every number."""


def _built(name: str, declared: CommandSpec) -> Any:
    def command(ctx: typer.Context, **values: Any) -> int:
        from custmetrics_cli.cli.options.resolve import resolve

        options = declared.meant(values) if declared.meant else declared.own
        return declared.work(resolve(metric_options.with_options(declared.kind, options), ctx, values))

    alone = typer.Typer(add_completion=False, rich_markup_mode="rich")
    typed = alone.command(name, help=declared.help(), rich_help_panel=declared.panel, context_settings=SETTINGS)
    typed(takes((*metric_options.parameters(declared.own), *parameters(declared.kind)), command))
    return get_command(alone)


def _answers(metric: Metric) -> CommandSpec:
    def work(options: MetricOptions) -> int:
        from custmetrics_cli.cli.commands.metric import run

        return run(metric, options)

    kind = MetricWithCommentsOptions if any(rows.comment_column for rows in metric.datasets) else MetricOptions
    return CommandSpec(kind, work, partial(about, metric), metric.options, metric.family)


def _tells(kind: Any, module: str, function: str, help: str) -> CommandSpec:
    """A command about metrics or files, whose work is function of a module here, imported when it is called."""

    def work(asked: Any) -> int:
        return int(getattr(import_module(f"custmetrics_cli.cli.commands.{module}"), function)(asked))

    return CommandSpec(kind, work, lambda: help)


def _explained(values: Mapping[str, Any]) -> metric_options.Options:
    """Raises CustmetricsError E151 for what is no metric."""
    from custmetrics_cli.cli.commands.explain import named

    return named(values["metric"]).options


def commands() -> dict[str, CommandSpec]:
    explain = _tells(ExplainOptions, "explain", "run", "What a metric means; with files, your own numbers filled in")
    report = _tells(ReportOptions, "report", "run", REPORT)
    diff = _tells(DiffOptions, "diff", "run", DIFF)
    whatif = _tells(PeriodOptions, "whatif", "run", WHAT_IF)
    return {
        **{metric.name: _answers(metric) for metric in sorted(METRICS.values(), key=lambda metric: (metric.family, metric.order))},
        "report": report._replace(own=metric_options.all_options(), panel="All of them"),
        "diff": diff._replace(own=metric_options.all_options(), panel="All of them"),
        "whatif": whatif._replace(own=WHATIF.options, panel="All of them"),
        "explain": explain._replace(own=metric_options.all_options(), meant=_explained),
        "inspect": _tells(InspectOptions, "inspect", "run", "What each file is taken for, and what is wrong with it"),
        "list": _tells(FormatOptions, "explain", "listing", "All metrics, with their formulas and the tables they read"),
        "init": _tells(InitOptions, "init", "run", INIT),
        "presets": _tells(PresetOptions, "presets", "run", PRESETS),
        "schema": _tells(OutputOptions, "explain", "schema", "The JSON schema of everything that --json prints"),
    }
