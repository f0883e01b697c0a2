"""What files were taken for, and what they can answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.core.answers.inspection import Inspected
from custmetrics_cli.render.data.records import document, problem_record, rows_record
from custmetrics_cli.render.document import Record
from custmetrics_cli.render.page import Heading, Line, Page, Table, aligned, used_text
from custmetrics_cli.render.problems import excerpt_text, headline, more_text

if TYPE_CHECKING:
    from custmetrics_cli.core.answers.inspection import InspectedColumn, Inspection
    from custmetrics_cli.render.document import Cell, Flat

Can = Mapping[str, Sequence[str]]  # path of a file -> the metrics that it can answer
Cannot = Mapping[str, Mapping[str, Sequence[str]]]  # path of a file -> the columns it lacks -> the metrics that it cannot answer for that
MARKS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", '"': "double quote", "'": "single quote"}
SEGMENT = "(segment)"


class InspectionDocument(NamedTuple):
    inspected: Inspected
    can: Can
    cannot: Cannot

    def page(self, ascii: bool) -> Page:
        """For each file what is known of it, its columns, and its first problems."""
        page: Page = []
        for file in self.inspected.files:
            facts = _facts(file, self.can.get(file.path, ()), self.cannot.get(file.path, {}))
            page += [*([Line()] if page else []), Line(file.path, strong=True), *facts, *_columns(file), *_problems(file)]
        return page

    def record(self) -> Record:
        found = self.inspected
        body = {"files": list(self.records()), "date_order": found.order or None, "decimal": found.decimal or None}
        return document((), body, found.warnings)

    def records(self) -> Iterator[Record]:
        """Per file."""
        return (_file(file, self.can.get(file.path, ()), self.cannot.get(file.path, {})) for file in self.inspected.files)

    def flat(self) -> Flat:
        """One row per column of a file; of a file that is no table, one row with its first problem."""
        names = ("path", "table", "header", "column", "how", "first", "last", "problem", "preset", "fate")
        return names, [row for file in self.inspected.files for row in _rows(file)]


def _facts(file: Inspection, can: Sequence[str], cannot: Mapping[str, Sequence[str]]) -> Page:
    facts = [
        ("table", file.table or "none"),
        ("preset", file.preset and f"{file.preset}, {file.preset_description}"),
        ("encoding", file.encoding),
        ("delimiter", MARKS.get(file.delimiter, file.delimiter)),
        ("quote", MARKS.get(file.quote, file.quote)),
        ("header", f"line {file.header_line}" if file.header_line else ""),
        ("rows", used_text(file.read, file.used, file.excluded) if file.read is not None else ""),
        ("currencies", ", ".join(file.currencies)),
        ("not there", ", ".join(file.absent)),
        ("answers", ", ".join(can)),
        *(("cannot", f"{', '.join(metrics)}: there is no {column}") for column, metrics in cannot.items()),
        *(
            ("how", f"{column}: {file.missing_column_help[column]}")
            for column in dict.fromkeys(_lacking(cannot))
            if column in file.missing_column_help
        ),
        *(("note", note) for note in file.notes),
    ]
    return aligned([(f"  {name}", said) for name, said in facts if said])


def _lacking(cannot: Mapping[str, Sequence[str]]) -> list[str]:
    return [column for columns in cannot for column in columns.split(", ")]


def _columns(file: Inspection) -> Page:
    names = ("header", "column", "how it is read", "first day", "last day")
    cells = [(header.name, _fate(header), header.format, _day(header.first), _day(header.last)) for header in file.headers]
    filled = [at for at in range(len(names)) if any(row[at] for row in cells)]
    heads = tuple(Heading(names[at]) for at in filled)
    return [Table(heads, [tuple(row[at] for at in filled) for row in cells])] if cells else []


def _fate(header: InspectedColumn) -> str:
    return header.column or (f"({header.fate})" if header.fate else SEGMENT)


def _problems(file: Inspection) -> Page:
    said = [line for problem in file.problems for line in (headline(problem), problem.excerpt and f"  {excerpt_text(problem.excerpt)}")]
    hints = dict.fromkeys(f"hint: {problem.hint}" for problem in file.problems if problem.hint)
    return [Line(line) for line in [*said, *hints, more_text(file.total - len(file.problems))] if line]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _file(file: Inspection, can: Sequence[str], cannot: Mapping[str, Sequence[str]]) -> Record:
    """What is not known is null."""
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
        "cannot": [_lack_record(file, columns.split(", "), metrics) for columns, metrics in cannot.items()],
        "notes": list(file.notes),
        "currencies": list(file.currencies),
        "rows": None if file.read is None else rows_record(file.read, file.used, file.excluded),
        "problems": [problem_record(problem) for problem in file.problems],
        "total": max(file.total, len(file.problems)),
    }


def _lack_record(file: Inspection, columns: Sequence[str], metrics: Sequence[str]) -> Record:
    hints = [file.missing_column_help[column] for column in columns if column in file.missing_column_help]
    return {"metrics": list(metrics), "columns": list(columns), "hints": hints}


def _header_record(header: InspectedColumn) -> Record:
    days = {"first": _day(header.first) or None, "last": _day(header.last) or None}
    return {"header": header.name, "column": header.column or None, "how": header.format or None, **days, "fate": header.fate or None}


def _rows(file: Inspection) -> list[tuple[Cell, ...]]:
    wrong = headline(file.problems[0]) if file.problems else None
    before = (file.path, file.table or None)
    after, records = (wrong, file.preset or None), map(_header_record, file.headers)
    rows = [(*before, *(each[name] for name in ("header", "column", "how", "first", "last")), *after, each["fate"]) for each in records]
    return rows or [(*before, None, None, None, None, None, *after, None)]
