"""Places of records and cells in their file, for messages."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from custmetrics_cli.columns.text import BLANKS
from custmetrics_cli.core.errors import Place, Problem
from custmetrics_cli.ingest.check.file_progress import FileProgress
from custmetrics_cli.ingest.parse.records import Record, read_records


def cell_text(progress: FileProgress, record: Record, position: int) -> str:
    """Return a cell of a record; "" if the record is too short."""
    if position == progress.layout.group_position:
        return record.group
    return record.cells[position] if position < len(record.cells) else ""


def place_of(progress: FileProgress, record: Record, column: int) -> Place:
    """Return the place of a cell. column: counts from 1; 0 = the record."""
    file = progress.text_file
    has_own_columns = file.reshaped is not None and file.reshaped.rows_per_row > 1
    return Place(file.source.path, file.line_of(record.line), 0 if has_own_columns else column)


def excerpt_of(progress: FileProgress, record: Record) -> str:
    """Return the record on one line, with the delimiter and the quotes of its file."""
    if record.code:
        return record.cells[0]
    text = io.StringIO()
    csv.writer(text, delimiter=progress.csv_part.delimiter, quotechar=progress.csv_part.quote).writerow(record.cells)
    return " ".join(text.getvalue().splitlines())


def locate(problem: Problem, files: Sequence[FileProgress], column: str, text: str) -> Problem:
    """Return the problem at the first cell with this text in a column of these files."""
    for progress in files:
        progress.use_text()
        position = progress.csv_part.positions.get(column)
        for record in read_records(progress.csv_part) if position is not None else ():
            if position is not None and position < len(record.cells) and record.cells[position].strip(BLANKS) == text:
                return problem._replace(place=place_of(progress, record, position + 1), excerpt=excerpt_of(progress, record))
    return problem._replace(place=Place(files[0].text_file.source.path))
