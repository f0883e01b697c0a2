"""Write one table in every input format, as other programs write it."""

from __future__ import annotations

import csv
import datetime as dt
import json
import sqlite3
import zipfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
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


def write_parquet(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """Write the first sheet as Parquet. Its header names the columns."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    header, *rows = next(iter(sheets.values()))
    pq.write_table(pa.table({name: _one_type([row[at] for row in rows]) for at, name in enumerate(header)}), path)
    return path


def _one_type(cells: Sequence[Any]) -> list[Any]:
    """Return cells of one type: of a column with a text, all are texts."""
    return [None if cell is None else str(cell) for cell in cells] if str in map(type, cells) else [*cells]


def write_jsonl(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """Write the first sheet as one object a line. Missing cells have no field."""
    path.write_text("".join(f"{json.dumps(each, ensure_ascii=False, default=str)}\n" for each in _objects(sheets)), "utf-8")
    return path


def write_json(path: Path, sheets: Mapping[str, Rows]) -> Path:
    """Write the first sheet as one page of an API."""
    path.write_text(json.dumps({"object": "list", "has_more": False, "data": _objects(sheets)}, default=str, indent=1), "utf-8")
    return path


def _objects(sheets: Mapping[str, Rows]) -> list[dict[str, Any]]:
    header, *rows = next(iter(sheets.values()))
    return [{name: cell for name, cell in zip(header, row, strict=True) if cell is not None} for row in rows]


def write_sqlite(path: Path, sheets: Mapping[str, Rows]) -> Path:
    with closing(sqlite3.connect(path)) as database:
        for name, (header, *rows) in sheets.items():
            database.execute(f'CREATE TABLE "{name}" ({", ".join(f"[{each}]" for each in header)})')
            texts = [[cell.isoformat() if isinstance(cell, dt.date) else cell for cell in row] for row in rows]
            database.executemany(f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(header))})', texts)
        database.commit()
    return path


def write_csv(path: Path, sheets: Mapping[str, Rows]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(next(iter(sheets.values())))
    return path


TYPED: Mapping[str, Writer] = {"parquet": write_parquet, "jsonl": write_jsonl, "json": write_json, "sqlite": write_sqlite}
"""Writers of typed files: they write one table, except for databases."""
