"""An inspection: how each file was read, and the metrics that it can answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.core.data.delimiters import DELIMITERS
from custmetrics_cli.core.inspection import Inspected
from custmetrics_cli.render.data.records import document, problem_record, rows_record
from custmetrics_cli.render.page import Header, Line, Page, Table, aligned
from custmetrics_cli.render.parts.footer import FOUND, rows_text
from custmetrics_cli.render.problems import excerpt_text, headline, more_text

if TYPE_CHECKING:
    from custmetrics_cli.core.inspection import InspectedColumn, Inspection
    from custmetrics_cli.render.document import Cell, Flat, Record

Can = Mapping[str, Sequence[str]]  # path of a file -> the metrics that it can answer
Cannot = Mapping[str, Mapping[str, Sequence[str]]]  # path of a file -> its missing columns -> the metrics that need them
MARKS = {**DELIMITERS, '"': "double quote", "'": "single quote"}
SEGMENT = "(for --by and --where)"
COLUMNS = ("header", "column", "read as", "first date", "last date")


class InspectionDocument(NamedTuple):
    """A document of files."""

    inspected: Inspected
    can: Can
    cannot: Cannot
    commands: Sequence[str] = ()  # to try next

    def page(self, ascii: bool) -> Page:
        """Return for each file its facts, its columns and its first problems; then what the files answer together."""
        page: Page = []
        for file in self.inspected.files:
            facts = _facts(file, self.can.get(file.path, ()), self.cannot.get(file.path, {}))
            page += [*([Line()] if page else []), Line(file.path, strong=True), *facts, *_columns(file), *_problems(file)]
        return [*page, *self._together()]

    def _together(self) -> Page:
        """Return the metrics that several files answer together, and the next commands to try."""
        tables = dict.fromkeys(file.table for file in self.inspected.files if file.table)
        metrics = dict.fromkeys(name for file in self.inspected.files for name in self.can.get(file.path, ()))
        answers = [Line(), Line("Together", strong=True), *aligned([("  answers", ", ".join(metrics))])] if len(tables) > 1 else []
        next_commands = [Line(), Line("Try next", strong=True), *(Line(f"  {command}") for command in self.commands)]
        return [*answers, *(next_commands if self.commands else [])]

    def record(self) -> Record:
        inspected = self.inspected
        formats = {"date_order": inspected.order or None, "decimal": inspected.decimal or None}
        body = {"files": list(self.records()), **formats, **({"try": list(self.commands)} if self.commands else {})}
        return document((), body, inspected.warnings)

    def records(self) -> Iterator[Record]:
        """Yield each file."""
        return (_file(file, self.can.get(file.path, ()), self.cannot.get(file.path, {})) for file in self.inspected.files)

    def flat(self) -> Flat:
        """Return one row per column. A file that is not a table has one row with its first problem."""
        names = ("path", "table", "header", "column", "how", "first", "last", "problem", "preset", "fate")
        return names, [row for file in self.inspected.files for row in _rows(file)]


def _facts(file: Inspection, can: Sequence[str], cannot: Mapping[str, Sequence[str]]) -> Page:
    help_texts = dict.fromkeys(column for columns in cannot for column in columns.split(", ") if column in file.missing_column_help)
    facts = [
        ("table", file.table or "none"),
        ("preset", file.preset and f"{file.preset}, {file.preset_description}"),
        ("encoding", file.encoding),
        ("delimiter", MARKS.get(file.delimiter, file.delimiter)),
        ("quote", MARKS.get(file.quote, file.quote)),
        ("header", f"line {file.header_line}" if file.header_line else ""),
        ("rows", rows_text(file.read, file.used, file.excluded) if file.read is not None else ""),
        ("currencies", ", ".join(file.currencies)),
        ("missing", ", ".join(file.absent)),
        ("answers", ", ".join(can)),
        *(("cannot answer", f"{', '.join(metrics)}: no column {columns.replace(', ', ' or ')}") for columns, metrics in cannot.items()),
        *(("to add it", f"{column}: {file.missing_column_help[column]}") for column in help_texts),
        *(("note", note) for note in file.notes),
    ]
    return aligned([(f"  {name}", text) for name, text in facts if text])


def _columns(file: Inspection) -> Page:
    """Return a row for each column of the file, without empty columns."""
    rows = [(header.name, _column(header), header.format, _day(header.first), _day(header.last)) for header in file.headers]
    filled = [at for at in range(len(COLUMNS)) if any(row[at] for row in rows)]
    headers = tuple(Header(COLUMNS[at]) for at in filled)
    return [Table(headers, [tuple(row[at] for at in filled) for row in rows])] if rows else []


def _column(header: InspectedColumn) -> str:
    if not header.column:
        return f"({header.fate})" if header.fate else SEGMENT
    return f"{header.column} (by its {header.by})" if header.by in FOUND else header.column


def _problems(file: Inspection) -> Page:
    """Return the problems, each hint once, and the number of further problems."""
    lines = [line for problem in file.problems for line in (headline(problem), problem.excerpt and f"  {excerpt_text(problem.excerpt)}")]
    hints = dict.fromkeys(f"  hint: {problem.hint}" for problem in file.problems if problem.hint)
    return [Line(line) for line in [*lines, *hints, more_text(file.total - len(file.problems))] if line]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _file(file: Inspection, can: Sequence[str], cannot: Mapping[str, Sequence[str]]) -> Record:
    """Return null for an unknown fact."""
    return {
        "path": file.path,
        "table": file.table or None,
        "preset": file.preset or None,
        "encoding": file.encoding or None,
        "delimiter": file.delimiter or None,
        "quote": file.quote or None,
        "header_line": file.header_line or None,
        "columns": [_header_record(header) for header in file.headers],
        "absent": list(file.absent),
        "answers": list(can),
        "cannot": [_missing_record(file, columns.split(", "), metrics) for columns, metrics in cannot.items()],
        "notes": list(file.notes),
        "currencies": list(file.currencies),
        "rows": None if file.read is None else rows_record(file.read, file.used, file.excluded),
        "problems": [problem_record(problem) for problem in file.problems],
        "total": max(file.total, len(file.problems)),
    }


def _missing_record(file: Inspection, columns: Sequence[str], metrics: Sequence[str]) -> Record:
    hints = [file.missing_column_help[column] for column in columns if column in file.missing_column_help]
    return {"metrics": list(metrics), "columns": list(columns), "hints": hints}


def _header_record(header: InspectedColumn) -> Record:
    days = {"first": _day(header.first) or None, "last": _day(header.last) or None}
    start = {"header": header.name, "column": header.column or None, "by": header.by or None, "how": header.format or None}
    return {**start, **days, "fate": header.fate or None}


def _rows(file: Inspection) -> list[tuple[Cell, ...]]:
    problem = headline(file.problems[0]) if file.problems else None
    before, after = (file.path, file.table or None), (problem, file.preset or None)
    columns = map(_header_record, file.headers)
    rows = [(*before, *(each[name] for name in ("header", "column", "how", "first", "last")), *after, each["fate"]) for each in columns]
    return rows or [(*before, None, None, None, None, None, *after, None)]
