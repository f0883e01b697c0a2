"""Reads a plain file as text, quickly: slices of whole records, each parsed by one core: several cores on one slice take longer in all.

The parser is lenient about quotes where leniency loses rows (a quote that is never closed swallows the rest of the file), so each
slice is first checked to be quoted well. What is not, and what the parser refuses, is Refused: the scan reads it record by record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.csv

SLICE = 8 << 20  # bytes read and parsed at a time: memory stays modest, and every core finds some
BLOCK = 4 << 20  # bytes parsed at a time; each makes a dictionary of its own, so not too small
HEAD = 1 << 20  # the data begin within these bytes
NEAR = 128 << 10  # bytes that are looked at while they are near
EDGE = 128  # the part of a slice, at its end, in which a line mostly ends: a 128th
CODED = pa.dictionary(pa.int32(), pa.string())  # for texts that repeat
IDS = pa.string()  # for ids, of which there are many
PLAIN = pa.date32()  # for days all written as 2022-04-05 (quick.py)


class Refused(Exception):
    """This file is not CSV as the fast reader and the scan both understand it."""


class NotUtf8(Exception):
    """A byte that is no UTF-8, in a file of which only the ends were looked at."""


class CsvPart(NamedTuple):
    """Where the records of an input are to be read from: the file itself, or a straightened copy of it."""

    path: Path
    delimiter: str
    quote: str
    line: int  # the physical line, from 1, on which the first record starts
    width: int  # how many cells a record has
    positions: Mapping[str, int]  # what to read -> which cell, from 0
    fallbacks: Mapping[str, tuple[str, ...]] = {}  # of these, what is taken where its cell is empty, the best first
    last: int = 0  # the physical line of the last record; 0 = the end of the file
    scan_all: bool = False  # what a record says depends on those above it, or signs are escaped: nothing is read but by the scan
    escape: str = ""  # what stands before a sign that is meant as it is


class Slice(NamedTuple):
    """Some whole records. Not sound: a quote is wrong, and where its records end is not known; they may reach to the end of the file."""

    offset: int  # of its first byte in the file
    data: bytes
    well_quoted: bool = True


def start(part: CsvPart) -> int:
    """The byte at which the first record starts."""
    return _before(part, part.line)


def _before(part: CsvPart, line: int) -> int:
    """The bytes before a physical line near the head of the file."""
    with part.path.open("rb") as file:
        return sum(map(len, file.read(HEAD).splitlines(keepends=True)[: line - 1]))


def slices(feed: CsvPart) -> Iterator[Slice]:
    """The file in pieces that end where a record ends; one that is not sound is the last."""
    at, size = start(feed), SLICE
    if feed.scan_all:
        yield Slice(at, b"", well_quoted=False)
        return
    end = _before(feed, feed.last + 1) if feed.last else None
    with feed.path.open("rb") as file:
        while True:
            part = _lines(file, at, size)[: end and end - at]
            try:
                cut = border(part, feed)
            except Refused:
                yield Slice(at, b"", well_quoted=False)
                return
            if cut:
                yield Slice(at, part[:cut])
                at, size = at + cut, SLICE
            elif len(part) < size - size // EDGE:
                break
            else:
                size *= 2
    sound = part.count(feed.quote.encode()) % 2 == 0
    yield Slice(at, part if sound else b"", sound)


def _lines(file: BinaryIO, at: int, size: int) -> bytes:
    """That many bytes from a place on, but for a last line that is not whole: cutting it off afterwards would copy all the others."""
    edge = size // EDGE
    file.seek(at + size - edge)
    whole = file.read(edge).rfind(b"\n") + 1
    file.seek(at)
    return file.read(size - edge + (whole or edge))


def texts(part: CsvPart, kinds: Mapping[str, pa.DataType]) -> Iterator[pa.Table]:
    """The columns of the feed by name, slice by slice. Raises Refused, NotUtf8."""
    for piece in slices(part):
        if not piece.well_quoted:
            raise Refused("a quote is wrong")
        yield parsed(piece.data, part, kinds)


def border(part: bytes, feed: CsvPart) -> int:
    """The length of the whole records in a piece; 0 = it holds not even one. Raises Refused when its quotes are wrong."""
    quote = feed.quote.encode()
    if quote not in part:
        return part.rfind(b"\n") + 1
    marks = _quotes(part, feed)
    cut = part.rfind(b"\n") + 1
    while cut and np.searchsorted(marks, cut) % 2:
        cut = part.rfind(b"\n", 0, cut - 1) + 1
    return cut


def _quotes(part: bytes, feed: CsvPart) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Where the quotes stand: each must open a cell, close one, or stand double. Raises Refused."""
    data = np.frombuffer(part, np.uint8)
    marks = np.flatnonzero(data == ord(feed.quote))
    beside = np.zeros(256, bool)
    beside[[ord(feed.delimiter), ord(feed.quote), 10, 13]] = True
    opening, closing = marks[::2], marks[1::2]
    before, after = opening[opening > 0] - 1, closing[closing < len(data) - 1] + 1
    if not (beside[data[before]].all() and beside[data[after]].all()):
        raise Refused("a quote stands within a cell")
    return marks


def parsed(part: bytes, feed: CsvPart, kinds: Mapping[str, pa.DataType]) -> pa.Table:
    """The columns of whole records by name, as many as the line ends say. Raises Refused, NotUtf8."""
    names = [str(position) for position in range(feed.width)]
    wanted = _kinds(feed, kinds)
    if not part or part.isspace():
        return pa.table({key: pa.chunked_array([], kinds[key]) for key in feed.positions})
    quoted = feed.quote.encode() in part
    try:
        table = pa.csv.read_csv(
            pa.BufferReader(part),
            read_options=pa.csv.ReadOptions(block_size=BLOCK, column_names=names, use_threads=False),
            parse_options=pa.csv.ParseOptions(
                delimiter=feed.delimiter, quote_char=feed.quote if quoted else False, newlines_in_values=quoted
            ),
            convert_options=pa.csv.ConvertOptions(
                column_types=wanted, include_columns=list(wanted), strings_can_be_null=False, null_values=[""]
            ),
        )
    except pa.ArrowInvalid as refusal:
        raise (NotUtf8 if "invalid UTF8" in str(refusal) else Refused)(str(refusal)) from None
    if table.num_rows != _newlines(part) and table.num_rows != counted(part, feed):
        raise Refused(f"{table.num_rows} rows are not what the line ends say")
    return pa.table({key: _as(table.column(names[position]), kinds[key]) for key, position in feed.positions.items()})


def _newlines(part: bytes) -> int:
    """Counted in pieces that stay in a core's own memory: twice as quick."""
    data = np.frombuffer(part, np.uint8)
    return sum(int(np.count_nonzero(data[at : at + NEAR] == 10)) for at in range(0, len(data), NEAR))


def _kinds(part: CsvPart, kinds: Mapping[str, pa.DataType]) -> dict[str, pa.DataType]:
    """How each cell is parsed: what is read for several ends, as texts that repeat, and made into texts for whom that is too few."""
    found: dict[str, pa.DataType] = {}
    for key, position in part.positions.items():
        name = str(position)
        found[name] = kinds[key] if found.get(name, kinds[key]) == kinds[key] else CODED
    return found


def _as(column: pa.ChunkedArray, kind: pa.DataType) -> pa.ChunkedArray:
    return column.cast(kind) if kind == IDS != column.type else column


def counted(part: bytes, feed: CsvPart) -> int:
    """Records by their line ends: those outside quotes that do not follow another one. Raises Refused."""
    data = np.frombuffer(part, np.uint8)
    ends = np.flatnonzero((data == 10) | (data == 13))
    if feed.quote.encode() in part:
        ends = ends[np.searchsorted(_quotes(part, feed), ends) % 2 == 0]
    return int((np.diff(ends, prepend=-1, append=len(data)) > 1).sum())
