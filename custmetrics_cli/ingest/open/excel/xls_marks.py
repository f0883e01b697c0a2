"""Find the marked cells of an .xls sheet: errors, and number formats that change the meaning of a number.

The stream is a list of records: a type, a length and data. Each sheet is a part of it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import cached_property

from custmetrics_cli.ingest.open.excel.marks import Marks
from custmetrics_cli.ingest.open.excel.number_format import PERCENT_IDS, Shown, shown_by

BEGIN, END, SHEET, FORMAT, STYLE = 0x0809, 0x000A, 0x0085, 0x041E, 0x00E0
FORMULA, NUMBER, SHORT_NUMBER, SHORT_NUMBERS, FLAG_OR_ERROR = 0x0006, 0x0203, 0x027E, 0x00BD, 0x0205
ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
RESULT_IS_ERROR, NOT_A_NUMBER = 2, b"\xff\xff"

Record = tuple[int, bytes]


class XlsMarks:
    """The marks of a workbook's stream."""

    def __init__(self, stream: bytes) -> None:
        self._stream = stream
        self._globals = [*_records(stream, 0)]

    def read(self, sheet: str) -> Marks:
        """Return the marks of a sheet."""
        marks = Marks()
        for kind, data in _records(self._stream, self._sheets[sheet]) if sheet in self._sheets else ():
            if kind in (FORMULA, NUMBER, SHORT_NUMBER, FLAG_OR_ERROR):
                self._add(marks, kind, data)
            elif kind == SHORT_NUMBERS and self._styles:
                row, column = struct.unpack_from("<HH", data)
                for at in range(4, len(data) - 2, 6):
                    self._style(marks, row, column + at // 6, struct.unpack_from("<H", data, at)[0])
        return marks

    def _add(self, marks: Marks, kind: int, data: bytes) -> None:
        row, column, style = struct.unpack_from("<HHH", data)
        if kind == FLAG_OR_ERROR:
            if data[7]:
                marks.errors[row][column] = ERRORS.get(data[6], "#N/A")
        elif kind == FORMULA and data[12:14] == NOT_A_NUMBER:
            if data[6] == RESULT_IS_ERROR:
                marks.errors[row][column] = ERRORS.get(data[8], "#N/A")
        else:
            self._style(marks, row, column, style)

    def _style(self, marks: Marks, row: int, column: int, style: int) -> None:
        if style in self._styles:
            marks.shown[row][column] = self._styles[style]

    @cached_property
    def _styles(self) -> dict[int, Shown]:
        """Return the styles whose number format changes the meaning of a number."""
        codes = dict(PERCENT_IDS)
        codes |= {struct.unpack_from("<H", data)[0]: _text(data, 2, 2) for kind, data in self._globals if kind == FORMAT}
        numbers = [struct.unpack_from("<H", data, 2)[0] for kind, data in self._globals if kind == STYLE]
        shown = {at: shown_by(codes.get(number, "")) for at, number in enumerate(numbers)}
        return {at: function for at, function in shown.items() if function}

    @cached_property
    def _sheets(self) -> dict[str, int]:
        """Return the offset of each sheet."""
        return {_text(data, 6, 1): struct.unpack_from("<I", data)[0] for kind, data in self._globals if kind == SHEET}


def _records(stream: bytes, at: int) -> Iterator[Record]:
    """Yield the records of a part of the stream, without those of charts inside it."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        depth += (kind == BEGIN) - (kind == END)
        if depth == 1:
            yield kind, stream[at + 4 : at + 4 + length]
        elif depth <= 0:
            return
        at += 4 + length


def _text(data: bytes, at: int, width: int) -> str:
    """Return a text. width: bytes of its length, which a byte of flags follows."""
    count = int.from_bytes(data[at : at + width], "little")
    begin = at + width + 1
    is_wide = data[at + width] & 1
    return data[begin : begin + count * 2].decode("utf-16-le", "replace") if is_wide else data[begin : begin + count].decode("latin-1")
