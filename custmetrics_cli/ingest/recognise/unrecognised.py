"""Explain why a header matches no table, and which option would help."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from custmetrics_cli.core.errors import Choice, Place, Problem, near
from custmetrics_cli.ingest.model import TextFile
from custmetrics_cli.ingest.recognise.candidates import HeaderCandidate
from custmetrics_cli.ingest.recognise.head import Head
from custmetrics_cli.ingest.recognise.headers import Header
from custmetrics_cli.ingest.recognise.match_table import mapping_for
from custmetrics_cli.ingest.recognise.roles.hints import no_buyer, pasteable, proposals
from custmetrics_cli.ingest.recognise.roles.sample import Sample
from custmetrics_cli.ingest.settings import Settings


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
    return _missing_columns(text_file, head, closest, place, excerpt)


def _missing_columns(text_file: TextFile, head: Head, closest: HeaderCandidate, place: Place, excerpt: str) -> Problem:
    """Return E301 or E302. The hint proposes headers whose cells fit, for all missing columns at once."""
    table, missing = closest.match.table, closest.match.missing
    sample = Sample(head, closest)
    proposed = [proposals(table.by_name[name], closest, sample) for name in missing]
    choices = tuple(choice for each in proposed for choice in each)
    needs = f"which needs {' and '.join(missing)}"
    is_given = bool(text_file.source.table)
    message = f"cannot be read as {table.name}, {needs}" if is_given else f"not a known table; closest match: {table.name}, {needs}"
    return Problem("E302" if is_given else "E301", message, place, _hint(missing, proposed, closest), excerpt, choices)


def _hint(missing: Sequence[str], proposed: Sequence[list[Choice]], closest: HeaderCandidate) -> str:
    open_columns = [name for name, choices in zip(missing, proposed, strict=True) if not choices]
    if not open_columns:
        return "".join(pasteable(list(proposed)))
    if len(open_columns) < len(missing) and (
        hint := no_buyer([closest.match.table.by_name[name] for name in open_columns], closest, proposed)
    ):
        return hint
    if marks := _possible_delimiters(closest.header):
        return f"if {marks[0]} is between the columns, pass --delimiter '{marks[0]}'"
    unused = [header for at, header in enumerate(closest.header) if header and at not in closest.match.columns.values()]
    if not unused:
        return f"the table needs the columns {', '.join(column.name for column in closest.match.table.required)}"
    return f"no unused column has the cells of {' or '.join(open_columns)}; {near('', unused)}"


def _possible_delimiters(header: Sequence[str]) -> list[str]:
    """Return the marks in a header of one cell, the most frequent first.

    >>> _possible_delimiters(["id^start date^end date"]), _possible_delimiters(["customer_id"])
    (['^'], [])
    """
    marks = Counter(mark for mark in header[0] if len(header) == 1 and not mark.isalnum() and mark not in " _-.'\"()/")
    return [mark for mark, _ in marks.most_common()]


def unknown_header(text_file: TextFile, header: Collection[str], column: str, wanted: str) -> Problem:
    """Return E304 for a mapping to a header that the file does not have."""
    hint = near(wanted, [name for name in header if name])
    return Problem("E304", f"the file has no header '{wanted}' to use as {column}", Place(text_file.source.path), hint)
