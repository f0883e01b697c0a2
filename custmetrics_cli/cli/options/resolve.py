"""Resolve options: a flag overrides a variable, a variable the settings file, and the file the default."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from custmetrics_cli.cli.options import settings
from custmetrics_cli.cli.options.declare import Options
from custmetrics_cli.cli.options.found_file import SettingsFile
from custmetrics_cli.cli.options.readers import switch
from custmetrics_cli.cli.options.settings import Level, Setting
from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.core.options import OptionSpec

Kind = TypeVar("Kind", bound=Options)


def resolve(
    kind: type[Kind],
    metric_options: Iterable[OptionSpec],
    flags: Mapping[str, Any],
    environment: Mapping[str, str],
    setting_names: Callable[[], Iterable[str]],
) -> Kind:
    """Return the options with the values in effect. Raises CustmetricsError E112, E115 to E119 and E140 to E149.

    flags: the raw values of the options passed as flags, by name. metric_options keep their texts: each metric reads its own.
    """
    texts = {spec.name: spec for spec in metric_options}
    file, level = _winning([spec.name for spec in kind.specs.values()] + [*texts], flags, environment, setting_names)
    options = kind(flags=frozenset(flags), settings_file=file)
    vars(options).update(_values(kind.specs, level))
    options.metric_texts = {spec.symbol: level[name].read(_as_text(spec)) for name, spec in texts.items() if name in level}
    return options


def _winning(
    names: list[str], flags: Mapping[str, Any], environment: Mapping[str, str], setting_names: Callable[[], Iterable[str]]
) -> tuple[SettingsFile | None, Level]:
    """Return the settings file, and the setting that counts of each option; left out where none is set."""
    passed = {name: Setting(value, f"--{name}") for name, value in flags.items()}
    variables = settings.from_environment(names, environment)
    file = _settings_file({**variables, **passed})
    levels = [settings.from_file(file, setting_names()) if file else {}, variables, passed]
    level = {name: setting for level in levels for name, setting in _with_format(level).items() if name in names}
    used = {name: setting.text for name, setting in level.items() if setting.place.path}
    return (file._replace(used=used) if file else None), level


def _as_text(spec: OptionSpec) -> OptionSpec:
    return spec._replace(read=str, choices=(), default="")


def _values(specs: Mapping[str, OptionSpec], level: Level) -> dict[str, Any]:
    """Read the value of each option. All that cannot be read are in one error."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for attribute, spec in specs.items():
        try:
            values[attribute] = level[spec.name].read(spec) if spec.name in level else _default(spec)
        except CustmetricsError as error:
            problems += error.problems
    if problems:
        raise CustmetricsError(*problems)
    return values


def _default(spec: OptionSpec) -> Any:
    return [] if spec.repeats else spec.parse("")


def _settings_file(level: Level) -> SettingsFile | None:
    if "no-config" in level and _is_on(level["no-config"]):
        return None
    path = str(level["config"].value) if "config" in level else ""
    if path:
        return SettingsFile(Path(path), is_found=False)
    return SettingsFile(Path(os.path.relpath(found)), is_found=True) if (found := settings.find()) else None


def _is_on(setting: Setting) -> bool:
    return bool(setting.read(OptionSpec("", "", read=switch)))


def _with_format(level: Level) -> Level:
    """Let --json and -o decide the format at their own level, so that a flag overrides any settings file. Raises E119."""
    chosen = level["format"].value if "format" in level else ""
    if "json" in level and _is_on(level["json"]):
        if chosen not in ("", "json"):
            raise CustmetricsError(Problem("E119", f"--json conflicts with --format {chosen}", hint="leave out one of them"))
        return {**level, "format": Setting("json", "--json")}
    if "output" in level and level["output"].value and not chosen:
        return {**level, "format": Setting("", "--format")}
    return level
