"""Why a header is of no table, and which option would settle it."""

from __future__ import annotations

from collections.abc import Collection
from difflib import SequenceMatcher

from custmetrics_cli.core.errors import Place, Problem, near
from custmetrics_cli.ingest.model import Settings, TextFile
from custmetrics_cli.ingest.recognise.candidates import HeaderCandidate, said_of
from custmetrics_cli.ingest.recognise.head import Head
from custmetrics_cli.ingest.recognise.headers import Header, normalise

LIKE = 0.7  # of two names, from 0 to 1, above which one is proposed for the other
EXCERPT = 120  # characters of a header line shown


def explain_unrecognised(text_file: TextFile, head: Head, chosen: HeaderCandidate, settings: Settings) -> Problem:
    said = said_of(chosen.match.table, settings.columns)
    for name, header in said.items():
        if header and Header(chosen.header).position(header) < 0:
            return no_header(text_file, chosen.header, name, header)
    place = Place(text_file.source.path, chosen.line)
    excerpt = head.lines[chosen.line - 1].strip()[:EXCERPT]
    if not chosen.match.columns and chosen.is_data:
        columns = chosen.delimiter.join(column.name for column in chosen.match.table.required)
        return Problem(
            "E303", "the first line looks like data, not like a header", place, f"put a line of column names first: {columns}", excerpt
        )
    return _lacking(text_file, chosen, place, excerpt)


def _lacking(text_file: TextFile, chosen: HeaderCandidate, place: Place, excerpt: str) -> Problem:
    table, missing = chosen.match.table, chosen.match.missing
    lacks = f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing from the header"
    hint = _mapping(missing[0], chosen)
    if text_file.source.table:
        return Problem("E302", f"for the table {table.name}, {lacks}", place, hint, excerpt)
    return Problem("E301", f"this is no table known here; it comes nearest to {table.name}, but {lacks}", place, hint, excerpt)


def _mapping(name: str, chosen: HeaderCandidate) -> str:
    """The option that would settle it, with the free header most like the column or one of its aliases, else with all of them."""
    column = chosen.match.table.by_name[name]
    words = [normalise(word) for word in (column.name, *column.aliases)]
    free = [cell for at, cell in enumerate(chosen.header) if cell and at not in chosen.match.columns.values()]
    like = {cell: max(_likeness(normalise(cell), word) for word in words) for cell in free}
    best = max(free, key=like.__getitem__, default="")
    if best and like[best] >= LIKE:
        return f'say which column it is: --column {name}="{best}"'
    needed = ", ".join(column.name for column in chosen.match.table.required)
    return f'say which column it is, --column {name}="NAME": {near("", free)}' if free else f"the table needs the columns {needed}"


def _likeness(cell: str, word: str) -> float:
    """How alike two names are, 0 to 1; one that holds the other whole is as good as alike."""
    held = min(len(cell), len(word)) > 1 and (word.endswith(cell) or word in cell)
    return LIKE if held else SequenceMatcher(None, cell, word).ratio()


def no_header(text_file: TextFile, header: Collection[str], name: str, wanted: str) -> Problem:
    hint = near(wanted, [cell for cell in header if cell])
    return Problem("E304", f"there is no column '{wanted}' to take for {name}", Place(text_file.source.path), hint)
