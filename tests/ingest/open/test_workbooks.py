"""Sheets of workbooks are read as Excel shows them. A cell whose value is not known is refused with its address."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest

from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.ingest.model import InputFile, TextFile
from custmetrics_cli.ingest.open.temp_files import Scratch
from custmetrics_cli.ingest.open.unpack import unpack
from tests.support.workbooks import WORKBOOKS, XLS_ERROR, write_ods, write_openpyxl, write_xls, write_xlsx
from tests.support.xlsb import write_xlsb

DAY, MOMENT = dt.date(2022, 4, 5), dt.datetime(2022, 4, 5, 13, 7, 9)
HEADER = ["customer_id", "started_at"]
ODS_ERROR = (
    '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error">'
    "<text:p>#DIV/0!</text:p></table:table-cell>"
)
ODS_PERCENT = '<table:table-cell office:value-type="percentage" office:value="0.15"><text:p>15%</text:p></table:table-cell>'
ODS_ZEROS = '<table:table-cell office:value-type="float" office:value="7"><text:p>007</text:p></table:table-cell>'


def opened(path: Path, sheet: str = "") -> list[tuple[TextFile, str]]:
    with Scratch() as scratch:
        return [(each, each.path.read_text("utf-8")) for each in unpack(InputFile(str(path), sheet=sheet), scratch)]


def text_of(path: Path, sheet: str = "") -> str:
    return opened(path, sheet)[0][1]


def refused(path: Path, sheet: str = "") -> tuple[str, str, str]:
    with pytest.raises(CustmetricsError) as caught:
        opened(path, sheet)
    problem = caught.value.problems[0]
    return problem.code, problem.message, problem.hint


def cells_refused(path: Path) -> list[tuple[str, str]]:
    """Return the code of each refused cell, and the address that its message names."""
    return [(each.code, re.findall(r"cell ([A-Z]+\d+)", each.message)[0]) for each in opened(path)[0][0].refused]


@pytest.mark.parametrize("kind", WORKBOOKS)
def test_values_are_written_exactly(tmp_path: Path, kind: str) -> None:
    rows = [HEADER, ["007", DAY], [7, DAY], [0.1 + 0.2, None], [1234567.25, "a,b"], [-5, 'say "x"'], ["two\nlines", True]]
    book = WORKBOOKS[kind](tmp_path / f"a.{kind}", {"S": rows})
    lines = ["customer_id,started_at", "007,2022-04-05", "7,2022-04-05", "0.3,", '1234567.25,"a,b"', '-5,"say ""x"""', "two lines,true"]
    assert text_of(book).splitlines() == lines


def test_the_name_of_the_file_does_not_matter(tmp_path: Path) -> None:
    assert text_of(write_xlsx(tmp_path / "orders.csv", {"S": [HEADER, ["A", DAY]]})) == "customer_id,started_at\nA,2022-04-05\n"
    cyrillic = tmp_path / "клиенты.xlsx"
    cyrillic.write_bytes("клиент;дата\nАня;2022-01-01\n".encode("cp1251"))
    assert [(file.encoding, text) for file, text in opened(cyrillic)] == [("cp1251", "клиент;дата\nАня;2022-01-01\n")]


def test_a_line_is_a_row_of_the_sheet(tmp_path: Path) -> None:
    book = write_xlsx(tmp_path / "a.xlsx", {"S": [[], [None, "Report"], [], HEADER, ["A", DAY], [], ["B", DAY], [], []]})
    assert text_of(book).split("\n") == ["", ",Report", "", "customer_id,started_at", "A,2022-04-05", "", "B,2022-04-05", ""]


def test_a_column_of_times_gives_every_day_a_time(tmp_path: Path) -> None:
    rows = [["at", "day"], [MOMENT, DAY], [DAY, DAY]]
    assert (
        text_of(write_xlsx(tmp_path / "a.xlsx", {"S": rows})) == "at,day\n2022-04-05 13:07:09,2022-04-05\n2022-04-05 00:00:00,2022-04-05\n"
    )


def test_numbers_have_the_decimal_comma_of_numbers_that_were_typed_as_text(tmp_path: Path) -> None:
    rows = [["n", "m"], [12.5, (5.25, '0.00 "руб."')], ["1 204,50", 3], ["руб. 2.5", 1.234]]
    assert text_of(write_xlsx(tmp_path / "a.xlsx", {"S": rows})) == 'n,m\n"12,5","5,25 руб."\n"1 204,50",3\nруб. 2.5,"1,2340"\n'
    both = [["n"], [12.5], ["1 204,50"], ["1,204.50"]]
    assert text_of(write_xlsx(tmp_path / "b.xlsx", {"S": both})).startswith("n\n12.5\n")


def test_both_epochs_give_the_same_day(tmp_path: Path) -> None:
    rows = [HEADER, ["A", DAY]]
    texts = {text_of(write_xlsx(tmp_path / f"{epoch}.xlsx", {"S": rows}, date_1904=epoch)) for epoch in (False, True)}
    assert texts == {"customer_id,started_at\nA,2022-04-05\n"}


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (123, "00000", "00123"),
        (1234567, "00000", "1234567"),
        (7, '"INV-"0000', "INV-0007"),
        (1234, "000-000", "001-234"),
        (0.15, "0%", "15%"),
        (0.125, "0.0%", "12.5%"),
        (12.5, "0.00", "12.5"),
        (12, "0", "12"),
        (1234.5, "# ##0,00", "1234.5"),
        (1.234, "0.000", "1.2340"),
        (-3, "0000", "-3"),
        (12.5, "[$€-407] #,##0.00", "12.5 €"),
        (-12, '_-* #,##0.00 "₽"_-;-* #,##0.00 "₽"_-', "-12 ₽"),
        (5, '"$"#,##0;[Red]"$"#,##0', "5 $"),
        (5, "#,##0.00 [$EUR]", "5 EUR"),
        (5, '0 "kg"', "5"),
    ],
)
def test_number_formats_that_change_the_meaning_are_kept(tmp_path: Path, value: float, code: str, text: str) -> None:
    assert text_of(write_xlsx(tmp_path / "a.xlsx", {"S": [["n"], [(value, code)]]})) == f"n\n{text}\n"


def test_a_day_that_is_zero_is_not_a_date(tmp_path: Path) -> None:
    assert text_of(write_xlsx(tmp_path / "a.xlsx", {"S": [["d"], [(0, "dd.mm.yyyy")]]})) == "d\n00:00:00\n"


def test_errors_have_their_text_and_their_address(tmp_path: Path) -> None:
    book = write_xlsx(tmp_path / "a.xlsx", {"S": [HEADER, ["A", "#DIV/0!"], [], ["#N/A", DAY]]})
    assert text_of(book) == "customer_id,started_at\nA,#DIV/0!\n\n#N/A,2022-04-05\n"
    assert cells_refused(book) == [("E219", "B2"), ("E219", "A4")]


def test_formulas_without_a_result_are_refused(tmp_path: Path) -> None:
    book = write_openpyxl(tmp_path / "a.xlsx", [HEADER, ["A", "=TODAY()"], ['=A2&"x"', "=B2"]])
    assert text_of(book) == "customer_id,started_at\nA,=?\n=?,=?\n"
    assert cells_refused(book) == [("E220", "B2"), ("E220", "A3"), ("E220", "B3")]


def test_results_that_are_only_placeholders_are_refused(tmp_path: Path) -> None:
    """Some programs write 0 as the result of every formula and leave it to Excel to compute them."""
    book = write_xlsx(tmp_path / "a.xlsx", {"S": [["n", "double"], [1, "=A2*2"], [2, "=A3*2"]]})
    assert cells_refused(book) == [("E220", "B2"), ("E220", "B3")]


def test_numbers_with_lost_digits_are_refused_and_written_ones_are_kept(tmp_path: Path) -> None:
    book = write_openpyxl(tmp_path / "a.xlsx", [["id"], [1234567890123456789]])
    assert cells_refused(book) == [("E221", "A2")]
    kept = write_xlsx(tmp_path / "b.xlsx", {"S": [["id"], [12345678901234567]]})
    assert cells_refused(kept) == [("E221", "A2")]


def merged(path: Path, rows: list[list[Any]], *ranges: tuple[int, int, int, int, Any]) -> Path:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate(rows):
            sheet.write_row(row, 0, cells)
        for first, left, last, right, value in ranges:
            sheet.merge_range(first, left, last, right, value)
    return path


def test_merged_texts_belong_to_every_row_and_merged_headers_to_the_first(tmp_path: Path) -> None:
    rows = [["", "", ""], ["", "from", "to"], ["", 1, 2], ["", 3, 4], ["B", 5, 6]]
    book = merged(tmp_path / "a.xlsx", rows, (0, 0, 1, 0, "client"), (0, 1, 0, 2, "dates"), (2, 0, 3, 0, "A"))
    assert text_of(book) == "client,dates,\n,from,to\nA,1,2\nA,3,4\nB,5,6\n"


def test_a_number_merged_over_rows_is_refused(tmp_path: Path) -> None:
    book = merged(tmp_path / "a.xlsx", [["id", "amount"], ["A", ""], ["B", ""]], (1, 1, 2, 1, 50))
    assert cells_refused(book) == [("E222", "B2"), ("E222", "B3")]


def test_each_visible_sheet_is_a_file_of_its_own(tmp_path: Path) -> None:
    sheets = {"Клиенты": [HEADER, ["A", DAY]], "empty": [], "old": [HEADER, ["B", DAY]], "Свод": [["Total", 2]]}
    path = write_xlsx(tmp_path / "a.xlsx", sheets, hidden=["old"])
    files = [file.source for file, _ in opened(path)]
    assert files == [InputFile(f"{path}#{name}", is_named=False, workbook=str(path)) for name in ("Клиенты", "Свод")]
    assert all(file.original == path for file, _ in opened(path))


def test_a_named_sheet_is_read_also_if_it_is_hidden(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", {"Клиенты": [HEADER], "old": [HEADER, ["B", DAY]]}, hidden=["old"])
    assert opened(path, "old")[0][0].source == InputFile(f"{path}#old", sheet="old")
    assert text_of(path, "клиенты ") == "customer_id,started_at\n"
    assert refused(path, "orders") == (
        "E214",
        "has no sheet 'orders'",
        f'choose one of: Клиенты, old; pass it as "{path}#Клиенты"',
    )


def test_a_workbook_without_a_table_names_its_hidden_sheets(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", {"S": [], "data": [HEADER]}, hidden=["data"])
    assert refused(path) == (
        "E215",
        "contains no tables, except on hidden sheets: data",
        f'read a hidden sheet with its name: "{path}#data"',
    )
    assert refused(write_xlsx(tmp_path / "b.xlsx", {"S": []}))[:2] == ("E215", "contains no tables")


def test_a_sheet_of_a_text_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2\n")
    assert refused(path, "S")[0] == "E214"


def test_a_damaged_workbook_is_refused(tmp_path: Path) -> None:
    for kind, write in WORKBOOKS.items():
        path = write(tmp_path / f"a.{kind}", {"S": [HEADER, *(["A", DAY] for _ in range(500))]})
        data = path.read_bytes()
        path.write_bytes(data[: len(data) // 2])
        assert refused(path)[0] in ("E205", "E217")


def test_cells_without_references_and_with_prefixes_are_found(tmp_path: Path) -> None:
    """Other programs leave out the address of a cell, or write every tag with a prefix."""
    from zipfile import ZipFile

    book = write_xlsx(tmp_path / "a.xlsx", {"S": [["id", "n"], [(7, "000"), "#N/A"]]})
    with ZipFile(book) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    for address in (b"A1", b"B1", b"A2", b"B2"):
        sheet = sheet.replace(b' r="' + address + b'"', b"")
    with ZipFile(book, "w") as archive:
        for name, data in (parts | {"xl/worksheets/sheet1.xml": sheet}).items():
            archive.writestr(name, data)
    assert text_of(book) == "id,n\n007,#N/A\n"
    assert cells_refused(book) == [("E219", "B2")]


def test_errors_of_other_workbooks_are_found(tmp_path: Path) -> None:
    xls = write_xls(tmp_path / "a.xls", {"S": [["id", "n", "m"], [(7, "000"), 5, (0.5, "0%")], [XLS_ERROR, 3, (8, "000")]]})
    assert text_of(xls) == "id,n,m\n007,5,50%\n#DIV/0!,3,008\n"
    assert cells_refused(xls) == [("E219", "A3")]
    ods = write_ods(tmp_path / "a.ods", {"S": [["n"], [ODS_ERROR], [ODS_PERCENT], [ODS_ZEROS]]})
    assert text_of(ods) == "n\n#DIV/0!\n15%\n007\n"
    assert cells_refused(ods) == [("E219", "A2")]


def test_a_binary_workbook_is_read_like_others(tmp_path: Path) -> None:
    rows = [["id", "day", "n", "share"], [(7, 2), DAY, 1.5, (0.15, 3)], ["B", "#N/A", "#DIV/0!", True]]
    book = write_xlsb(tmp_path / "a.xlsb", {"Лист": rows})
    assert text_of(book) == "id,day,n,share\n00007,2022-04-05,1.5,15%\nB,#N/A,#DIV/0!,true\n"
    assert cells_refused(book) == [("E219", "B3"), ("E219", "C3")]


def test_merged_cells_of_other_workbooks_are_filled(tmp_path: Path) -> None:
    spanned = '<table:table-cell table:number-rows-spanned="2" {}><text:p>{}</text:p></table:table-cell>'
    text, number = spanned.format('office:value-type="string"', "A"), spanned.format('office:value-type="float" office:value="5"', "5")
    covered = "<table:covered-table-cell/>"
    rows = [["id", "n", "m"], [text, 1, number], [covered, 2, covered]]
    ods = write_ods(tmp_path / "a.ods", {"S": rows})
    assert text_of(ods) == "id,n,m\nA,1,5\nA,2,\n"
    assert cells_refused(ods) == [("E222", "C2"), ("E222", "C3")]
    xlsb = write_xlsb(tmp_path / "a.xlsb", {"S": [["id", "n"], ["A", 1], [None, 2]]}, merged=[(1, 2, 0, 0)])
    assert text_of(xlsb) == "id,n\nA,1\nA,2\n"


@pytest.mark.parametrize("kind", WORKBOOKS)
@pytest.mark.parametrize("suffix", ["xlsx", "xls", "xlsb", "ods", "csv", "zip", "parquet"])
def test_a_workbook_is_read_under_any_name(tmp_path: Path, kind: str, suffix: str) -> None:
    assert text_of(WORKBOOKS[kind](tmp_path / f"a.{suffix}", {"S": [HEADER, ["A", DAY]]})) == "customer_id,started_at\nA,2022-04-05\n"


def test_a_workbook_with_a_password_is_refused(tmp_path: Path) -> None:
    """Excel puts an encrypted .xlsx into a compound file."""
    path = write_xls(tmp_path / "a.xlsx", {"S": [HEADER]})
    names = [name.encode("utf-16-le") for name in ("Workbook", "EncryptedPackage")]
    data = path.read_bytes()
    at = data.index(names[0])
    entry = names[1].ljust(64, b"\0") + (len(names[1]) + 2).to_bytes(2, "little")
    path.write_bytes(data[:at] + entry + data[at + 66 :])
    assert refused(path)[:2] == ("E216", "is a workbook with a password")
