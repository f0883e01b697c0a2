"""Open files of typed tables (workbooks, databases, Parquet, JSON): each of their sheets becomes a private CSV file.

From there on, a sheet is read like a CSV file. One line holds one row, so the line of a message is the row of the sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import NamedTuple

from custmetrics_cli.core.discovery import Discovered
from custmetrics_cli.core.errors import CustmetricsError, Place, Problem, near, quote_for_shell
from custmetrics_cli.ingest.model import InputFile, RefusedCell, TextFile
from custmetrics_cli.ingest.open import formats
from custmetrics_cli.ingest.open.sheet import Format, Sheet
from custmetrics_cli.ingest.open.temp_files import Scratch
from custmetrics_cli.ingest.open.unpacked_size import counting
from custmetrics_cli.ingest.typed_rows import TypedFile

FORMATS: Mapping[str, Format] = Discovered(formats, "FORMAT")


def format_of(head: bytes, path: Path) -> Format | None:
    """Return the format of a file by its content; None for text and for types that are not read."""
    return next((each for each in FORMATS.values() if each.detect(head, path)), None)


def suffixes() -> tuple[str, ...]:
    """Return the suffixes by which the files of all formats are found in a folder."""
    return tuple(suffix for each in FORMATS.values() for suffix in each.suffixes)


def open_sheets(file: InputFile, path: Path, original: Path, known: Format, scratch: Scratch) -> Iterator[TextFile]:
    """Yield a text file for each sheet to read: the one that the user names, else every visible one with cells. Raises E214 to E228."""
    with known.open(path, file) as sheets:
        chosen = [_named(file, sheets, known)] if file.sheet else [sheet for sheet in sheets if not sheet.is_hidden]
        copies = [_copy(file, sheet, scratch) for sheet in chosen]
    filled = [each for each in copies if each.size]
    if not filled:
        raise CustmetricsError(_no_table(file, sheets))
    for copy in filled:
        source = _source(file, copy.sheet, is_only=len(filled) == 1)
        yield TextFile(source, copy.path, known.name, copy.size, original, True, True, copy.refused, known.row_shift, typed=copy.typed)


class Copy(NamedTuple):
    """A sheet as CSV, or its first rows if the others can be read without a copy."""

    sheet: Sheet
    path: Path
    size: int  # bytes of all rows as CSV, about
    refused: tuple[RefusedCell, ...] = ()
    typed: TypedFile | None = None


def _copy(file: InputFile, sheet: Sheet, scratch: Scratch) -> Copy:
    @cache
    def write() -> tuple[Path, tuple[RefusedCell, ...]]:
        path = scratch.file()
        with counting(scratch.unpacked, file.path):
            return path, tuple(sheet.write(path))

    if sheet.rows:
        head = scratch.file()
        count = sheet.rows.write_head(head)
        if count < sheet.rows.count:
            return Copy(sheet, head, head.stat().st_size * sheet.rows.count // count, typed=TypedFile(sheet.rows, write))
    path, refused = write()
    return Copy(sheet, path, path.stat().st_size, refused)


def _source(file: InputFile, sheet: Sheet, is_only: bool) -> InputFile:
    """Return the source of a sheet. If there are several, those that are not recognised are skipped, as in a folder."""
    path = f"{file.path}#{sheet.name}" if sheet.name else file.path
    return file._replace(path=path) if is_only else file._replace(path=path, is_named=False, workbook=file.path)


def _named(file: InputFile, sheets: Sequence[Sheet], known: Format) -> Sheet:
    """Return the sheet that the user names, in the same case or another. Raises E214."""
    key = file.sheet.casefold().strip()
    exact = [each for each in sheets if each.name == file.sheet]
    similar = [each for each in sheets if each.name.casefold().strip() == key]
    if found := exact or similar:
        return found[0]
    raise CustmetricsError(no_sheet_problem(file, known.title, [sheet.name for sheet in sheets if sheet.name]))


def no_sheet_problem(file: InputFile, title: str, names: Sequence[str]) -> Problem:
    """Return E214 for a sheet that a file does not have. title: the type of the file. names: its sheets, if it can have some."""
    message = f"has no sheet '{file.sheet}'" if names else f"is {title}: it has no sheets to choose from"
    hint = f"leave out the sheet '{file.sheet}'"
    if names:
        best = next(iter(get_close_matches(file.sheet, names, n=1, cutoff=0.6)), names[0])
        hint = f"{near(file.sheet, names)}; pass it as {quote_for_shell(f'{file.path}#{best}')}"
    return Problem("E214", message, Place(file.path), hint)


def _no_table(file: InputFile, sheets: Sequence[Sheet]) -> Problem:
    """Return E215, which names the hidden sheets if there are any."""
    hidden = [sheet.name for sheet in sheets if sheet.is_hidden]
    message, hint = "contains no tables", "write a line of column names, and a row for each customer or payment"
    if file.sheet:
        message, hint = f"the sheet '{file.sheet}' is empty", "choose a sheet that contains a table"
    elif hidden:
        message = f"{message}, except on hidden sheets: {', '.join(hidden)}"
        hint = f"read a hidden sheet with its name: {quote_for_shell(f'{file.path}#{hidden[0]}')}"
    return Problem("E215", message, Place(file.path), hint)
