"""Read a CSV file in slices of whole records, and parse a slice into columns of texts.

The parser accepts wrong quotes and loses rows (a quote that is never closed takes the rest of the file), so the quotes of each slice
are checked first. A slice with wrong quotes, or that the parser cannot read, is Refused: the scan reads it record by record.
One core parses a slice: several cores for one slice take longer in total.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.csv

SLICE = 8 << 20  # bytes read and parsed at a time: little memory, and work for every core
BLOCK = 4 << 20  # bytes parsed at a time; each block has a dictionary of its own, so not too small
HEAD = 1 << 20  # the data begin within these bytes
CACHED = 128 << 10  # bytes that stay in a core's own memory
EDGE = 128  # the last line of a slice mostly begins in its last 128th
REPEATED_TEXT = pa.dictionary(pa.int32(), pa.string())  # for columns whose texts repeat
ID_TEXT = pa.string()  # for ids, which repeat less
ISO_DAY = pa.date32()  # for days that are all written as 2022-04-05 (iso_dates.py)

ColumnTypes = Mapping[str, pa.DataType]


class Refused(Exception):
    """Some bytes are not CSV that the parser and the scan read in the same way."""


class NotUtf8(Exception):
    """A byte is not UTF-8, in a file of which only the ends were checked."""


class CsvPart(NamedTuple):
    """The part of a file that holds records: of an input file, or of a copy of its good rows."""

    path: Path
    delimiter: str
    quote: str
    first_line: int  # physical line, from 1, on which the first record starts
    width: int  # cells of a record
    positions: Mapping[str, int]  # key of a column -> position of its cell, from 0
    fallbacks: Mapping[str, tuple[str, ...]] = {}  # key -> keys of the columns used where its cell is empty, the best first
    last_line: int = 0  # physical line of the last record; 0 = the end of the file
    scan_all: bool = False  # only the scan can read it: rows depend on the rows above, or characters are escaped
    escape: str = ""  # character before one that is meant literally
    spaced: bool = False  # spaces separate delimiters from quoted cells
    in_little: bool = False  # memory: slices are a quarter as long, and are parsed one by one


class Slice(NamedTuple):
    """Some whole records."""

    offset: int  # of its first byte in the file
    data: bytes
    well_quoted: bool = True  # False: its data is empty; the records from its offset on, to the end of the file, are unknown


def data_offset(part: CsvPart) -> int:
    """Return the offset of the first record."""
    return _line_offset(part, part.first_line)


def _line_offset(part: CsvPart, line: int) -> int:
    """Return the offset of a physical line near the head of the file."""
    with part.path.open("rb") as file:
        return sum(map(len, file.read(HEAD).splitlines(keepends=True)[: line - 1]))


def read_slices(part: CsvPart) -> Iterator[Slice]:
    """Yield slices that end where a record ends. One that is not well quoted is the last."""
    whole = SLICE // 4 if part.in_little else SLICE
    offset, size = data_offset(part), whole
    if part.scan_all:
        yield Slice(offset, b"", well_quoted=False)
        return
    end = _line_offset(part, part.last_line + 1) if part.last_line else None
    with part.path.open("rb") as file:
        while True:
            data = _read_lines(file, offset, size)[: end and end - offset]
            try:
                length = end_of_last_record(data, part)
            except Refused:
                yield Slice(offset, b"", well_quoted=False)
                return
            if length:
                yield Slice(offset, data[:length])
                offset, size = offset + length, whole
            elif len(data) < size - size // EDGE:
                break
            else:
                size *= 2  # not even one whole record
    well_quoted = data.count(part.quote.encode()) % 2 == 0
    yield Slice(offset, data if well_quoted else b"", well_quoted)


def _read_lines(file: BinaryIO, offset: int, size: int) -> bytes:
    """Read about this many bytes, up to the end of a line: to cut a last line off afterwards would copy all the others."""
    edge = size // EDGE
    file.seek(offset + size - edge)
    whole_lines = file.read(edge).rfind(b"\n") + 1
    file.seek(offset)
    return file.read(size - edge + (whole_lines or edge))


def parse_file(part: CsvPart, types: ColumnTypes) -> Iterator[pa.Table]:
    """Yield the columns of the part, slice by slice. Raises Refused, NotUtf8."""
    for piece in read_slices(part):
        if not piece.well_quoted:
            raise Refused("a quote is wrong")
        yield parse_slice(piece.data, part, types)


def end_of_last_record(data: bytes, part: CsvPart) -> int:
    """Return the length of the whole records at the start of some bytes, 0 = not even one. Raises Refused where quotes are wrong."""
    quote = part.quote.encode()
    if quote not in data:
        return data.rfind(b"\n") + 1
    quotes = quote_positions(data, part)
    length = data.rfind(b"\n") + 1
    while length and (before := int(np.searchsorted(quotes, length))) % 2:  # this line end is inside quotes
        length = data.rfind(b"\n", 0, int(quotes[before - 1])) + 1
    return length


def quote_positions(data: bytes, part: CsvPart) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the positions of the quotes. Raises Refused unless each opens a cell, closes one, or is doubled."""
    letters = np.frombuffer(data, np.uint8)
    quotes = np.flatnonzero(letters == ord(part.quote))
    may_be_next = np.zeros(256, bool)
    may_be_next[[ord(part.delimiter), ord(part.quote), 10, 13]] = True
    opening, closing = quotes[::2], quotes[1::2]
    before, after = opening[opening > 0] - 1, closing[closing < len(letters) - 1] + 1
    if not (may_be_next[letters[before]].all() and may_be_next[letters[after]].all()):
        raise Refused("a quote is inside a cell")
    return quotes


def parse_slice(data: bytes, part: CsvPart, types: ColumnTypes) -> pa.Table:
    """Return the columns of whole records by key, with as many rows as there are line ends. Raises Refused, NotUtf8."""
    if not data or data.isspace():
        return pa.table({key: pa.chunked_array([], types[key]) for key in part.positions})
    table = _parse(data, part, types)
    if table.num_rows != _count_newlines(data) and table.num_rows != count_records(data, part):
        raise Refused(f"{table.num_rows} rows do not match the line ends")
    return pa.table({key: _cast(table.column(str(position)), types[key]) for key, position in part.positions.items()})


def _parse(data: bytes, part: CsvPart, types: ColumnTypes) -> pa.Table:
    """Return the columns by position."""
    by_position = _types_by_position(part, types)
    quoted = part.quote.encode() in data
    names = [str(position) for position in range(part.width)]
    convert = pa.csv.ConvertOptions(
        column_types=by_position, include_columns=list(by_position), strings_can_be_null=False, null_values=[""]
    )
    parse = pa.csv.ParseOptions(delimiter=part.delimiter, quote_char=part.quote if quoted else False, newlines_in_values=quoted)
    for block in (BLOCK, len(data)):  # a record may be longer than a block
        try:
            read = pa.csv.ReadOptions(block_size=block, column_names=names, use_threads=False)
            return pa.csv.read_csv(pa.BufferReader(data), read, parse, convert)
        except pa.ArrowInvalid as error:
            reason = str(error)
        if "straddling" not in reason:
            break
    raise (NotUtf8 if "invalid UTF8" in reason else Refused)(reason)


def _types_by_position(part: CsvPart, types: ColumnTypes) -> dict[str, pa.DataType]:
    """Return the type of each column that is read. One that is read under keys of different types is parsed as REPEATED_TEXT."""
    found: dict[str, pa.DataType] = {}
    for key, position in part.positions.items():
        name = str(position)
        found[name] = types[key] if found.get(name, types[key]) == types[key] else REPEATED_TEXT
    return found


def _cast(column: pa.ChunkedArray, type_: pa.DataType) -> pa.ChunkedArray:
    return column.cast(type_) if type_ == ID_TEXT != column.type else column


def _count_newlines(data: bytes) -> int:
    """Count in pieces that stay in a core's own memory: twice as fast."""
    letters = np.frombuffer(data, np.uint8)
    return sum(int(np.count_nonzero(letters[at : at + CACHED] == 10)) for at in range(0, len(letters), CACHED))


def count_records(data: bytes, part: CsvPart) -> int:
    """Count the line ends outside quotes that do not follow another one. Raises Refused."""
    letters = np.frombuffer(data, np.uint8)
    ends = np.flatnonzero((letters == 10) | (letters == 13))
    if part.quote.encode() in data:
        ends = ends[np.searchsorted(quote_positions(data, part), ends) % 2 == 0]
    return int((np.diff(ends, prepend=-1, append=len(letters)) > 1).sum())
