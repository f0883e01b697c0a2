"""Write a small .xlsb workbook by hand: no free program writes one."""

from __future__ import annotations

import datetime as dt
import struct
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

FORMATS = {164: "dd.mm.yyyy", 165: "00000", 166: "0%"}  # styles 1, 2 and 3; style 0 is general
RELATIONS = '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
RELATION = '<Relationship Id="{}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/>'
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
)
EPOCH = dt.date(1899, 12, 30)


def write_xlsb(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]], merged: Sequence[tuple[int, int, int, int]] = ()) -> Path:
    """Write a workbook. A tuple is (number, style). #N/A is an error, and #DIV/0! is the error of a formula.

    merged: first and last row, first and last column of merged cells, on every sheet.
    """
    keys = [f"rId{number}" for number in range(1, len(sheets) + 1)]
    bundle = b"".join(
        _record(156, struct.pack("<II", 0, at + 1) + _text(key) + _text(name))
        for at, (key, name) in enumerate(zip(keys, sheets, strict=True))
    )
    relations = "".join(RELATION.format(key, "worksheet", f"worksheets/{key}.bin") for key in keys)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONS.format(RELATION.format("rId1", "officeDocument", "xl/workbook.bin")))
        archive.writestr("xl/_rels/workbook.bin.rels", RELATIONS.format(relations + RELATION.format("rId99", "styles", "styles.bin")))
        archive.writestr("xl/workbook.bin", _record(131) + _record(143) + bundle + _record(144) + _record(132))
        archive.writestr("xl/styles.bin", _styles())
        for key, rows in zip(keys, sheets.values(), strict=True):
            archive.writestr(f"xl/worksheets/{key}.bin", _sheet(rows, merged))
    return path


def _styles() -> bytes:
    formats = b"".join(_record(44, struct.pack("<H", number) + _text(code)) for number, code in FORMATS.items())
    styles = b"".join(_record(47, struct.pack("<HH", 0, number) + bytes(12)) for number in (0, *FORMATS))
    count = len(FORMATS)
    return b"".join(
        [
            _record(278),
            _record(615, struct.pack("<I", count)) + formats + _record(616),
            _record(617, struct.pack("<I", count + 1)) + styles + _record(618),
            _record(279),
        ]
    )


def _sheet(rows: Sequence[Sequence[Any]], merged: Sequence[tuple[int, int, int, int]]) -> bytes:
    width = max(map(len, rows), default=1)
    size = _record(148, struct.pack("<IIII", 0, max(len(rows) - 1, 0), 0, width - 1))
    ranges = b"".join(_record(176, struct.pack("<4I", *each)) for each in merged)
    areas = _record(177, struct.pack("<I", len(merged))) + ranges + _record(178) if merged else b""
    return b"".join([_record(129), size, _record(145), *_cells(rows), _record(146), areas, _record(130)])


def _cells(rows: Sequence[Sequence[Any]]) -> Iterator[bytes]:
    for row, values in enumerate(rows):
        yield _record(0, struct.pack("<I", row) + bytes(13))
        for column, value in enumerate(values):
            yield from _cell(column, value)


def _cell(column: int, value: Any) -> Iterator[bytes]:
    number, style = value if isinstance(value, tuple) else (value, 1 if isinstance(value, dt.date) else 0)
    head = struct.pack("<II", column, style)
    match number:
        case "#N/A":
            yield _record(3, head + bytes([0x2A]))
        case "#DIV/0!":
            yield _record(11, head + bytes([0x07]) + bytes(10))
        case bool():
            yield _record(4, head + bytes([number]))
        case str():
            yield _record(6, head + _text(number))
        case dt.date():
            yield _record(5, head + struct.pack("<d", (number - EPOCH).days))
        case int() | float():
            yield _record(5, head + struct.pack("<d", number))


def _record(kind: int, data: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = len(data)
    sizes = bytearray()
    while True:
        sizes.append(length & 0x7F | (0x80 if length > 0x7F else 0))
        length >>= 7
        if not length:
            return head + bytes(sizes) + data


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")
