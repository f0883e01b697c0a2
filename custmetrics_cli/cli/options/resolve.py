"""The options with every origin heard: flags, variables, settings file, defaults."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import MISSING, fields
from typing import Any, TypeVar

import typer

from custmetrics_cli.cli.options import metric_options, option_sets, settings, values
from custmetrics_cli.cli.options.fields import options as declared
from custmetrics_cli.cli.terminal import messages
from custmetrics_cli.metrics.economics.whatif import WHATIF

Asked = TypeVar("Asked", bound=option_sets.CommonOptions)


def resolve(kind: type[Asked], ctx: typer.Context, said: dict[str, Any]) -> Asked:
    """Raises CustmetricsError E11x for a setting that cannot be, E14x for a value that cannot be, E156 for one that is not of kind."""
    given: dict[str, Any] = {field.name: list(said[field.name] or []) if _is_many(field) else said[field.name] for field in fields(kind)}
    asked = kind(**given)
    flags = [name for name, field in declared(kind).items() if _is_flag(ctx, field.name)]
    metric_options.reject_foreign(said.get("metric", ""), [name for name in said if name not in given and _is_flag(ctx, name)])
    asked.flags = frozenset(flags)
    warnings = settings.resolve(asked, flags, os.environ, known_settings())
    ctx.obj.json, ctx.obj.debug = getattr(asked, "format", "") == "json", asked.debug
    messages.print_warnings(warnings, asked.quiet)
    values.check(asked)
    return asked


def known_settings() -> Collection[str]:
    """All options of all commands: what a settings file may hold."""
    kinds = (option_sets.MetricOptions, option_sets.ReportOptions, option_sets.DiffOptions, option_sets.InspectOptions)
    names = (name for kind in kinds for name in declared(kind))
    return dict.fromkeys((*names, *(option.name for option in (*metric_options.all_options(), *WHATIF.options))))


def _is_many(field: Any) -> bool:
    return field.default_factory is not MISSING


def _is_flag(ctx: typer.Context, name: str) -> bool:
    source = ctx.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"
