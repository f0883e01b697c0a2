"""The parts of a format: how its files are detected, and how its sheets are written as CSV."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.ingest.model import InputFile, RefusedCell
from custmetrics_cli.ingest.open.unpacked_size import written
from custmetrics_cli.ingest.typed_rows import TypedRows


class Sheet(NamedTuple):
    """One table of a file: a sheet of a workbook, a table of a database."""

    name: str  # "" = the only table of its file
    write: Callable[[Path], Iterable[RefusedCell]]  # writes UTF-8 CSV: one line for each row, nothing for an empty sheet
    is_hidden: bool = False  # read only if the user names it
    rows: TypedRows | None = None  # reads the columns without a copy, if the sheet has many rows


class Format(NamedTuple):
    """A file format. `open` yields the sheets, which can be written until it is closed."""

    title: str  # as in "is an Excel workbook"
    suffixes: tuple[str, ...]  # of files that are found in a folder
    detect: Callable[[bytes, Path], bool]  # from the first bytes of a file, and its path
    open: Callable[[Path, InputFile], AbstractContextManager[Sequence[Sheet]]]
    row_shift: int = -1  # its rows are counted from 1, without a row for the header

    @property
    def name(self) -> str:
        """The title without its article."""
        return self.title.removeprefix("an ").removeprefix("a ")


def damaged_error(file: InputFile, title: str, error: Exception | str) -> CustmetricsError:
    """Return E217 with the reason of a library, on one line."""
    lines = str(error).strip().rstrip(".").splitlines()
    reason = lines[0] if lines and " " in lines[0] else " ".join([type(error).__name__, *lines[:1]])
    hint = "download it again, or open it and save the table as CSV"
    return CustmetricsError(Problem("E217", f"is {title} that cannot be read: {reason}", Place(file.path), hint))


def binary_cell(row: int, column: int, hint: str) -> RefusedCell:
    """Return E223 for a cell of binary data. row: of the input; column: from 1."""
    return RefusedCell(row + 1, column, "E223", f"row {row:,} holds binary data, not text", hint)


def library(name: str, package: str, needs: str) -> ModuleType:
    """Import a library that only some inputs need. needs: something that old versions lack. Raises E225."""
    try:
        found = import_module(name)
        attrgetter(needs)(found)
    except (ImportError, AttributeError) as error:
        message = (
            f"this input needs a newer version of {name}"
            if isinstance(error, AttributeError)
            else f"this input needs {name}, which is not installed"
        )
        hint = f"install it: pip install --upgrade '{package}'"
        raise CustmetricsError(Problem("E225", message, hint=hint)) from None
    return found


def lines_of(rows: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    """Yield rows for a CSV writer. An empty row has no cells, and empty rows at the end are left out."""
    empty = 0
    for row in rows:
        if any(row):
            yield from ((),) * empty
            empty = 0
            yield row
        else:
            empty += 1


def write_csv(path: Path, rows: Iterable[Sequence[str]], keep_empty: bool = False) -> None:
    """Write rows of texts as CSV. keep_empty: empty rows are rows with empty cells, as in a database."""
    import csv

    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(_counted(rows if keep_empty else lines_of(rows)))


def _counted(rows: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    """Yield rows, and count their characters. Raises CustmetricsError E232."""
    for row in rows:
        written(sum(map(len, row)) + len(row))
        yield row
