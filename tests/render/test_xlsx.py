"""XLSX: read back with openpyxl: formats, charts, frozen panes, and no formula from data."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from custmetrics_cli.render.chart import KINDS
from custmetrics_cli.render.draw.xlsx.book import workbook
from custmetrics_cli.render.page import Header
from custmetrics_cli.render.paper import Figure, Grid, Paper, Picture, Section, Text
from tests.render.test_html import chart

DANGEROUS = [
    '=HYPERLINK("http://x","y")',
    "+7 999 00",
    "@SUM(A1)",
    "-2+3",
    "{=A1}",
    "007",
    "1E5",
    "2022-03",
    "ООО «Ромашка»",
    "http://x.y",
    "a\u202eb",
]


def paper(*blocks: object, title: str = "Customers", kind: str = "family") -> Paper:
    return Paper("Report", "", (Section(title, tuple(blocks), kind),))  # type: ignore[arg-type]


def read(content: bytes) -> object:
    return load_workbook(BytesIO(content))


def test_texts_stay_texts() -> None:
    grid = Grid((Header("=1+1"), Header("id")), [(Figure(text), Figure(text)) for text in DANGEROUS])
    book = load_workbook(BytesIO(workbook(paper(grid), (["=A1"], [(text,) for text in DANGEROUS]))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    values = [cell.value for cell in cells]
    for text in DANGEROUS:
        assert values.count(text.replace("\u202e", "\\u202e")) == 3


def test_numbers_have_the_format_of_their_unit() -> None:
    units = [("ratio", "", "0.00\\ %"), ("money", "EUR", '#,##0.00" EUR"'), ("count", "", "#,##0"), ("months", "", '0.0" months"')]
    rows = [(Figure("x"), Figure("1", 1, unit, currency)) for unit, currency, _ in units]
    sheet = load_workbook(BytesIO(workbook(paper(Grid((Header("a"), Header("b")), rows)), (["a"], []))))["Customers"]
    assert [sheet.cell(row, 2).number_format for row in range(2, 6)] == [format for _, _, format in units]
    assert [sheet.cell(row, 2).value for row in range(2, 6)] == [1, 1, 1, 1]
    assert sheet.freeze_panes == "B2"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_chart_is_native(kind: str) -> None:
    content = workbook(paper(Picture(chart(kind), Grid((), []))), (["a"], []))
    assert load_workbook(BytesIO(content))["Customers"]._charts
    assert content == workbook(paper(Picture(chart(kind), Grid((), []))), (["a"], []))


def test_names_of_sheets_are_allowed_and_different() -> None:
    titles = ["a" * 40, "A" * 40, "x/y:[z]*?", "History", "", "x/y:[z]*?"]
    parts = tuple(Section(title, (Text("t"),), "family") for title in titles)
    book = load_workbook(BytesIO(workbook(Paper("Report", "", parts), (["a"], []))))
    assert len({name.casefold() for name in book.sheetnames}) == len(titles) + 2
    assert all(0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in book.sheetnames)


def test_no_clock_is_in_the_file() -> None:
    with ZipFile(BytesIO(workbook(paper(Text("t")), (["a"], [])))) as archive:
        assert {each.date_time[0] for each in archive.infolist()} == {1980}
        assert b"2000-01-01" in archive.read("docProps/core.xml")
