"""Why a header is of no table, and which option would settle it."""

from __future__ import annotations

from collections.abc import Collection
from difflib import SequenceMatcher

from custmetrics_cli.core.errors import Choice, Place, Problem, near, pass_one
from custmetrics_cli.ingest.model import Settings, TextFile
from custmetrics_cli.ingest.recognise.candidates import Candidate, said_of
from custmetrics_cli.ingest.recognise.head import Head
from custmetrics_cli.ingest.recognise.headings import Header, normal

LIKE = 0.7  # of two names, from 0 to 1, above which one is proposed for the other
LONG = 120  # characters of a header line shown


def unrecognised_problem(text_file: TextFile, head: Head, chosen: Candidate, settings: Settings) -> Problem:
    said = said_of(chosen.match.table, settings.columns)
    for name, header in said.items():
        if header and Header(chosen.header).position(header) < 0:
            return no_header(text_file, chosen.header, name, header)
    place = Place(text_file.source.path, chosen.line)
    excerpt = head.lines[chosen.line - 1].strip()[:LONG]
    if not chosen.match.columns and chosen.is_data:
        columns = chosen.delimiter.join(column.name for column in chosen.match.table.required)
        return Problem(
            "E303", "the first line looks like data, not like a header", place, f"put a line of column names first: {columns}", excerpt
        )
    return _lacking(text_file, chosen, place, excerpt)


def _lacking(text_file: TextFile, chosen: Candidate, place: Place, excerpt: str) -> Problem:
    table, missing = chosen.match.table, chosen.match.missing
    lacks = f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing from the header"
    choices = _choices(missing[0], chosen)
    hint = pass_one(choices) if choices else _mapping(missing[0], chosen)
    if text_file.source.table:
        return Problem("E302", f"for the table {table.name}, {lacks}", place, hint, excerpt, choices)
    return Problem("E301", f"this is no table known here; it comes nearest to {table.name}, but {lacks}", place, hint, excerpt, choices)


def _choices(name: str, chosen: Candidate) -> tuple[Choice, ...]:
    """Return the unused header most similar to the column or one of its aliases, if it is similar enough."""
    column = chosen.match.table.by_name[name]
    words = [normal(word) for word in (column.name, *column.aliases)]
    similar = {cell: max(_likeness(normal(cell), word) for word in words) for cell in _unused(chosen)}
    best = max(similar, key=similar.__getitem__, default="")
    return (Choice("column", f"{name}={best}"),) if best and similar[best] >= LIKE else ()


def _unused(chosen: Candidate) -> list[str]:
    """Return the headers that no column uses."""
    return [cell for at, cell in enumerate(chosen.header) if cell and at not in chosen.match.columns.values()]


def _mapping(name: str, chosen: Candidate) -> str:
    """Return a hint that lists the unused headers."""
    free = _unused(chosen)
    needed = ", ".join(column.name for column in chosen.match.table.required)
    return f'pass --column {name}="NAME"; {near("", free)}' if free else f"the table needs the columns {needed}"


def _likeness(cell: str, word: str) -> float:
    """How alike two names are, 0 to 1; one that holds the other whole is as good as alike."""
    held = min(len(cell), len(word)) > 1 and (word.endswith(cell) or word in cell)
    return LIKE if held else SequenceMatcher(None, cell, word).ratio()


def no_header(text_file: TextFile, header: Collection[str], name: str, wanted: str) -> Problem:
    hint = near(wanted, [cell for cell in header if cell])
    return Problem("E304", f"there is no column '{wanted}' to take for {name}", Place(text_file.source.path), hint)
