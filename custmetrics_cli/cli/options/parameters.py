"""Make the signature that Typer reads from the options of a command."""

from __future__ import annotations

import inspect
import os
from collections.abc import Callable, Mapping
from functools import cache
from typing import Annotated, Any

import typer

from custmetrics_cli.cli.options.declare import ArgumentSpec
from custmetrics_cli.cli.usage.completion import argument_completer, completer
from custmetrics_cli.core.options import PANELS, OptionSpec

ASKED_BY_SHELL = "_COMPLETE"  # the end of the variable by which a shell asks for completions
ELLIPSIS = "…"  # in a help text: the choices are too many to list
Parameters = tuple[inspect.Parameter, ...]


def with_signature(function: Callable[..., int], parameters: Parameters, help_all: Any) -> Callable[..., int]:
    """Let a function(ctx, **values) take these arguments and options, and --help-all."""
    context = inspect.Parameter("ctx", inspect.Parameter.KEYWORD_ONLY, annotation=typer.Context)
    every = (context, *parameters, _parameter("help_all", bool, help_all, False))
    vars(function)["__signature__"] = inspect.Signature(every)
    function.__annotations__ = {each.name: each.annotation for each in every}
    return function


@cache
def parameters(kind: Any, *when_absent: tuple[str, str]) -> Parameters:
    """Return the parameters of a class of options: the arguments, those that repeat last, then the options.

    when_absent: options that mean something else than declared if they are absent.
    """
    arguments = sorted(kind.arguments.items(), key=lambda item: item[1].repeats)
    specs = kind.specs | {name: kind.specs[name]._replace(when_absent=meaning) for name, meaning in when_absent}
    return (*(_argument(name, spec) for name, spec in arguments), *option_parameters(specs))


def option_parameters(specs: Mapping[str, OptionSpec]) -> Parameters:
    """Return the options, by attribute, in the order of help: panel by panel, the common ones first."""
    ordered = sorted(specs.items(), key=lambda item: (PANELS.index(item[1].panel), not item[1].common))
    return tuple(_option(attribute, spec) for attribute, spec in ordered)


def _parameter(name: str, kind: Any, info: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[kind, info])


def _argument(name: str, spec: ArgumentSpec) -> inspect.Parameter:
    info = typer.Argument(
        metavar=spec.metavar, hidden=True, autocompletion=argument_completer(name) if _is_completing() else None
    )  # described in the help text of the command
    default = inspect.Parameter.empty if spec.required else None if spec.repeats else ""
    return _parameter(name, list[str] if spec.repeats else str, info, default)


@cache
def _is_completing() -> bool:
    """Return whether a shell asks for completions. Typer inspects each function that completes, which takes longer than all else."""
    return any(name.endswith(ASKED_BY_SHELL) for name in os.environ)


def _option(attribute: str, spec: OptionSpec) -> inspect.Parameter:
    """Every value arrives as text: OptionSpec reads it, as it reads those of variables and settings files."""
    info = typer.Option(
        *[word for word in (f"--{spec.name}", spec.short) if word],
        rich_help_panel=spec.panel,
        help=help_text(spec),
        show_default=False,
        metavar=spec.metavar or None,
        autocompletion=completer(spec) if _is_completing() else None,
    )
    if spec.is_switch:
        return _parameter(attribute, bool, info, False)
    return _parameter(attribute, list[str] if spec.repeats else str, info, None if spec.repeats else spec.default)


def help_text(spec: OptionSpec) -> str:
    """Return the help with the default, in the markup of Rich.

    >>> help_text(OptionSpec("ends", "Meaning of ended_at", "HOW", default="exclusive", choices=("exclusive", "inclusive")))
    'Meaning of ended_at: exclusive, inclusive [dim]\\\\[default: exclusive][/dim]'
    """
    note = rf" [dim]\[{spec.default_note}][/dim]" if spec.default_note else ""
    return meaning(spec).replace("[", r"\[") + note


def meaning(spec: OptionSpec) -> str:
    """Return the help with the values, without the default."""
    shown = [] if ELLIPSIS in spec.help else [choice for choice in spec.choices if choice not in spec.help]
    values = f": {', '.join(spec.choices)}" if shown else ""
    return f"{spec.help}{values}{'; repeatable' if spec.repeats else ''}"
