"""Write the settings file of `inspect --write`: the given options, the detected formats, and the header of each column."""

from __future__ import annotations

import json
from collections.abc import Iterator

from custmetrics_cli.core.inspection import Inspected
from custmetrics_cli.ingest.settings import Settings

OPTIONS = ("encoding", "delimiter", "quote", "header_row", "tz", "ends", "amounts")
Value = str | int | list[str]


def settings_text(inspected: Inspected, settings: Settings, command: str = "inspect") -> str:
    """Return the text of a settings file. command: the one that writes it.

    The date order and the decimal mark are kept, because a shorter export may not show them. The encoding and the delimiter are kept
    only if the user gave them: they are always detected.
    """
    lines = [f"{name.replace('_', '-')} = {_toml(value)}" for name, value in _options(inspected, settings)]
    return "\n".join([f"# written by custmetrics {command}", *lines, *_columns(inspected)]) + "\n"


def _options(inspected: Inspected, settings: Settings) -> Iterator[tuple[str, Value]]:
    defaults = Settings()
    yield from ((name, value) for name, value in (("date_order", inspected.order), ("decimal", inspected.decimal)) if value)
    yield from ((name, getattr(settings, name)) for name in OPTIONS if getattr(settings, name) != getattr(defaults, name))
    yield from settings.policies.items()
    if settings.presets:
        yield "preset", list(settings.presets)


def _columns(inspected: Inspected) -> Iterator[str]:
    """Yield a [columns.TABLE] section per table, without files that a preset reads and columns whose headers differ between files."""
    files = [file for file in inspected.files if file.table and not file.preset]
    for table in dict.fromkeys(file.table for file in files):
        headers: dict[str, set[str]] = {}
        for header in (header for file in files if file.table == table for header in file.headers if header.column):
            headers.setdefault(header.column, set()).add(header.name)
        mapping = {column: next(iter(names)) for column, names in headers.items() if len(names) == 1 and names != {column}}
        if mapping:
            yield from ("", f"[columns.{table}]", *(f"{column} = {_toml(name)}" for column, name in mapping.items()))


def _toml(value: Value) -> str:
    """Return a value as TOML. Its strings are JSON strings except for one character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
