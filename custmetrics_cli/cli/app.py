"""The Typer app: a command for each metric that is declared, and a few about them."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from custmetrics_cli import __version__
from custmetrics_cli.cli.declare import Command, Parameters, parameters, takes
from custmetrics_cli.cli.help import EPILOG, about
from custmetrics_cli.cli.options import Asking, Explaining, Inspecting, Saying, Writing
from custmetrics_cli.errors import CustmetricsError, Problem, near
from custmetrics_cli.metric import Metric
from custmetrics_cli.metrics import METRICS

SETTINGS = {"help_option_names": ["--help", "-h"]}


class Commands(TyperGroup):
    """The commands; a metric answers to its other names too, and a misspelt one names the near ones."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        names = {other: metric.name for metric in METRICS.values() for other in metric.also}
        name = names.get(args[0].casefold(), args[0])
        if name not in self.commands and not name.startswith("-"):
            raise CustmetricsError(Problem("E111", f"there is no command '{args[0]}'", hint=near(args[0], [*self.commands, *names])))
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


def _answers(metric: Metric) -> Command:
    def command(ctx: typer.Context, **values: Any) -> int:
        from custmetrics_cli.cli.answering import answering
        from custmetrics_cli.cli.settled import settled

        return answering(metric, settled(Asking, ctx, values))

    return command


def _add(metric: Metric, asking: Parameters) -> None:
    typed = app.command(metric.name, help=about(metric), rich_help_panel=metric.family, context_settings=SETTINGS)
    typed(takes(asking, _answers(metric)))


def _tell(name: str, kind: type[Any], module: str, function: str, help: str) -> None:
    """A command about metrics or files, whose work is function of a module here, imported when it is called."""

    def command(ctx: typer.Context, **values: Any) -> int:
        from custmetrics_cli.cli.settled import settled

        work = getattr(import_module(f"custmetrics_cli.cli.{module}"), function)
        return int(work(settled(kind, ctx, values)))

    app.command(name, help=help, rich_help_panel="About", context_settings=SETTINGS)(takes(parameters(kind), command))


ASKING = parameters(Asking)
for each in sorted(METRICS.values(), key=lambda metric: (metric.family, metric.order)):
    _add(each, ASKING)
_tell("explain", Explaining, "telling", "explaining", "What a metric means; with files, your own numbers filled in")
_tell("inspect", Inspecting, "inspecting", "inspecting", "What each file is taken for, and what is wrong with it")
_tell("list", Writing, "telling", "listing", "All metrics, with their formulas and the tables they read")
_tell("schema", Saying, "telling", "schema", "The JSON schema of everything that --json prints")
