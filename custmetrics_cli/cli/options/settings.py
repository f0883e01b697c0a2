"""Settings files and environment variables: the values that they set for options.

A settings file is custmetrics.toml, or [tool.custmetrics] in pyproject.toml, searched upward from the working directory.
Its keys are the names of options. [columns] maps columns to headers, [targets] maps metrics to their targets, [events] maps days
to names, and [report] holds the options of a report.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from custmetrics_cli.cli.options.found_file import SettingsFile, check_trusted, refuse_unsafe
from custmetrics_cli.cli.options.readers import not_of_type
from custmetrics_cli.cli.options.setting_tables import KEYS, REPORT, TABLES, flat, of_report
from custmetrics_cli.core.errors import CustmetricsError, Place, Problem, near
from custmetrics_cli.core.options import NOWHERE, OptionSpec
from custmetrics_cli.core.result import Notice
from custmetrics_cli.core.safety.reading import read_small

if TYPE_CHECKING:
    from custmetrics_cli.cli.options.common import CommonOptions

PREFIX = "CUSTMETRICS_"
NOT_IN_FILES = ("config", "no-config", "debug")


class Setting(NamedTuple):
    """The raw value of an option, and its origin as messages name it."""

    value: Any
    name: str
    place: Place = NOWHERE

    def read(self, spec: OptionSpec) -> Any:
        """Return the value of the option. Raises CustmetricsError."""
        if spec.repeats:
            return [spec.parse(str(each), self.name, self.place) for each in self._parts()]
        if isinstance(self.value, list | dict):
            spec = spec._replace(read=_refuse_many, choices=())
        return spec.parse(str(self.value), self.name, self.place)

    @property
    def text(self) -> str:
        """The value as an option takes it."""
        return "; ".join(map(str, self.value)) if isinstance(self.value, list) else str(self.value)

    def _parts(self) -> list[Any]:
        return self.value if isinstance(self.value, list) else [part for part in str(self.value).split(";") if part]


Level = dict[str, Setting]  # the settings of one origin, by name of option


def _refuse_many(text: str) -> Any:
    raise not_of_type("one value")


def variable(name: str) -> str:
    """Return the environment variable of an option.

    >>> variable("date-order")
    'CUSTMETRICS_DATE_ORDER'
    """
    return PREFIX + name.upper().replace("-", "_")


def from_environment(names: Iterable[str], environment: Mapping[str, str]) -> Level:
    """Return the options that variables set. Semicolons separate several values."""
    variables = {name: variable(name) for name in names}
    return {name: Setting(environment[key], key) for name, key in variables.items() if environment.get(key)}


def unknown_variables(setting_names: Callable[[], Iterable[str]], environment: Mapping[str, str]) -> list[Notice]:
    """Warn of variables that start like ours but set no option: a misspelling would change an answer silently."""
    ours = sorted(name for name in environment if name.startswith(PREFIX))
    known = {variable(name): name for name in (setting_names() if ours else ())}
    odd = [name for name in ours if name not in known]
    return [Notice("W001", f"the variable {name} sets no option; {near(_option_name(name), known.values())}") for name in odd]


def _option_name(name: str) -> str:
    return name.removeprefix(PREFIX).lower().replace("_", "-")


def from_file(file: SettingsFile | None, setting_names: Iterable[str]) -> Level:
    """Return the options that a settings file sets. Raises CustmetricsError E105, E106, E115 to E118."""
    if file is None:
        return {}
    path, place = file.path, Place(str(file.path))
    if file.is_found:
        check_trusted(path)
    values = {key.replace("_", "-"): value for key, value in _content(path).items()}
    if file.is_found:
        refuse_unsafe(path, values)
    tables = {name: values.pop(name, {}) for name in TABLES}
    values |= of_report(values.pop(REPORT, {}), values, place)
    values |= {option: values.pop(key) for key, option in KEYS.items() if key in values}
    _refuse_unknown(values, [name for name in setting_names if name not in NOT_IN_FILES], place)
    level = {name: Setting(value, name, place) for name, value in values.items()}
    for name, table in TABLES.items():
        if tables[name]:
            others = level[table.option]._parts() if table.option in level else []
            level[table.option] = Setting([*flat(name, tables[name], place), *others], name, place)
    return level


def find(directory: Path | None = None) -> Path | None:
    """Return the nearest settings file upward from the working directory, None without one or without that directory."""
    try:
        start = directory or Path.cwd()
    except OSError:
        return None
    return next((path for folder in (start, *start.parents) for path in _settings_files(folder)), None)


def own_presets(options: CommonOptions) -> str:
    """Return the folder of the user's own presets, '' without one. Raises CustmetricsError E106."""
    return own_folder(options, "presets")


def own_folder(options: CommonOptions, name: str) -> str:
    """Return a folder beside custmetrics.toml, '' without one. Beside pyproject.toml it belongs to another program.

    Raises CustmetricsError E106.
    """
    file = options.settings_file
    folder = file.path.parent / name if file and file.path.name != "pyproject.toml" else None
    if not file or not folder or not folder.is_dir():
        return ""
    for each in (folder, *folder.glob("*.toml")) if file.is_found else ():
        check_trusted(each)
    return os.path.relpath(folder)


def _settings_files(folder: Path) -> Iterable[Path]:
    own, shared = folder / "custmetrics.toml", folder / "pyproject.toml"
    if _is_readable(own):
        yield own
    if _is_readable(shared) and b"[tool.custmetrics" in read_small(shared):
        yield shared


def _is_readable(path: Path) -> bool:
    """Return False for a file in a folder that may not be read: a search must not fail there."""
    return os.access(path, os.R_OK) and path.is_file()


def _content(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        content = tomllib.loads(read_small(path).decode("utf-8-sig").replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        reason = "its values are nested too deeply" if isinstance(error, RecursionError) else error
        raise CustmetricsError(Problem("E116", f"the settings file is not valid TOML: {reason}", Place(str(path)))) from None
    except OSError as error:
        hint = "correct the path, or pass --no-config"
        raise CustmetricsError(Problem("E115", f"the settings file cannot be read: {error.strerror}", Place(str(path)), hint)) from None
    return _of_tool(content) if path.name == "pyproject.toml" else content


def _of_tool(content: Any) -> dict[str, Any]:
    """Return [tool.custmetrics]; {} if something else has its place."""
    for name in ("tool", "custmetrics"):
        content = content.get(name) if isinstance(content, dict) else None
    return content if isinstance(content, dict) else {}


def _refuse_unknown(values: Mapping[str, Any], known: list[str], place: Place) -> None:
    odd = [key for key in values if key not in known]
    if odd:
        raise CustmetricsError(*(Problem("E117", f"'{key}' is not a setting", place, near(key, [*known, *TABLES, REPORT])) for key in odd))
