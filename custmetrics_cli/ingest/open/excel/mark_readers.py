"""Choose the reader of marks: the error, percent and merge flags of cells. Each workbook format stores them differently."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from custmetrics_cli.ingest.open.excel.compound_file import CompoundFile
from custmetrics_cli.ingest.open.excel.marks import MarkReader
from custmetrics_cli.ingest.open.excel.ods_marks import read_ods_marks
from custmetrics_cli.ingest.open.excel.xls_marks import XlsMarks
from custmetrics_cli.ingest.open.excel.xlsb_marks import XlsbMarks
from custmetrics_cli.ingest.open.excel.xlsx_marks import read_xlsx_marks
from custmetrics_cli.ingest.open.excel.xlsx_package import XlsxPackage

PASSWORD = "EncryptedPackage"  # the stream that holds an encrypted .xlsx


class Locked(Exception):
    """The workbook has a password."""


def mark_reader(path: Path, stack: ExitStack) -> MarkReader:
    """Return the function that finds the marks of a sheet. stack: closes the file at the end. Raises Locked."""
    with path.open("rb") as file:
        is_zip = file.read(2) == b"PK"
    if is_zip:
        package = XlsxPackage(path)
        stack.callback(package.close)
        if package.is_xlsx:
            return lambda sheet: read_xlsx_marks(package, sheet)
        if package.is_ods:
            return lambda sheet: read_ods_marks(path, sheet)
        return XlsbMarks(package).read
    compound = CompoundFile(path)
    if PASSWORD in compound:
        raise Locked
    return XlsMarks(compound.stream("Workbook", "Book")).read
