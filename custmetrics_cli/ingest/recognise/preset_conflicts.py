"""Refuse a file that matches a preset but cannot be read with it. It is never read as another table instead."""

from __future__ import annotations

from custmetrics_cli.core.errors import Choice, Place, Problem, pass_one
from custmetrics_cli.ingest.recognise.candidates import HeaderCandidate
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.presets._preset import Preset

UNITS = {"cents": "cents", "units": "units of the currency"}


def check_preset(candidate: HeaderCandidate, path: str, settings: Settings) -> Problem | None:
    """Return E309 to E311, E313, E314 or E318; None if the file can be read."""
    preset, place = candidate.match.preset, Place(path, candidate.line)
    if candidate.match.score_questions:
        return _several_questions(candidate, place)
    if preset is None:
        return None
    if candidate.equal_presets:
        return _equal_presets([preset, *candidate.equal_presets], place)
    if preset.refuses:
        message = f"this is {describe_export(preset)}; no metric can be computed from it"
        return Problem("E311", message, place, preset.refuses + _other_table(candidate))
    if candidate.match.missing:
        return _missing_columns(preset, candidate, place)
    return _check_unit(preset, place, settings) if "amount" in candidate.match.columns else None


def describe_export(preset: Preset) -> str:
    return f"an export of {preset.vendor} ({preset.export}; preset {preset.name})"


def _several_questions(candidate: HeaderCandidate, place: Place) -> Problem:
    questions = candidate.match.score_questions
    first, second = (candidate.header[at] for at in questions[:2])
    choices = tuple(Choice("column", f"score={question}") for question in (first, second))
    message = f"{len(questions)} questions could be the score: '{first}' and '{second}'"
    return Problem("E314", message, place, pass_one(choices), choices=choices)


def _equal_presets(presets: list[Preset], place: Place) -> Problem:
    message = f"the header fits {' and '.join(map(describe_export, presets))} equally well"
    choices = tuple(Choice("preset", preset.name, describe_export(preset)) for preset in presets)
    return Problem("E309", message, place, pass_one(choices), choices=choices)


def _missing_columns(preset: Preset, candidate: HeaderCandidate, place: Place) -> Problem:
    missing = candidate.match.missing
    message = f"this is {describe_export(preset)}, but it has no {' and no '.join(missing)}"
    exporting = [preset.lacks[column] for column in missing if column in preset.lacks]
    hint = exporting[0] if exporting else f'map the column with --column {missing[0]}="NAME"'
    return Problem("E310", message, place, hint + _other_table(candidate))


def _other_table(candidate: HeaderCandidate) -> str:
    """Return how to read the file as the table that it is without the preset, if there is one."""
    table, preset = candidate.match.table_without_preset, candidate.match.preset
    return f"; if it is not this export, pass {table}=FILE" if table and preset and preset.table != table else ""


def _check_unit(preset: Preset, place: Place, settings: Settings) -> Problem | None:
    """Return E313 if the unit of the amounts is unknown, E318 if --amounts contradicts the preset."""
    if settings.amounts == preset.unit:
        return None
    if preset.unit == "unknown":
        return None if settings.amounts else _unknown_unit(preset, place)
    return _other_unit(preset, place, settings.amounts) if settings.amounts else None


def _unknown_unit(preset: Preset, place: Place) -> Problem:
    message = f"this is {describe_export(preset)}; its amounts may be in cents or in units of the currency"
    choices = tuple(Choice("amounts", unit, f"amounts are in {words}") for unit, words in UNITS.items())
    return Problem("E313", message, place, f"look at one amount, then {pass_one(choices)}", choices=choices)


def _other_unit(preset: Preset, place: Place, amounts: str) -> Problem:
    message = f"this is {describe_export(preset)} with amounts in {UNITS[preset.unit]}, which contradicts --amounts {amounts}"
    hint = f"leave --amounts out; if the preset is wrong, copy it with custmetrics presets {preset.name} and change its [amounts]"
    return Problem("E318", message, place, hint)
