"""The Typer app: a command for each metric, and the commands of the folder commands. A command is built when it is needed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer
from typer import _completion_shared
from typer.core import TyperGroup

from custmetrics_cli import __version__
from custmetrics_cli.cli import commands
from custmetrics_cli.cli.build import HELP_NAMES, build
from custmetrics_cli.cli.command import Command
from custmetrics_cli.cli.commands.metric import command_of
from custmetrics_cli.cli.usage.completion import install_zsh
from custmetrics_cli.cli.usage.help import EPILOG, panel_position
from custmetrics_cli.cli.usage.wrong_command import no_command
from custmetrics_cli.core.discovery import Discovered
from custmetrics_cli.metrics import METRICS

COMMANDS: Mapping[str, Command] = Discovered(commands, "COMMAND", "**/*.py", dashes=True)


def all_commands() -> dict[str, Command]:
    """Return all commands by name, in the order of help."""
    every = {**{name: command_of(metric) for name, metric in METRICS.items()}, **COMMANDS}
    return dict(sorted(every.items(), key=lambda item: (panel_position(item[1].panel), item[1].order, item[0])))


def setting_names() -> list[str]:
    """Return the names of all options of all commands: the keys of a settings file."""
    every = all_commands().values()
    specs = [spec for command in every for spec in command.options.specs.values()]
    return list(dict.fromkeys(spec.name for spec in [*specs, *(spec for command in every for spec in command.metric_options())]))


class Commands(TyperGroup):
    """The commands. A metric has other names too, and a misspelt name gets suggestions."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(all_commands())

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name in METRICS:
            return build(cmd_name, command_of(METRICS[cmd_name]), setting_names)
        return build(cmd_name, COMMANDS[cmd_name], setting_names) if cmd_name in COMMANDS else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        aliases = {alias: metric.name for metric in METRICS.values() for alias in metric.aliases}
        name = aliases.get(args[0].casefold(), args[0])
        if name not in METRICS and name not in COMMANDS and not name.startswith("-"):
            raise no_command(args, [*all_commands(), *aliases])
        return super().resolve_command(ctx, [name, *args[1:]])


_completion_shared.install_zsh = install_zsh  # Typer's own also sets the menus of all other programs
app = typer.Typer(cls=Commands, context_settings=HELP_NAMES, rich_markup_mode="rich", pretty_exceptions_enable=False, epilog=EPILOG)


def _show_version(value: bool) -> None:
    if value:
        typer.echo(f"custmetrics {__version__}")
        raise typer.Exit


def _show_manual(value: bool) -> None:
    if value:
        from custmetrics_cli.cli.options.manual import manual

        typer.echo(manual(all_commands()), nl=False)
        raise typer.Exit


MANUAL = typer.Option("--man", callback=_show_manual, is_eager=True, help="Print the page for man", show_default=False)
VERSION = typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version", show_default=False)


@app.callback()
def custmetrics(version: Annotated[bool, VERSION] = False, man: Annotated[bool, MANUAL] = False) -> None:
    """Customer metrics from CSV exports, with the totals behind every number."""
