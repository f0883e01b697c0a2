"""The options that decided how rows were read. A question cannot change them: the folder must be converted again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.ingest.converted.manifest import Manifest
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.tables import POLICIES

OPTIONS = {
    "tz": "tz",
    "ends": "ends",
    "amounts": "amounts",
    "order": "date-order",
    "decimal": "decimal",
    "encoding": "encoding",
    "delimiter": "delimiter",
    "quote": "quote",
    "header_row": "header-row",
    "columns": "column",
    "presets": "preset",
    "positive": "positive",
    "low_is_good": "low-is-good",
    "file_orders": "date-order",
    "file_decimals": "decimal",
    "constants": "interval",
    "skip_bad_rows": "skip-bad-rows",
}
MAY_DIFFER = ("skip_bad_rows",)  # there are no bad rows left to skip
DEFAULTS = Settings()


def settings_used(settings: Settings) -> dict[str, str]:
    """Return the options that differ from their default, by field of Settings, as texts.

    >>> settings_used(Settings(tz="Europe/Berlin", columns={"plan": "Tariff"}, header_row=3))
    {'tz': 'Europe/Berlin', 'header_row': '3', 'columns': 'plan=Tariff'}
    """
    chosen = {name: getattr(settings, name) for name in OPTIONS}
    return {name: _text(value) for name, value in chosen.items() if value != getattr(DEFAULTS, name)}


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return "; ".join(f"{name}={text}" for name, text in value.items())
    return "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def check_settings(manifest: Manifest, settings: Settings, path: str) -> None:
    """Raise CustmetricsError E243 for options that a converted folder cannot follow any more."""
    problems = [_cannot_follow(path, *each) for each in (*_other_settings(manifest, settings), *_other_policies(manifest, settings))]
    if problems:
        raise CustmetricsError(*problems)


def _other_settings(manifest: Manifest, settings: Settings) -> Iterator[tuple[str, str, str]]:
    """Yield each option that differs: its name, its value now, and when the folder was converted."""
    for name, value in settings_used(settings).items():
        before = manifest.settings.get(name, _text(getattr(DEFAULTS, name)))
        if value != before and name not in MAY_DIFFER:
            yield OPTIONS[name], value, before


def _other_policies(manifest: Manifest, settings: Settings) -> Iterator[tuple[str, str, str]]:
    for name, value in settings.policies.items():
        if value != manifest.policies.get(name, POLICIES[name].default):
            yield name, value, manifest.policies.get(name, POLICIES[name].default)


def _cannot_follow(path: str, option: str, value: str, before: str) -> Problem:
    converted = f"with {before!r}" if before else "without the option"
    hint = f"convert the source files again: custmetrics convert --{option} {value} FILES -o FOLDER"
    return Problem("E243", f"--{option} {value} has no effect on rows that were converted {converted}", Place(path), hint)
