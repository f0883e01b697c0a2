"""Find the marked cells of an .xlsx sheet: errors, formulas without a result, number formats, and numbers with many digits.

The patterns run over the bytes of the XML, so that sheets without marks cost nearly nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from custmetrics_cli.ingest.open.excel.marks import Marks
from custmetrics_cli.ingest.open.excel.number_format import Shown
from custmetrics_cli.ingest.open.excel.xlsx_package import XlsxPackage

CELL = rb"<(?:\w+:)?c\b"
OPEN = rb"[^>]*(?<!/)>\s*"  # the rest of the tag of a cell that is not empty
FORMULA = rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
NO_VALUE = rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</"
ERROR = re.compile(CELL + rb"[^>]*\bt=[\"']e[\"'][^>]*>.*?<(?:\w+:)?v>([^<]*)<", re.DOTALL)
UNCACHED = re.compile(CELL + rb"(?![^>]*\bt=[\"']str[\"'])" + OPEN + FORMULA + NO_VALUE)
ZERO = re.compile(CELL + OPEN + FORMULA + rb"<(?:\w+:)?v>0</")
LONG = re.compile(CELL + OPEN + rb"<(?:\w+:)?v>(-?\d{16,})<")
ANY_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
IS_TEXT = re.compile(rb"\bt=[\"'](?:s|str|inlineStr|b|e|d)[\"']")
REFERENCE = re.compile(rb"\br=[\"']\$?([A-Za-z]{1,3})\$?(\d+)[\"']")
ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
ROW_NUMBER = re.compile(rb"\br=[\"'](\d+)[\"']")
STYLE = re.compile(rb"\bs=[\"'](\d+)[\"']")


def read_xlsx_marks(package: XlsxPackage, sheet: str) -> Marks:
    """Return the marks of a sheet."""
    marks, rows = Marks(find_long_numbers=lambda: _long_numbers(package, sheet)), 0
    zeros: dict[int, set[int]] = defaultdict(set)
    formulas, styled = 0, _pattern_of(package.styles)
    for xml in package.rows(sheet):
        for row, column, match in _cells(ERROR, xml, rows) if b't="e"' in xml or b"t='e'" in xml else ():
            marks.errors[row][column] = match[1].decode()
        for row, column, match in _cells(styled, xml, rows) if styled else ():
            marks.shown[row][column] = _shown(package.styles, match)
        if b"<f" in xml or b":f" in xml:
            for row, column, _ in _cells(UNCACHED, xml, rows):
                marks.formulas[row].add(column)
            for row, column, _ in _cells(ZERO, xml, rows) if package.recalculates else ():
                zeros[row].add(column)
            formulas += len(ANY_FORMULA.findall(xml))
        rows += xml.count(b"row>")
    if formulas == sum(map(len, zeros.values())):
        marks.formulas.update(zeros)
    return marks


def _long_numbers(package: XlsxPackage, sheet: str) -> dict[tuple[int, int], str]:
    """Return the numbers that are written with more than 15 digits."""
    found: dict[tuple[int, int], str] = {}
    rows = 0
    for xml in package.rows(sheet):
        found |= {(row, column): match[1].decode() for row, column, match in _cells(LONG, xml, rows) if not IS_TEXT.search(match[0])}
        rows += xml.count(b"row>")
    return found


def _pattern_of(styles: dict[int, Shown]) -> re.Pattern[bytes] | None:
    """Return the pattern of cells with one of some styles."""
    numbers = "|".join(map(str, styles)).encode()
    return re.compile(CELL + rb"[^>]*\bs=[\"'](?:" + numbers + rb")[\"'][^>]*>") if styles else None


def _shown(styles: dict[int, Shown], start: re.Match[bytes]) -> Shown:
    number = STYLE.search(start[0])
    return styles[int(number[1]) if number else 0]


def _cells(pattern: re.Pattern[bytes], xml: bytes, rows: int) -> Iterator[tuple[int, int, re.Match[bytes]]]:
    """Yield the row, the column and the match of each cell that fits a pattern. rows: the number of rows in earlier pieces."""
    for match in pattern.finditer(xml):
        tag = match[0][: match[0].index(b">")]
        reference = REFERENCE.search(tag)
        if reference:
            yield int(reference[2]) - 1, _column(reference[1]), match
        else:
            yield *_counted(xml, match.start(), rows), match


def _column(letters: bytes) -> int:
    """Return the position of a column from its letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number - 1


def _counted(xml: bytes, at: int, rows: int) -> tuple[int, int]:
    """Return the row and the column of a cell without a reference: cells and rows follow one another without gaps."""
    starts = [*ROW.finditer(xml, 0, at)]
    number = ROW_NUMBER.search(starts[-1][1]) if starts else None
    row = int(number[1]) - 1 if number else rows + len(starts) - 1
    return row, len(re.findall(CELL, xml[starts[-1].start() if starts else 0 : at]))
