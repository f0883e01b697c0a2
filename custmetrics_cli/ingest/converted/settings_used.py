"""The options that decided how rows were read. A question cannot change them: the folder must be converted again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.ingest.converted.manifest import Manifest
from custmetrics_cli.ingest.model import InputFile
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
SHARED = ("tz", "ends")  # must be the same for all files of a question
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


def policies_chosen(manifest: Manifest) -> dict[str, str]:
    """Return the policies that differ from their default."""
    return {name: value for name, value in manifest.policies.items() if name in POLICIES and value != POLICIES[name].default}


def check_settings(manifest: Manifest, settings: Settings, path: str, exports: Sequence[InputFile]) -> None:
    """Raise CustmetricsError E243 for options that a converted folder cannot follow any more.

    exports: files that are read beside it. Their time zone and the meaning of their ends must be the same.
    """
    problems = [_cannot_follow(path, *each) for each in (*_other_settings(manifest, settings), *_other_policies(manifest, settings))]
    own = settings_used(settings)
    for name in SHARED if exports else ():
        if name not in own and name in manifest.settings:
            message = f"was converted with --{OPTIONS[name]} {manifest.settings[name]}, unlike {exports[0].path}"
            problems.append(_differs(message, path, f"pass --{OPTIONS[name]} {manifest.settings[name]}"))
    if problems:
        raise CustmetricsError(*problems)


def _other_settings(manifest: Manifest, settings: Settings) -> Iterator[tuple[str, str, str]]:
    """Yield each option that differs: its name, its value now, and when the folder was converted."""
    chosen = settings_used(settings) | {name: _text(getattr(settings, name)) for name in OPTIONS if OPTIONS[name] in settings.explicit}
    for name, value in chosen.items():
        before = manifest.settings.get(name, _text(getattr(DEFAULTS, name)))
        if value != before and name not in MAY_DIFFER:
            yield OPTIONS[name], value, before


def _other_policies(manifest: Manifest, settings: Settings) -> Iterator[tuple[str, str, str]]:
    explicit = {name: policy.default for name, policy in POLICIES.items() if name in settings.explicit}
    for name, value in {**explicit, **settings.policies}.items():
        if value != manifest.policies.get(name, POLICIES[name].default):
            yield name, value, manifest.policies.get(name, POLICIES[name].default)


def _cannot_follow(path: str, option: str, value: str, before: str) -> Problem:
    converted = f"with {before!r}" if before else "without the option"
    hint = f"convert the source files again: custmetrics convert --{option} {value} FILES -o FOLDER"
    return _differs(f"--{option} {value} has no effect on rows that were converted {converted}", path, hint)


def _differs(message: str, path: str, hint: str) -> Problem:
    return Problem("E243", message, Place(path), hint)
