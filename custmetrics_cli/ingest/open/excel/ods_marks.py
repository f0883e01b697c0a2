"""Find the marked cells of an .ods sheet: errors, percentages and leading zeros. The file holds each cell's text as it is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree
from zipfile import ZipFile

from custmetrics_cli.ingest.open.excel.marks import Marks
from custmetrics_cli.ingest.open.excel.number_format import Shown, percent

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

HAS_MARKS = re.compile(rb"value-type=\"(?:error|percentage)\"|rows-spanned=\"(?!1\")|:p>(?:#[A-Z]|Err:\d|[^<]{0,20}\b0\d)")
IS_ERROR = re.compile(r"#[A-Z0/!?]+[!?A]|Err:\d+")
LEADING_ZERO = re.compile(r"\D*0\d[\d\W]*")


def read_ods_marks(path: Path, sheet: str) -> Marks:
    """Return the marks of a sheet."""
    marks = Marks()
    with ZipFile(path) as archive:
        content = archive.read("content.xml")
    if not HAS_MARKS.search(content):
        return marks
    table = next((each for each in ElementTree.fromstring(content).iter() if _is(each, "table") and _get(each, "name") == sheet), None)
    for row, line in _repeated(_rows(table), "number-rows-repeated") if table is not None else ():
        for column, cell in _repeated(_cells(line), "number-columns-repeated"):
            _mark(marks, row, column, cell)
    return marks


def _mark(marks: Marks, row: int, column: int, cell: Element) -> None:
    if (rows := int(_get(cell, "number-rows-spanned") or 1)) > 1:
        marks.merged.append(((row, column), (row + rows - 1, column)))
    kind, text = _get(cell, "value-type"), _text(cell)
    has_formula = bool(_get(cell, "formula"))
    if any(value == "error" for name, value in cell.attrib.items() if _local(name) == "value-type"):
        marks.errors[row][column] = text or "#N/A"
    elif has_formula and IS_ERROR.fullmatch(text):
        marks.errors[row][column] = text
    elif kind == "percentage":
        marks.shown[row][column] = percent
    elif kind == "float" and LEADING_ZERO.fullmatch(text) and "," not in text and "." not in text:
        marks.shown[row][column] = _literal(text)


def _literal(text: str) -> Shown:
    return lambda _: text


def _rows(table: Element) -> list[Element]:
    return [each for each in table.iter() if _is(each, "table-row")]


def _cells(row: Element) -> list[Element]:
    return [each for each in row if _is(each, "table-cell") or _is(each, "covered-table-cell")]


def _repeated(elements: list[Element], attribute: str) -> Iterator[tuple[int, Element]]:
    """Yield the position of each element with each of its repetitions. Long repetitions are empty."""
    at = 0
    for each in elements:
        count = int(_get(each, attribute) or 1)
        if len(each) and count < 1 << 16:
            yield from ((at + number, each) for number in range(count))
        at += count


def _text(cell: Element) -> str:
    return " ".join("".join(each.itertext()) for each in cell if _is(each, "p")).strip()


def _is(element: Element, name: str) -> bool:
    return _local(element.tag) == name


def _get(element: Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if _local(key) == name), "")


def _local(name: str) -> str:
    return name.rpartition("}")[2]
