"""Explain why a header matches no table, and which option would help."""

from __future__ import annotations

from collections.abc import Collection
from difflib import SequenceMatcher

from custmetrics_cli.core.errors import Choice, Place, Problem, near, pass_one
from custmetrics_cli.ingest.model import Settings, TextFile
from custmetrics_cli.ingest.recognise.candidates import HeaderCandidate
from custmetrics_cli.ingest.recognise.head import Head
from custmetrics_cli.ingest.recognise.headers import Header, normalise
from custmetrics_cli.ingest.recognise.match_table import mapping_for

SIMILAR = 0.7  # similarity of two names, from 0 to 1, above which one is proposed for the other


def explain_unrecognised(text_file: TextFile, head: Head, closest: HeaderCandidate, settings: Settings) -> Problem:
    """Return E301 to E304 for a file without a table."""
    table = closest.match.table
    for name, header in mapping_for(table, settings.columns).items():
        if header and Header(closest.header).position(header) < 0:
            return unknown_header(text_file, closest.header, name, header)
    place, excerpt = Place(text_file.source.path, closest.line), head.excerpt(closest.line)
    if not closest.match.columns and closest.is_data:
        names = closest.delimiter.join(column.name for column in table.required)
        return Problem(
            "E303", "the first line looks like data, not like a header", place, f"add a first line of column names: {names}", excerpt
        )
    return _missing_columns(text_file, closest, place, excerpt)


def _missing_columns(text_file: TextFile, closest: HeaderCandidate, place: Place, excerpt: str) -> Problem:
    name, missing = closest.match.table.name, closest.match.missing
    choices = _similar_header(missing[0], closest)
    hint = pass_one(choices) if choices else _mapping_hint(missing[0], closest)
    needs = f"which needs {' and '.join(missing)}"
    if text_file.source.table:
        return Problem("E302", f"cannot be read as {name}, {needs}", place, hint, excerpt, choices)
    return Problem("E301", f"not a known table; closest match: {name}, {needs}", place, hint, excerpt, choices)


def _similar_header(name: str, closest: HeaderCandidate) -> tuple[Choice, ...]:
    """Return the unused header most similar to a column or one of its aliases, if it is similar enough."""
    column = closest.match.table.by_name[name]
    words = [normalise(word) for word in (column.name, *column.aliases)]
    similarity = {header: max(_similarity(normalise(header), word) for word in words) for header in _unused(closest)}
    best = max(similarity, key=similarity.__getitem__, default="")
    return (Choice("column", f"{name}={best}"),) if best and similarity[best] >= SIMILAR else ()


def _mapping_hint(name: str, closest: HeaderCandidate) -> str:
    unused = _unused(closest)
    if unused:
        return f'map a header with --column {name}="NAME"; {near("", unused)}'
    return f"the table needs the columns {', '.join(column.name for column in closest.match.table.required)}"


def _unused(closest: HeaderCandidate) -> list[str]:
    return [header for at, header in enumerate(closest.header) if header and at not in closest.match.columns.values()]


def _similarity(header: str, word: str) -> float:
    """Return the similarity of two names, from 0 to 1. A name that contains the other is similar enough."""
    contains = min(len(header), len(word)) > 1 and (word.endswith(header) or word in header)
    return SIMILAR if contains else SequenceMatcher(None, header, word).ratio()


def unknown_header(text_file: TextFile, header: Collection[str], column: str, wanted: str) -> Problem:
    """Return E304 for a mapping to a header that the file does not have."""
    hint = near(wanted, [name for name in header if name])
    return Problem("E304", f"there is no header '{wanted}' to use as {column}", Place(text_file.source.path), hint)
