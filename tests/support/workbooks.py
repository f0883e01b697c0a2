"""Write one table in every input format, as other programs write it."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
import xlwt

Rows = Sequence[Sequence[Any]]
XLS_ERROR = "#DIV/0!"  # a cell with this error in an .xls workbook


def write_xlsx(path: Path, sheets: Mapping[str, Rows], hidden: Sequence[str] = (), **options: Any) -> Path:
    """Write a workbook as Excel does. A tuple (value, number format) is a formatted cell. options: of xlsxwriter."""
    book = xlsxwriter.Workbook(str(path), options)
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                _write_cell(book, sheet, row, column, cell)
        if name in hidden:
            sheet.hide()
    book.close()
    return path


def _write_cell(book: Any, sheet: Any, row: int, column: int, cell: Any) -> None:
    value, code = cell if isinstance(cell, tuple) else (cell, "")
    if isinstance(value, dt.date) and not code:
        code = "dd.mm.yyyy hh:mm" if isinstance(value, dt.datetime) else "dd.mm.yyyy"
    form = book.add_format({"num_format": code}) if code else None
    if isinstance(value, dt.date):
        sheet.write_datetime(row, column, value, form)
    elif isinstance(value, str) and value.startswith("#"):
        sheet.write_formula(row, column, "=1/0", form, value)
    elif isinstance(value, str) and not value.startswith("="):
        sheet.write_string(row, column, value, form)
    elif value is not None:
        sheet.write(row, column, value, form)


def write_openpyxl(path: Path, rows: Rows) -> Path:
    """Write a workbook with formulas that were never computed."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def write_xls(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """Write a workbook of Excel 97. A tuple is (value, number format)."""
    book = xlwt.Workbook()
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                value, code = cell if isinstance(cell, tuple) else (cell, "DD.MM.YYYY" if isinstance(cell, dt.date) else "General")
                if value is XLS_ERROR:
                    sheet.row(row).set_cell_error(column, XLS_ERROR)
                elif value is not None:
                    sheet.write(row, column, value, xlwt.easyxf(num_format_str=code))
    book.save(str(path))
    return path


ODS = """<?xml version="1.0" encoding="UTF-8"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2"
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:version="1.2">
{styles}<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"""
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
MANIFEST = f"""<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">
<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"""


def write_ods(path: Path, sheets: Mapping[str, Rows], styles: str = "") -> Path:
    """Write a workbook of LibreOffice by hand. A text that begins with < is the XML of a cell."""
    tables = "".join(f'<table:table table:name="{name}">{"".join(map(_ods_row, rows))}</table:table>' for name, rows in sheets.items())
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", ODS_TYPE)
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", ODS.format(styles=styles, tables=tables))
    return path


def _ods_row(cells: Sequence[Any]) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, cells))}</table:table-row>"


def _ods_cell(value: Any) -> str:
    match value:
        case None | "":
            return "<table:table-cell/>"
        case bool():
            return f'<table:table-cell office:value-type="boolean" office:boolean-value="{str(value).lower()}"/>'
        case int() | float():
            return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
        case dt.date():
            return f'<table:table-cell office:value-type="date" office:date-value="{value.isoformat()}"/>'
    text = str(value)
    return text if text.startswith("<") else f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


Writer = Callable[[Path, Mapping[str, Rows]], Path]
WORKBOOKS: Mapping[str, Writer] = {"xlsx": write_xlsx, "xls": write_xls, "ods": write_ods}
