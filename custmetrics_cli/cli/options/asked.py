"""The options of a command that decide its numbers, as every answer states them."""

from __future__ import annotations

from datetime import date
from typing import Any

from custmetrics_cli.cli.options.declare import Options
from custmetrics_cli.core.data.in_effect import FILE

NAMES = (
    *("where", "gap", "as-of", "definition", "profile", "currency", "quiet-days", "fiscal-year-start"),
    *("tz", "ends", "amounts", "overlap", "skip-bad-rows"),
)


def asked(options: Options) -> dict[str, Any]:
    """Return the options that differ from their default, and the settings file with the values that it set."""
    values = {}
    for attribute, spec in options.specs.items():
        value = getattr(options, attribute, None)
        if spec.name in NAMES and value and value != (None if spec.repeats else spec.parse("")):
            values[attribute] = value.isoformat() if isinstance(value, date) else value
    file = options.settings_file
    if file and file.used:
        values[FILE] = {"path": str(file.path), "values": dict(file.used)}
    return values
