"""The workbook: a summary, a sheet for each family and list, the raw results, and the definitions."""

from __future__ import annotations

import datetime as dt
import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

from custmetrics_cli.render.draw.xlsx.blocks import write_blocks
from custmetrics_cli.render.draw.xlsx.sheet import Sheet
from custmetrics_cli.render.draw.xlsx.styles import Styles
from custmetrics_cli.render.text import safe

if TYPE_CHECKING:
    from custmetrics_cli.render.document import Flat
    from custmetrics_cli.render.paper import Paper, Section

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
CREATED = dt.datetime(2000, 1, 1)  # no clock: the same answer gives the same bytes
OWN_SHEET = ("family", "list", "definitions", "inputs")
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
LONGEST_NAME = 31


def workbook(paper: Paper, flat: Flat, raw_name: str = "Raw results") -> bytes:
    """Return the workbook."""
    import xlsxwriter

    target = BytesIO()
    book = xlsxwriter.Workbook(target, OPTIONS)
    book.set_properties({"title": safe(paper.title)[:200], "created": CREATED, "comments": paper.foot})
    styles, names = Styles(book), set[str]()
    _summary(book, styles, paper, names)
    late = [part for part in paper.sections if part.kind in ("definitions", "inputs")]
    for part in [each for each in paper.sections if each.kind in OWN_SHEET and each not in late]:
        _sheet(book, styles, part, names)
    _raw(book, styles, flat, _unique(raw_name, names))
    for part in late:
        _sheet(book, styles, part, names)
    book.close()
    return target.getvalue()


def _summary(book: Any, styles: Styles, paper: Paper, names: set[str]) -> None:
    """Write the title and all parts that have no sheet of their own."""
    sheet = Sheet(book, styles, _unique(paper.title, names))
    sheet.line(paper.title, styles.title)
    if paper.subtitle:
        sheet.line(paper.subtitle)
    for part in paper.sections:
        if part.kind not in OWN_SHEET:
            sheet.skip()
            sheet.line(part.title, styles.section)
            write_blocks(sheet, part.blocks)
    sheet.close()


def _sheet(book: Any, styles: Styles, part: Section, names: set[str]) -> None:
    sheet = Sheet(book, styles, _unique(part.title, names))
    write_blocks(sheet, part.blocks)
    sheet.close(freeze=True)


def _raw(book: Any, styles: Styles, flat: Flat, name: str) -> None:
    """Write the rows that csv has, with numbers as numbers and all texts as texts."""
    columns, rows = flat
    sheet = Sheet(book, styles, name)
    sheet.raw(columns, rows)
    sheet.close(freeze=True)


def _unique(title: str, names: set[str]) -> str:
    """Return a name that a sheet may have and no other sheet has. Case does not count."""
    base = FORBIDDEN.sub(" ", safe(title)).strip()[:LONGEST_NAME] or "Sheet"
    name, count = base, 1
    while name.casefold() in names or name.casefold() == "history":
        count += 1
        name = f"{base[: LONGEST_NAME - 1 - len(str(count))]} {count}"
    names.add(name.casefold())
    return name
