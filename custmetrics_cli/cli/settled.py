"""The options with every origin heard: flags, variables, settings file, defaults."""

from __future__ import annotations

import os
from dataclasses import MISSING, fields
from typing import Any, TypeVar

import typer

from custmetrics_cli.cli import config, options, say, values
from custmetrics_cli.cli.declare import options as declared

Asked = TypeVar("Asked", bound=options.Common)


def settled(kind: type[Asked], ctx: typer.Context, said: dict[str, Any]) -> Asked:
    """Raises CustmetricsError E11x for a setting that cannot be, E14x for a value that cannot be."""
    given: dict[str, Any] = {field.name: list(said[field.name] or []) if _is_many(field) else said[field.name] for field in fields(kind)}
    asked = kind(**given)
    flags = [name for name, field in declared(kind).items() if _is_flag(ctx, field.name)]
    warnings = config.resolve(asked, flags, os.environ, every())
    ctx.obj.json, ctx.obj.debug = getattr(asked, "format", "") == "json", asked.debug
    say.warned(warnings, asked.quiet)
    values.check(asked)
    return asked


def every() -> dict[str, Any]:
    """All options of all commands: what a settings file may hold."""
    return declared(options.Asking) | declared(options.Inspecting)


def _is_many(field: Any) -> bool:
    return field.default_factory is not MISSING


def _is_flag(ctx: typer.Context, name: str) -> bool:
    source = ctx.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"
