"""The tables of a settings file: [columns], [targets], [events] and [report]."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from custmetrics_cli.cli.options.readers import not_of_type
from custmetrics_cli.core.errors import CustmetricsError, Place, Problem


class SettingsTable(NamedTuple):
    """A table of a settings file whose entries are values of one option."""

    option: str
    sign: str  # between the key and the value, as the option takes them
    example: str


TABLES = {
    "columns": SettingsTable("column", "=", 'started_at = "Signed up"'),
    "targets": SettingsTable("target", " ", 'churn = "< 5%"'),
    "events": SettingsTable("mark", "=", '2022-05-01 = "price change"'),
}
KEYS = {"list-columns": "columns"}  # keys of options that have the name of a table
REPORT = "report"  # a table of settings whose keys are options of the report


def of_report(report: Any, others: Mapping[str, Any], place: Place) -> dict[str, Any]:
    """Return the keys of [report] as settings. Raises CustmetricsError if it is not a table, and E136 for a key that is set twice."""
    if not isinstance(report, dict):
        error = not_of_type(f"a table; write [{REPORT}] above its keys")
        raise CustmetricsError(Problem(error.code, f"{REPORT} '{report}' {error.args[0]}", place))
    named = {key.replace("_", "-"): value for key, value in report.items()}
    twice = [key for key in named if key in others]
    if twice:
        raise CustmetricsError(Problem("E136", f"'{twice[0]}' is set twice", place, f"leave it out above [{REPORT}], or below it"))
    return named


def flat(name: str, values: Any, place: Place) -> list[str]:
    """Return [columns], [columns.TABLE], [targets] or [events] as texts of their option."""
    table = TABLES[name]
    if not isinstance(values, dict):
        error = not_of_type(f"a table; write [{name}] and below it {table.example}")
        raise CustmetricsError(Problem(error.code, f"{name} '{values}' {error.args[0]}", place))
    inner = {key: [f"{key}.{text}" for text in flat(name, value, place)] for key, value in values.items() if isinstance(value, dict)}
    return [text for key, value in values.items() for text in inner.get(key, [f"{key}{table.sign}{value}"])]
