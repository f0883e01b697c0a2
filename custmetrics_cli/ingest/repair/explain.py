"""Why a row is not proven: its cells read one by one, in words."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from custmetrics_cli.columns import UnreadableCell
from custmetrics_cli.columns._nothing import emptied
from custmetrics_cli.columns._texts import quoted
from custmetrics_cli.columns.text import BLANKS
from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.ingest.check.file_progress import FileProgress
from custmetrics_cli.ingest.check.record_kind import BadRecord
from custmetrics_cli.ingest.parse.formats import Formats
from custmetrics_cli.ingest.parse.preset_words import is_empty, translate_text
from custmetrics_cli.ingest.parse.records import Record
from custmetrics_cli.tables import Column, RowError

EMPTY = "E408"
NEVER = "9999"  # a year that databases write for an end that is not known
STILL_THERE = "leave it empty if the customer is still there"


def misfit(progress: FileProgress, record: Record, found: BadRecord) -> Problem:
    """A record that is no row of the table."""
    return Problem(found.code, found.message, place(progress, record, found.column), found.hint, excerpt(progress, record))


def unread(progress: FileProgress, record: Record, readings: Formats) -> Iterator[Problem]:
    """The cells of a row that cannot be read."""
    for name in progress.csv_part.positions:
        if column := progress.layout.table.by_name.get(name):
            at, text = _read(progress, record, name)
            for code, message, hint in _wrong(column, text, readings):
                yield Problem(code, f"{name}{message}", place(progress, record, at + 1), hint, excerpt(progress, record))


def _read(progress: FileProgress, record: Record, name: str) -> tuple[int, str]:
    """Where the text stands that is read as a column's, the first that says something; and it, in the words that are read."""
    places = [progress.csv_part.positions[key] for key in (name, *progress.csv_part.fallbacks.get(name, ()))]
    at = next((at for at in places if not is_empty(_text(progress, record, at), name, progress.layout)), places[0])
    return at, translate_text(_text(progress, record, at), name, progress.layout.preset)


def readable(column: Column, text: str, readings: Formats | None) -> bool:
    """Whether a cell that says something can be read; taken to be while it is not known how."""
    return not (readings and any(_wrong(column, text, readings)))


def failed(progress: FileProgress, record: Record, check: RowError) -> Problem:
    """A check that holds on a row."""
    name = _behind(progress, record, check.column)
    at, text = _read(progress, record, name) if name in progress.csv_part.positions else (-1, "")
    message = check.message if name == check.column else check.message.replace(check.column, f"{name}, taken for {check.column},", 1)
    message = message.replace("{value}", quoted(text))
    return Problem(check.code, message, place(progress, record, at + 1), check.hint, excerpt(progress, record))


def _behind(progress: FileProgress, record: Record, name: str) -> str:
    """The column whose cell a row's value came from: another one may stand in where its own is empty."""
    if name in progress.csv_part.positions and emptied(_read(progress, record, name)[1]):
        return name
    others = [
        column.name for column in progress.layout.table.columns if column.fallback_end == name and column.name in progress.layout.columns
    ]
    return others[0] if others else name


def cell(progress: FileProgress, record: Record, at: int) -> str:
    """What a row says in a place; '' where it does not reach so far."""
    if at == progress.layout.group_position:
        return record.group
    return record.cells[at] if at < len(record.cells) else ""


def _text(progress: FileProgress, record: Record, at: int) -> str:
    return cell(progress, record, at).strip(BLANKS)


def outside(progress: FileProgress, record: Record, error: CustmetricsError) -> Problem:
    """What a derivation says about a row on which it cannot be made."""
    said = error.problems[0]
    return Problem(said.code, said.message, place(progress, record, 0), said.hint, excerpt(progress, record))


def place(progress: FileProgress, record: Record, column: int) -> Place:
    return Place(progress.text_file.source.path, record.line, column)


def excerpt(progress: FileProgress, record: Record) -> str:
    """The record as it may be written, on one line."""
    if record.code:
        return record.cells[0]
    text = io.StringIO()
    csv.writer(text, delimiter=progress.csv_part.delimiter, quotechar=progress.csv_part.quote).writerow(record.cells)
    return " ".join(text.getvalue().splitlines())


def _wrong(column: Column, text: str, readings: Formats) -> Iterator[tuple[str, str, str]]:
    if not (emptied(text) if column.kind.can_fail else text):
        if column.never_empty:
            yield column.blank_code or EMPTY, " is empty", f"every row needs one: {column.about}"
        return
    try:
        column.kind.read_cell(text, readings[column.name])
    except UnreadableCell as wrong:
        yield wrong.code, f": {wrong}", wrong.hint
    except ValueError as wrong:
        never = column.end and NEVER in text
        yield column.kind.code, f": {wrong}", STILL_THERE if never else f"write it like {column.kind.example}"
