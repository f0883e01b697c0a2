"""Build a command with Typer: its signature, its short and its long help, and its options with the values in effect."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

import typer
from typer.core import TyperCommand, TyperOption
from typer.main import get_command

from custmetrics_cli.cli.command import Command
from custmetrics_cli.cli.options.common import CommonOptions
from custmetrics_cli.cli.options.parameters import option_parameters, parameters, with_signature
from custmetrics_cli.cli.options.resolve import resolve
from custmetrics_cli.cli.options.settings import unknown_variables
from custmetrics_cli.cli.terminal.messages import print_warnings, print_written

HELP_NAMES = {"help_option_names": ["--help", "-h"]}
HELP_PANEL = "Help"
MORE_HELP = "--help-all shows all options."
SettingNames = Callable[[], Iterable[str]]


class CommandWithShortHelp(TyperCommand):
    """A command whose --help shows the common options only."""

    common: Collection[str] = ()  # the options that --help shows
    long_help = ""
    shows_all = False

    def format_help(self, ctx: Any, formatter: Any) -> None:
        for option in (each for each in self.get_params(ctx) if isinstance(each, TyperOption)):
            option.hidden = not self.shows_all and option.name not in self.common
            if option.name == "help":
                option.rich_help_panel = HELP_PANEL
        self.help, self.epilog = (self.long_help, None) if self.shows_all else (self.help, MORE_HELP)
        super().format_help(ctx, formatter)


def _show_all_help(ctx: typer.Context, value: bool) -> None:
    if value:
        vars(ctx.command)["shows_all"] = True
        typer.echo(ctx.get_help())
        raise typer.Exit


HELP_ALL = typer.Option(
    "--help-all", callback=_show_all_help, is_eager=True, help="Show all options", show_default=False, rich_help_panel=HELP_PANEL
)


def build(name: str, command: Command, setting_names: SettingNames) -> Any:
    """Return the command as Typer runs it."""

    def call(ctx: typer.Context, **values: Any) -> int:
        options = _options(command, ctx, values, setting_names)
        status = command.run(options)
        if rejects := getattr(options, "rejects", ""):
            print_written(rejects, options.quiet)
        return status

    specs = {spec.symbol: spec for spec in command.metric_options()}
    kind: Any = command.options
    signature = (*option_parameters(specs), *parameters(kind, *command.when_absent.items()))
    single = typer.Typer(add_completion=False, rich_markup_mode="rich")
    register = single.command(
        name,
        cls=CommandWithShortHelp,
        help=_with_arguments(command.help, command.options) if command.names_arguments else command.help,
        short_help=command.summary or None,
        rich_help_panel=command.panel,
        context_settings=HELP_NAMES,
    )
    register(with_signature(call, signature, HELP_ALL))
    built: Any = get_command(single)
    built.long_help = _with_arguments(command.long_help or command.help, command.options)
    built.common = {name for name, spec in {**command.options.specs, **specs}.items() if spec.common} - command.rare
    return built


def _with_arguments(help: str, options: type[CommonOptions]) -> str:
    return "\n".join([help, *(f"{each.metavar.rstrip('.')}: {each.help}" for each in options.arguments.values())])


def _options(command: Command, ctx: typer.Context, values: Mapping[str, Any], setting_names: SettingNames) -> CommonOptions:
    """Return the options with the values in effect. Print a warning for each variable that sets no option."""
    kind, metric_options = command.options, command.metric_options()
    names = {attribute: spec.name for attribute, spec in kind.specs.items()} | {spec.symbol: spec.name for spec in metric_options}
    flags = {name: values[attribute] for attribute, name in names.items() if _is_flag(ctx, attribute)}
    options = resolve(kind, metric_options, flags, os.environ, setting_names)
    vars(options).update({name: list(values[name] or []) if spec.repeats else values[name] for name, spec in kind.arguments.items()})
    ctx.obj.json, ctx.obj.debug = getattr(options, "format", "") == "json", options.debug
    print_warnings(unknown_variables(setting_names, os.environ), options.quiet)
    return options


def _is_flag(ctx: typer.Context, attribute: str) -> bool:
    source = ctx.get_parameter_source(attribute)
    return source is not None and source.name == "COMMANDLINE"
