"""Workbooks of Excel and LibreOffice: .xlsx, .xlsm, .xls, .xlsb and .ods, read by python-calamine."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.ingest.model import InputFile
from custmetrics_cli.ingest.open.sheet import Format, Sheet, damaged_error, library

if TYPE_CHECKING:
    from custmetrics_cli.ingest.open.excel.marks import MarkReader

TITLE = "an Excel workbook"
OLE = b"\xd0\xcf\x11\xe0"
SPREADSHEET = re.compile(r"xl/workbook\.|mimetype$", re.IGNORECASE)


def detect(head: bytes, path: Path) -> bool:
    """Return whether a file is a workbook. Zip files are looked into."""
    if head.startswith(OLE):
        return True
    if not head.startswith(b"PK\x03\x04"):
        return False
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(path) as archive:
            names = [name for name in archive.namelist() if SPREADSHEET.match(name)]
            return bool(names) and (names != ["mimetype"] or b"spreadsheet" in archive.read("mimetype"))
    except (BadZipFile, OSError, RuntimeError, NotImplementedError):
        return False


@contextmanager
def open_workbook(path: Path, file: InputFile) -> Iterator[Sequence[Sheet]]:
    """Yield the sheets of a workbook. Charts and macros are not sheets. Raises E216, E217."""
    from custmetrics_cli.ingest.open.excel.mark_readers import mark_reader

    calamine = library("python_calamine", "python-calamine>=0.9", needs="CalamineSheet.merged_cell_ranges")
    with _report(file, calamine.PasswordError), ExitStack() as stack:
        marks = mark_reader(path, stack)
        workbook = stack.enter_context(calamine.CalamineWorkbook.from_filelike(stack.enter_context(path.open("rb"))))
        visible, is_sheet = calamine.SheetVisibleEnum.Visible, calamine.SheetTypeEnum.WorkSheet
        metadata = [each for each in workbook.sheets_metadata if each.typ == is_sheet]
        yield [Sheet(each.name, _writer(workbook, each.name, marks), each.visible != visible) for each in metadata]


@contextmanager
def _report(file: InputFile, password_error: type[Exception]) -> Iterator[None]:
    """Turn the errors of the libraries into E216 and E217."""
    from custmetrics_cli.ingest.open.excel.mark_readers import Locked

    try:
        yield
    except (password_error, Locked):
        hint = "open it, remove the password and save it"
        raise CustmetricsError(Problem("E216", "is a workbook with a password", Place(file.path), hint)) from None
    except CustmetricsError:
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno:
            raise
        raise damaged_error(file, TITLE, error) from None


def _writer(workbook: Any, name: str, marks: MarkReader) -> Any:
    from custmetrics_cli.ingest.open.excel.sheet_rows import SheetRows

    return lambda path: SheetRows(workbook.get_sheet_by_name(name), marks(name)).write(path)


FORMAT = Format(TITLE, (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"), detect, open_workbook, row_shift=0)
