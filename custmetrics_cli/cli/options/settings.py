"""Where an option's value comes from: flag, then CUSTMETRICS_* variable, then settings file, then default.

A settings file is custmetrics.toml, or [tool.custmetrics] in pyproject.toml, found upward from the working directory.
Its keys are the options' names; [columns] maps columns to headers, [targets] metrics to what they are to be.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import MISSING, Field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from custmetrics_cli.core.errors import CustmetricsError, Notice, Place, Problem, near

if TYPE_CHECKING:
    from custmetrics_cli.cli.options.option_sets import CommonOptions

PREFIX = "CUSTMETRICS_"
SWITCHES = {"1": True, "true": True, "yes": True, "on": True, "": False, "0": False, "false": False, "no": False, "off": False}
NOT_IN_FILES = ("config", "no-config", "debug")
NOWHERE = Place("")
# Tables of a settings file: the option whose texts they hold, what stands between a key and its value there, and an example.
TABLES = {"columns": ("column", "=", 'started_at = "Signed up"'), "targets": ("target", " ", 'churn = "< 5%"')}
Level = dict[str, Any]  # option name -> value, of one origin


def variable(name: str) -> str:
    """The environment variable of an option.

    >>> variable("date-order")
    'CUSTMETRICS_DATE_ORDER'
    """
    return PREFIX + name.upper().replace("-", "_")


def from_environment(known: Mapping[str, Field[Any]], environment: Mapping[str, str]) -> Level:
    """What the variables say about these options; several values are separated by semicolons."""
    said = {name: environment[variable(name)] for name in known if environment.get(variable(name))}
    return {name: convert(known[name], text, variable(name)) for name, text in said.items()}


def unknown_variables(known: Iterable[str], environment: Mapping[str, str]) -> list[Notice]:
    """Variables that look like ours and are no option: a misspelling would otherwise change an answer in silence."""
    names = {variable(name): name for name in known}
    odd = sorted(name for name in environment if name.startswith(PREFIX) and name not in names)
    return [Notice("W001", f"the variable {name} is no option; {near(_option(name), names.values())}") for name in odd]


def _option(name: str) -> str:
    return name.removeprefix(PREFIX).lower().replace("_", "-")


def from_file(path: Path | None, known: Mapping[str, Field[Any]], all_known: Iterable[str]) -> Level:
    """What the settings file says about these options."""
    if path is None:
        return {}
    place = Place(str(path))
    said = {key.replace("_", "-"): value for key, value in _tables(path).items()}
    tables = {name: said.pop(name, {}) for name in TABLES}
    _refuse_unknown(said, [name for name in all_known if name not in NOT_IN_FILES], place)
    level = {name: convert(known[name], value, name, place) for name, value in said.items() if name in known}
    for name, (option, sign, _) in TABLES.items():
        if tables[name] and option in known:
            level[option] = [*_flat(name, tables[name], sign, place), *level.get(option, [])]
    return level


def find(directory: Path | None = None) -> Path | None:
    """The settings file nearest to the working directory; None without one, or where there is no such directory."""
    try:
        start = directory or Path.cwd()
    except OSError:
        return None
    return next((path for folder in (start, *start.parents) for path in _here(folder)), None)


def own_presets(asked: CommonOptions) -> str:
    """The folder `presets` beside the settings file, where there is one; '' = none. Beside pyproject.toml it is somebody else's."""
    file = None if asked.no_config else Path(asked.config) if asked.config else find()
    folder = file.parent / "presets" if file and file.name != "pyproject.toml" else None
    return os.path.relpath(folder) if folder and folder.is_dir() else ""


def _here(folder: Path) -> Iterable[Path]:
    own, shared = folder / "custmetrics.toml", folder / "pyproject.toml"
    if _readable(own):
        yield own
    if _readable(shared) and b"[tool.custmetrics" in shared.read_bytes():
        yield shared


def _readable(path: Path) -> bool:
    """Looking for a file that nobody named must not fail where a folder may not be read."""
    return os.access(path, os.R_OK) and path.is_file()


def _tables(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        said = tomllib.loads(path.read_text("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise CustmetricsError(Problem("E116", f"the settings file is not TOML: {fault}", Place(str(path)))) from None
    except OSError as fault:
        why = Problem("E115", f"the settings file cannot be read: {fault.strerror}", Place(str(path)), "--no-config goes on without one")
        raise CustmetricsError(why) from None
    return dict(said.get("tool", {}).get("custmetrics", {})) if path.name == "pyproject.toml" else said


def _refuse_unknown(said: Mapping[str, Any], known: list[str], place: Place) -> None:
    odd = [key for key in said if key not in known]
    if odd:
        problems = [Problem("E117", f"'{key}' is no setting", place, near(key, [*known, *TABLES])) for key in odd]
        raise CustmetricsError(*problems)


def _flat(table: str, said: Any, sign: str, place: Place) -> list[str]:
    """[columns], [columns.TABLE] and [targets] as the texts of their options."""
    if not isinstance(said, dict):
        raise CustmetricsError(_mistyped(table, f"a table of its own, as {TABLES[table][2]} below [{table}]", said, place))
    return [
        text
        for name, value in said.items()
        for text in (
            [f"{name}.{inner}" for inner in _flat(table, value, sign, place)] if isinstance(value, dict) else [f"{name}{sign}{value}"]
        )
    ]


def _mistyped(said: str, what: str, value: Any, place: Place) -> Problem:
    return Problem("E118", f"{said} is {what}, not '{value}'", place)


def convert(field: Field[Any], value: Any, said: str, place: Place = NOWHERE) -> Any:
    """The value as the type of the option's default; without a default it is a list."""
    if field.default is MISSING:
        return [str(each) for each in value] if isinstance(value, list) else [part for part in str(value).split(";") if part]
    try:
        return _one(field.default, value)
    except (ValueError, KeyError):
        what = "true or false" if isinstance(field.default, bool) else "a whole number" if isinstance(field.default, int) else "one value"
        raise CustmetricsError(_mistyped(said, what, value, place)) from None


def _one(default: Any, value: Any) -> Any:
    if isinstance(value, list | dict):
        raise ValueError(value)
    if isinstance(default, bool):
        return SWITCHES[str(value).casefold()]
    return int(str(value)) if isinstance(default, int) else str(value)


def resolve(asked: CommonOptions, flags: Iterable[str], environment: Mapping[str, str], every: Collection[str]) -> list[Notice]:
    """Fill in what the flags left out; returns what is to be said about it. flags: names of the options given as flags."""
    from custmetrics_cli.cli.options.fields import options

    known = options(type(asked))
    given = {name: convert(known[name], getattr(asked, known[name].name), f"--{name}") for name in flags}
    surroundings = from_environment(known, environment)
    file = _file(surroundings | given)
    levels = [_format_said(level) for level in (given, surroundings, from_file(file, known, every))]
    for name, field in known.items():
        left_out = [] if field.default is MISSING else field.default
        setattr(asked, field.name, next((level[name] for level in levels if name in level), left_out))
    return unknown_variables(every, environment)


def _file(said: Level) -> Path | None:
    if said.get("no-config"):
        return None
    return Path(said["config"]) if said.get("config") else find()


def _format_said(level: Level) -> Level:
    """--json and -o decide the format at their own level, so that a flag wins over any settings file."""
    if level.get("json"):
        if level.get("format", "json") != "json":
            raise CustmetricsError(Problem("E119", f"--json and --format {level['format']} say two things", hint="leave one of them out"))
        return {**level, "format": "json"}
    if level.get("output") and "format" not in level:
        return {**level, "format": ""}
    return level
