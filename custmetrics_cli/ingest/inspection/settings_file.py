"""What `inspect --write custmetrics.toml` keeps: what was said, what evidence decided, and which header is which column."""

from __future__ import annotations

import json
from collections.abc import Iterator

from custmetrics_cli.core.answers.inspection import Inspected
from custmetrics_cli.ingest.model import Settings

SAID = ("encoding", "delimiter", "quote", "header_row", "tz", "ends", "amounts")


def settings_text(found: Inspected, settings: Settings) -> str:
    """A settings file. What would be found out again anyway, as encoding and delimiter, is left to be found out.

    The order of dates and the decimal mark are kept, for a shorter export of the same kind may leave them open.
    """
    plain = [f"{name.replace('_', '-')} = {_value(value)}" for name, value in _said(found, settings)]
    return "\n".join(["# written by custmetrics inspect", *plain, *_columns(found)]) + "\n"


def _said(found: Inspected, settings: Settings) -> Iterator[tuple[str, str | int | list[str]]]:
    usual = Settings()
    yield from ((name, value) for name, value in (("date_order", found.order), ("decimal", found.decimal)) if value)
    yield from ((name, getattr(settings, name)) for name in SAID if getattr(settings, name) != getattr(usual, name))
    yield from settings.policies.items()
    if settings.presets:
        yield "preset", list(settings.presets)


def _columns(found: Inspected) -> Iterator[str]:
    """A mapping per table, of files that no preset reads; of those that name a column differently, none: each is recognised by itself."""
    mapped = [file for file in found.files if file.table and not file.preset]
    for table in dict.fromkeys(file.table for file in mapped):
        names: dict[str, set[str]] = {}
        for header in (header for file in mapped if file.table == table for header in file.headers if header.column):
            names.setdefault(header.column, set()).add(header.name)
        own = {column: next(iter(said)) for column, said in names.items() if len(said) == 1 and said != {column}}
        if own:
            yield from ("", f"[columns.{table}]", *(f"{column} = {_value(name)}" for column, name in own.items()))


def _value(value: str | int | list[str]) -> str:
    """A value as TOML writes it: its strings are JSON's, but for one character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
