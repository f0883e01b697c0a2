"""What keeps a file from being read as the preset that claims it: an error that says so, never another table in its place."""

from __future__ import annotations

from custmetrics_cli.core.errors import Choice, Place, Problem, pass_one
from custmetrics_cli.ingest.model import Settings
from custmetrics_cli.ingest.recognise.candidates import Candidate
from custmetrics_cli.presets import Preset

UNITS = {"cents": "cents", "units": "units of the currency"}


def preset_problem(chosen: Candidate, path: str, settings: Settings) -> Problem | None:
    """E309 to E314, E318; None where it can be read. What a file of no preset lacks is told elsewhere."""
    preset, place = chosen.match.preset, Place(path, chosen.line)
    if chosen.match.several:
        return _several(chosen, place)
    if preset is None:
        return None
    if chosen.rivals:
        return _rivals(preset, chosen, place)
    if preset.refuses:
        return Problem("E311", f"this is {named(preset)}, and nothing can be answered from it", place, preset.refuses + _otherwise(chosen))
    if chosen.match.missing:
        return _lacking(preset, chosen, place)
    return _of_unknown_unit(preset, chosen, place, settings)


def named(preset: Preset) -> str:
    return f"an export of {preset.vendor} ({preset.export}; preset {preset.name})"


def _several(chosen: Candidate, place: Place) -> Problem:
    """Several questions of one kind: their answers are different things."""
    first, second = (chosen.header[at] for at in chosen.match.several[:2])
    choices = tuple(Choice("column", f"score={question}") for question in (first, second))
    message = f"{len(chosen.match.several)} questions could be the score: '{first}' and '{second}'"
    return Problem("E314", message, place, pass_one(choices), choices=choices)


def _rivals(preset: Preset, chosen: Candidate, place: Place) -> Problem:
    every = [preset, *chosen.rivals]
    shown = " and ".join(named(one) for one in every)
    choices = tuple(Choice("preset", one.name, named(one)) for one in every)
    return Problem("E309", f"the header fits {shown} equally well", place, pass_one(choices), choices=choices)


def _lacking(preset: Preset, chosen: Candidate, place: Place) -> Problem:
    lacking = chosen.match.missing
    message = f"this is {named(preset)}, but {' and '.join(lacking)} {'is' if len(lacking) == 1 else 'are'} not among its columns"
    hint = next(
        (preset.lacks[column] for column in lacking if column in preset.lacks), f'say which column it is: --column {lacking[0]}="…"'
    )
    return Problem("E310", message, place, hint + _otherwise(chosen))


def _otherwise(chosen: Candidate) -> str:
    """How the file is read all the same, where it is a table without the preset that claims it."""
    table, preset = chosen.match.otherwise, chosen.match.preset
    return f"; if it is no such export, say so: {table}=FILE" if table and preset and preset.table != table else ""


def _of_unknown_unit(preset: Preset, chosen: Candidate, place: Place, settings: Settings) -> Problem | None:
    """Amounts a hundred times too large look like amounts: the unit is never guessed."""
    if "amount" not in chosen.match.columns or settings.amounts == preset.unit:
        return None
    if preset.unit != "unknown":
        return _of_another_unit(preset, place, settings)
    if settings.amounts:
        return None
    message = f"this is {named(preset)}, whose amounts may be in cents or in units of the currency"
    choices = tuple(Choice("amounts", unit, f"amounts are in {words}") for unit, words in UNITS.items())
    return Problem("E313", message, place, f"look at one amount, then {pass_one(choices)}", choices=choices)


def _of_another_unit(preset: Preset, place: Place, settings: Settings) -> Problem | None:
    """--amounts is about all files: one of which it is known to be wrong may be read beside one that it is meant for."""
    if not settings.amounts:
        return None
    message = f"this is {named(preset)}, whose amounts are in {UNITS[preset.unit]}, and --amounts says {settings.amounts}"
    hint = f"leave --amounts out; if the preset is wrong, copy it (custmetrics presets {preset.name}) and change its [amounts]"
    return Problem("E318", message, place, hint)
