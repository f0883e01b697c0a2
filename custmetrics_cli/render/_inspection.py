"""What files were taken for, as a page, as a record of the JSON contract and as flat rows: one per column of a file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from custmetrics_cli.render._format import Can
from custmetrics_cli.render._page import Head, Line, Page, Sheet, aligned, used_text
from custmetrics_cli.render._record import Record, document, problem_record, rows_record
from custmetrics_cli.render.errors import excerpt_text, headline, more_text
from custmetrics_cli.result import Listing

if TYPE_CHECKING:
    from custmetrics_cli.result import Header, Inspected, Inspection

MARKS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", '"': "double quote", "'": "single quote"}
SEGMENT = "(segment)"


def inspection_page(inspected: Inspected, can: Can) -> Page:
    """For each file what is known of it, its columns, and its first problems."""
    page: Page = []
    for file in inspected.files:
        page += [*([Line()] if page else []), Line(file.path, strong=True), *_facts(file, can), *_columns(file), *_problems(file)]
    return page


def _facts(file: Inspection, can: Can) -> Page:
    facts = [
        ("table", file.table or "none"),
        ("encoding", file.encoding),
        ("delimiter", MARKS.get(file.delimiter, file.delimiter)),
        ("quote", MARKS.get(file.quote, file.quote)),
        ("header", f"line {file.header_line}" if file.header_line else ""),
        ("rows", used_text(file.read, file.used, file.excluded) if file.read is not None else ""),
        ("not there", ", ".join(file.absent)),
        ("answers", ", ".join(can.get(file.path, ()))),
        *(("note", note) for note in file.notes),
    ]
    return aligned([(f"  {name}", said) for name, said in facts if said])


def _columns(file: Inspection) -> Page:
    names = ("header", "column", "how it is read", "first day", "last day")
    cells = [(header.name, header.column or SEGMENT, header.how, _day(header.first), _day(header.last)) for header in file.headers]
    filled = [at for at in range(len(names)) if any(row[at] for row in cells)]
    heads = tuple(Head(names[at]) for at in filled)
    return [Sheet(heads, [tuple(row[at] for at in filled) for row in cells])] if cells else []


def _problems(file: Inspection) -> Page:
    said = [line for problem in file.problems for line in (headline(problem), problem.excerpt and f"  {excerpt_text(problem.excerpt)}")]
    hints = dict.fromkeys(f"hint: {problem.hint}" for problem in file.problems if problem.hint)
    return [Line(line) for line in [*said, *hints, more_text(file.total - len(file.problems))] if line]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def inspection_document(inspected: Inspected, can: Can) -> Record:
    body = {
        "files": [file_record(file, can) for file in inspected.files],
        "date_order": inspected.order or None,
        "decimal": inspected.decimal or None,
    }
    return document((), body, inspected.warnings)


def file_record(file: Inspection, can: Can) -> Record:
    """What is not known is null."""
    return {
        "path": file.path,
        "table": file.table or None,
        "encoding": file.encoding or None,
        "delimiter": file.delimiter or None,
        "quote": file.quote or None,
        "header_line": file.header_line or None,
        "columns": [_header_record(header) for header in file.headers],
        "absent": list(file.absent),
        "answers": list(can.get(file.path, ())),
        "notes": list(file.notes),
        "rows": None if file.read is None else rows_record(file.read, file.used, file.excluded),
        "problems": [problem_record(problem) for problem in file.problems],
        "total": max(file.total, len(file.problems)),
    }


def _header_record(header: Header) -> Record:
    days = {"first": _day(header.first) or None, "last": _day(header.last) or None}
    return {"header": header.name, "column": header.column or None, "how": header.how or None, **days}


def inspection_listing(inspected: Inspected) -> Listing:
    """One row per column of a file; of a file that is no table, one row with its first problem."""
    names = ("path", "table", "header", "column", "how", "first", "last", "problem")
    return Listing("columns", "what each column is read as", names, [row for file in inspected.files for row in _listed(file)])


def _listed(file: Inspection) -> list[tuple[str | None, ...]]:
    wrong = headline(file.problems[0]) if file.problems else None
    before = (file.path, file.table or None)
    rows = [(*before, *_header_record(header).values(), wrong) for header in file.headers]
    return rows or [(*before, None, None, None, None, None, wrong)]
