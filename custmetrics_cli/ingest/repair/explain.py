"""Explain why a row is bad: read its cells one by one, and describe each problem."""

from __future__ import annotations

from collections.abc import Iterator

from custmetrics_cli.columns import ColumnFormat, UnreadableCell, quoted
from custmetrics_cli.columns.parsing.blank_words import drop_blank_word
from custmetrics_cli.columns.parsing.dates import ORDERS
from custmetrics_cli.columns.parsing.numbers import OTHER
from custmetrics_cli.columns.text import BLANKS
from custmetrics_cli.core.errors import Choice, CustmetricsError, Problem, pass_one
from custmetrics_cli.ingest.check.file_progress import FileProgress
from custmetrics_cli.ingest.check.record_kind import BadRecord
from custmetrics_cli.ingest.parse.formats import Formats
from custmetrics_cli.ingest.parse.preset_words import is_empty, translate_text
from custmetrics_cli.ingest.parse.records import Record
from custmetrics_cli.ingest.places import cell_text, excerpt_of, place_of
from custmetrics_cli.tables import Column
from custmetrics_cli.tables.shared.rules import RowError

EMPTY = "E408"
NEVER = "9999"  # a year that databases use for an unknown end
STILL_ACTIVE = "leave it empty if the customer is still active"


def is_readable(column: Column, text: str, formats: Formats | None) -> bool:
    """Return True if a cell can be read, or if its format is not known yet."""
    return not (formats and any(_errors(column, text, formats)))


def explain_bad_record(progress: FileProgress, record: Record, bad: BadRecord) -> Problem:
    """Return the problem of a record that is not a row of the table."""
    return Problem(bad.code, bad.message, place_of(progress, record, bad.column), bad.hint, excerpt_of(progress, record))


def explain_cells(progress: FileProgress, record: Record, formats: Formats) -> Iterator[Problem]:
    """Yield a problem for each cell of a row that cannot be read."""
    for name in progress.csv_part.positions:
        if name in progress.layout.table.by_name:
            column = progress.layout.column(name)
            position, text = _read(progress, record, name)
            for code, message, hint in _errors(column, text, formats):
                choices = _other_formats(column, text, formats[name], progress.text_file.source.path)
                place, excerpt = place_of(progress, record, position + 1), excerpt_of(progress, record)
                yield Problem(code, f"{name}{message}", place, pass_one(choices) if choices else hint, excerpt, choices)


def _other_formats(column: Column, text: str, format: ColumnFormat, path: str) -> tuple[Choice, ...]:
    """Return the options that read a cell where an option or a preset sets another date order or decimal mark for its file."""
    orders = [("date-order", order, format._replace(order=order)) for order in ORDERS if order != format.order] if format.order else []
    marks = [("decimal", mark, format._replace(decimal=mark)) for mark in OTHER if mark != format.decimal] if format.decimal else []
    options = [*orders, *marks] if format.fixed and column.kind.gather else []
    return tuple(Choice(option, f"{path}={value}") for option, value, other in options if column.kind.read_or_none(text, other) is not None)


def explain_row_error(progress: FileProgress, record: Record, error: RowError) -> Problem:
    """Return the problem of a row that breaks a rule of its table or its preset."""
    name = _source(progress, record, error.column)
    position, text = _read(progress, record, name) if name in progress.csv_part.positions else (-1, "")
    message = error.message if name == error.column else error.message.replace(error.column, f"{name} (used as {error.column})", 1)
    message = message.replace("{value}", quoted(text))
    return Problem(error.code, message, place_of(progress, record, position + 1), error.hint, excerpt_of(progress, record))


def explain_too_large(progress: FileProgress, record: Record, error: CustmetricsError) -> Problem:
    """Return the problem of a row with a number that is too large to compute with."""
    problem = error.problems[0]
    return Problem(problem.code, problem.message, place_of(progress, record, 0), problem.hint, excerpt_of(progress, record))


def _read(progress: FileProgress, record: Record, name: str) -> tuple[int, str]:
    """Return the position and the text of a column's cell, or of the first fallback that is filled. Preset words are translated."""
    positions = [progress.csv_part.positions[key] for key in (name, *progress.csv_part.fallbacks.get(name, ()))]
    texts = {position: cell_text(progress, record, position).strip(BLANKS) for position in positions}
    filled = (position for position, text in texts.items() if not is_empty(text, name, progress.layout))
    position = next(filled, positions[0])
    return position, translate_text(texts[position], name, progress.layout.preset)


def _source(progress: FileProgress, record: Record, name: str) -> str:
    """Return the column that filled a column of the row: a column that can replace it, if its own cell is empty."""
    if name in progress.csv_part.positions and drop_blank_word(_read(progress, record, name)[1]):
        return name
    columns = progress.layout.table.columns
    others = (column.name for column in columns if column.fallback_end == name and column.name in progress.layout.columns)
    return next(others, name)


def _errors(column: Column, text: str, formats: Formats) -> Iterator[tuple[str, str, str]]:
    """Yield the code, the message (after the name of the column) and the hint, if the cell cannot be read."""
    if not (drop_blank_word(text) if column.kind.can_fail else text):
        if column.never_empty:
            hint = f"fill in {column.name} ({column.about.partition(';')[0]}), or pass --skip-bad-rows"
            yield column.empty_code or EMPTY, " is empty", hint
        return
    try:
        column.kind.read_cell(text, formats[column.name])
    except UnreadableCell as error:
        yield error.code, f": {error}", STILL_ACTIVE if column.is_end and NEVER in text else error.hint
