"""The slices of one file as tables of texts: parsed ahead in threads, or read from the patches that replace them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import NamedTuple

import pyarrow as pa

from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.ingest.check.file_progress import FileProgress
from custmetrics_cli.ingest.check.plan import ReadPlan
from custmetrics_cli.ingest.check.row_count import disagreement_error
from custmetrics_cli.ingest.open.temp_files import Scratch
from custmetrics_cli.ingest.open.unpack import recode
from custmetrics_cli.ingest.parse.column_keys import LINE, ROW_ID, TEXT
from custmetrics_cli.ingest.parse.csv_slices import ID_TEXT, REPEATED_TEXT, NotUtf8, Refused, Slice, parse_file, parse_slice, read_slices
from custmetrics_cli.ingest.parse.fallbacks import count_filled, fill_from_fallbacks
from custmetrics_cli.ingest.parse.iso_dates import IsoDateParser
from custmetrics_cli.ingest.parse.prefetch import Prefetch
from custmetrics_cli.ingest.typed_rows import NotText, TypedRows, TypedSlice

SMALL = 1 << 18  # bytes of a file that is parsed at once
AHEAD = 4  # slices parsed before they are needed
PARSERS = max(1, min(3, pa.cpu_count() - 1))  # slices parsed at once; one core is left for what follows


class ParsedSlice(NamedTuple):
    """A slice of a file, and its columns."""

    piece: Slice
    texts: pa.Table | None  # None: the parser refuses it, or a patch replaces it
    is_utf8: bool = True


class SourceRows(NamedTuple):
    """Some rows of a file: their texts, and where they are in the file."""

    texts: pa.Table
    data: bytes = b""  # the rows as the file holds them; empty for rows of a copy
    begin: int = 0  # the offset of the data in the file
    places: pa.Table | None = None  # LINE and TEXT of each row of a copy


class FileSlices:
    """The slices of one file."""

    def __init__(self, progress: FileProgress, plan: ReadPlan) -> None:
        self._progress, self._part = progress, progress.csv_part
        self._ahead = (1, 1) if self._part.in_little else (AHEAD, PARSERS)
        self._id = plan.id.name if plan.id else ""
        ids = {ROW_ID, self._id, *self._part.fallbacks.get(self._id, ())}
        self._types = {LINE: REPEATED_TEXT, TEXT: ID_TEXT} | {key: ID_TEXT if key in ids else REPEATED_TEXT for key in self._part.positions}
        self._days = [key for key in self._part.positions if plan.is_day(key) and key not in self._part.fallbacks]

    def parse_ahead(self, is_first: bool) -> AbstractContextManager[Iterable[ParsedSlice]]:
        """Parse the slices in threads, a few before they are needed. To be closed.

        Small files after the first one are not worth threads: the engine has been imported while the first one was parsed.
        """
        if typed := self._progress.text_file.typed:
            slices = typed.rows.slices({*self._part.positions.values()}, self._part.in_little)
            return Prefetch(slices, partial(self._read_typed, typed.rows), *self._ahead)
        parser = IsoDateParser(self._part, self._types, self._days)
        if not is_first and self._part.path.stat().st_size <= SMALL:
            return nullcontext(self._parse(piece, parser) for piece in read_slices(self._part))
        return Prefetch(read_slices(self._part), lambda piece: self._parse(piece, parser), *self._ahead)

    def _parse(self, piece: Slice, parser: IsoDateParser) -> ParsedSlice:
        if not piece.well_quoted or piece.offset in self._progress.patches:
            return ParsedSlice(piece, None)
        try:
            return ParsedSlice(piece, parser.parse(piece.data))
        except Refused:
            return ParsedSlice(piece, None)
        except NotUtf8:
            return ParsedSlice(piece, None, is_utf8=False)

    def _read_typed(self, rows: TypedRows, part: TypedSlice) -> ParsedSlice:
        piece = Slice(part.row, b"")
        try:
            return ParsedSlice(piece, rows.texts(part, self._part.positions, self._types, self._days))
        except NotText:
            return ParsedSlice(piece, None)

    def rows(self, parsed_slice: ParsedSlice) -> Iterator[SourceRows]:
        """Yield the rows of a slice, or of the patch that replaces it, with fallbacks in the place of empty cells."""
        piece, texts = parsed_slice.piece, parsed_slice.texts
        for rows in self._patched(piece) if texts is None else [SourceRows(texts, piece.data, piece.offset)]:
            if self._id:
                self._progress.fallback_ids += count_filled(rows.texts, self._part, self._progress.layout, self._id)
            yield rows._replace(texts=fill_from_fallbacks(rows.texts, self._part, self._progress.layout))

    def _patched(self, piece: Slice) -> Iterator[SourceRows]:
        """Yield the good ranges of a slice, and the good rows that the scan copied. Raises CustmetricsError E901."""
        patch = self._progress.patches[piece.offset]
        for begin, end in patch.ranges:
            data = piece.data[begin:end]
            yield SourceRows(parse_slice(data, self._part, self._types), data, piece.offset + begin)
        missing = patch.rows
        try:
            for table in parse_file(patch.copy, self._types):
                missing -= table.num_rows
                yield _of_copy(table)
        except Refused:
            raise CustmetricsError(disagreement_error(self._progress)) from None
        if missing:
            raise CustmetricsError(disagreement_error(self._progress))

    def parse(self, data: bytes) -> pa.Table:
        """Parse some whole records. Raises Refused."""
        return fill_from_fallbacks(parse_slice(data, self._part, self._types), self._part, self._progress.layout)


def _of_copy(table: pa.Table) -> SourceRows:
    """Return the rows of a copy, with their places if it holds them."""
    if LINE not in table.column_names:
        return SourceRows(table)
    return SourceRows(table.drop_columns([LINE, TEXT]), places=table.select([LINE, TEXT]))


def replace_unless_utf8(progress: FileProgress, scratch: Scratch, encoding: str, is_utf8: bool) -> bool:
    """Replace a file that is not UTF-8 by a converted copy, and return whether that was needed.

    Only the ends of a large file were checked before. is_utf8: the parser found only UTF-8 so far. encoding: as the user set it.
    Raises CustmetricsError E208, E209; E901 when the parser found another byte, and the check of the whole file does not.
    """
    if is_utf8 and progress.text_file.checked:
        return False
    before, progress.text_file = progress.text_file, recode(progress.text_file, scratch, encoding)
    if progress.text_file.path != before.path:
        progress.csv_part = progress.csv_part._replace(path=progress.text_file.path)
        progress.patches.clear()
        return True
    if not is_utf8:
        raise CustmetricsError(disagreement_error(progress))
    return False
