"""Find the marked cells of an .xlsb sheet, whose parts are lists of binary records: errors, and number formats."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import cached_property

from custmetrics_cli.ingest.open.excel.marks import Marks
from custmetrics_cli.ingest.open.excel.number_format import PERCENT_IDS, Shown, shown_by
from custmetrics_cli.ingest.open.excel.xls_marks import ERRORS
from custmetrics_cli.ingest.open.excel.xlsx_package import XlsxPackage

ROW, ERROR, FORMULA_ERROR, MERGED, NUMBERS = 0, 3, 11, 176, (2, 5, 9)  # types of records in a sheet
SHEET, FORMAT, STYLE, BEGIN_STYLES, END_STYLES = 156, 44, 47, 617, 618


class XlsbMarks:
    """The marks of an .xlsb package."""

    def __init__(self, package: XlsxPackage) -> None:
        self._package = package

    def read(self, sheet: str) -> Marks:
        """Return the marks of a sheet."""
        marks, row = Marks(), 0
        for kind, data in _records(self._package.part(self._sheets.get(sheet, ""))):
            if kind == ROW:
                row = struct.unpack_from("<I", data)[0]
            elif kind in (ERROR, FORMULA_ERROR):
                marks.errors[row][_column(data)] = ERRORS.get(data[8], "#N/A")
            elif kind == MERGED:
                first, last, left, right = struct.unpack_from("<4I", data)
                marks.merged.append(((first, left), (last, right)))
            elif kind in NUMBERS and (style := int.from_bytes(data[4:7], "little")) in self._styles:
                marks.shown[row][_column(data)] = self._styles[style]
        return marks

    @cached_property
    def _sheets(self) -> dict[str, str]:
        """Return the part of each sheet."""
        targets = {key: target for _, key, target in self._package.relations}
        found = {}
        for kind, data in _records(self._package.part(self._package.workbook)):
            if kind == SHEET:
                key, end = _text(data, 8)
                found[_text(data, end)[0]] = targets.get(key, "")
        return found

    @cached_property
    def _styles(self) -> dict[int, Shown]:
        """Return the styles whose number format changes the meaning of a number."""
        codes, numbers, is_style = dict(PERCENT_IDS), list[int](), False
        path = next((target for kind, _, target in self._package.relations if kind == "styles"), "")
        for kind, data in _records(self._package.part(path)):
            is_style = kind == BEGIN_STYLES or (is_style and kind != END_STYLES)
            if kind == FORMAT:
                codes[struct.unpack_from("<H", data)[0]] = _text(data, 2)[0]
            elif kind == STYLE and is_style:
                numbers.append(struct.unpack_from("<H", data, 2)[0])
        shown = {at: shown_by(codes.get(number, "")) for at, number in enumerate(numbers)}
        return {at: function for at, function in shown.items() if function}


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the type and the data of each record."""
    at = 0
    while at < len(data):
        kind, at = _number(data, at, 2)
        length, at = _number(data, at, 4)
        yield kind, data[at : at + length]
        at += length


def _number(data: bytes, at: int, most: int) -> tuple[int, int]:
    """Return a number of 7 bits a byte, and the offset behind it."""
    value = 0
    for count in range(most):
        byte = data[at + count]
        value |= (byte & 0x7F) << (7 * count)
        if byte < 0x80:
            return value, at + count + 1
    return value, at + most


def _column(data: bytes) -> int:
    column: int = struct.unpack_from("<I", data)[0]
    return column


def _text(data: bytes, at: int) -> tuple[str, int]:
    """Return a text, and the offset behind it."""
    end = at + 4 + 2 * struct.unpack_from("<I", data, at)[0]
    return data[at + 4 : end].decode("utf-16-le", "replace"), end
