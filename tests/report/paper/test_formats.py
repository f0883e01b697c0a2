"""Each format of a report shows the numbers of --json, the same bytes each time, and its own must."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from email import message_from_bytes
from email.policy import default
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from custmetrics_cli.cli.run import run
from custmetrics_cli.render.numbers import value_text
from custmetrics_cli.render.paper import Paper, Section
from tests.render.test_html import HOSTILE, paper

SAMPLE = Path(__file__).parents[3] / "sample_data"
FORMATS = ("html", "md", "xlsx", "docx", "pdf", "eml")


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the report in each format."""
    folder = tmp_path_factory.mktemp("reports")
    for suffix in (*FORMATS, "json"):
        assert not run(["report", "--period", "2022-Q2", str(SAMPLE), "--quiet", "--no-config", "-o", str(folder / f"report.{suffix}")])
    return folder


def results(folder: Path) -> list[Any]:
    return list(json.loads((folder / "report.json").read_text(encoding="utf-8"))["results"])


def expected(folder: Path) -> list[str]:
    """Return the values of the results as people read them."""
    return [value_text(each["value"], each["unit"], each.get("currency")) for each in results(folder)]


def text_of(folder: Path, suffix: str) -> str:
    path = folder / f"report.{suffix}"
    if suffix == "pdf":
        if not shutil.which("pdftotext"):
            pytest.skip("there is no pdftotext; it comes with poppler-utils")
        return subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True).stdout
    if suffix == "docx":
        docx = pytest.importorskip("docx")
        document = docx.Document(str(path))
        return "\n".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    if suffix == "eml":
        attached = next(iter(message_from_bytes(path.read_bytes(), policy=default).iter_attachments()))  # type: ignore[attr-defined]
        return str(attached.get_content())
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("suffix", [each for each in FORMATS if each != "xlsx"])
def test_the_numbers_of_a_format_are_those_of_json(reports: Path, suffix: str) -> None:
    shown = text_of(reports, suffix)
    assert [text for text in expected(reports) if text not in shown] == []


def test_the_numbers_of_a_workbook_are_those_of_json(reports: Path) -> None:
    book = load_workbook(reports / "report.xlsx")
    numbers = {cell.value for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, int | float)}
    values = [each["value"] for each in results(reports) if each["value"] is not None]
    assert [value for value in values if not any(abs(value - number) <= 1e-12 * max(1, abs(value)) for number in numbers)] == []


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_same_report_has_the_same_bytes(reports: Path, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"report.{suffix}"
    assert not run(["report", "--period", "2022-Q2", str(SAMPLE), "--quiet", "--no-config", "-o", str(path)])
    assert path.read_bytes() == (reports / path.name).read_bytes()


def test_a_word_document_has_titles_and_texts_for_its_pictures(reports: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document(str(reports / "report.docx"))
    titles = [each.text for each in document.paragraphs if each.style.name == "Heading 1"]
    assert titles[:3] == ["Before you read on", "What changed", "Key numbers"]
    described = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert described
    assert all(described)


def test_the_charts_of_markdown_are_beside_it(reports: Path) -> None:
    text = (reports / "report.md").read_text(encoding="utf-8")
    assert text.startswith("# Customer report, 2022-Q2\n")
    names = re.findall(r"!\[[^\]]+\]\((.+?)\)", text)
    assert names
    assert all((reports / name).read_text(encoding="utf-8").startswith("<svg") for name in names)


def test_a_mail_has_text_a_picture_and_the_report(reports: Path) -> None:
    mail = message_from_bytes((reports / "report.eml").read_bytes(), policy=default)
    kinds = [part.get_content_type() for part in mail.walk() if not part.is_multipart()]
    assert kinds == ["text/plain", "text/html", "image/png", "text/html"]
    assert "What changed" in mail.get_body(("plain",)).get_content()  # type: ignore[attr-defined]
    assert 'src="cid:chart"' in mail.get_body(("html",)).get_content()  # type: ignore[attr-defined]


@pytest.mark.parametrize("text", [*HOSTILE, "#set page(width: 1pt)", "Отчёт о клиентах", "$x$ *a* _b_ @c <d> `e`", "x\x00y"])
def test_a_hostile_text_is_text_in_print(text: str) -> None:
    """Nothing in a text is markup of the template."""
    pytest.importorskip("typst")
    from custmetrics_cli.render.draw.pdf.compile import pdf

    assert pdf(paper(text))[:5] == b"%PDF-"


@pytest.mark.parametrize("text", [*HOSTILE, "x\x00y", "x\ud800y"])
def test_a_hostile_text_is_text_in_word_and_mail(text: str) -> None:
    docx = pytest.importorskip("docx")
    from custmetrics_cli.render.draw.docx.write import docx as written
    from custmetrics_cli.render.draw.mail import mail

    assert docx.Document(BytesIO(written(paper(text)))).paragraphs
    assert mail(paper(text)).startswith("Subject: ")


def test_cyrillic_is_found_in_print(tmp_path: Path) -> None:
    pytest.importorskip("typst")
    if not shutil.which("pdftotext"):
        pytest.skip("there is no pdftotext; it comes with poppler-utils")
    from custmetrics_cli.render.draw.pdf.compile import pdf

    path = tmp_path / "r.pdf"
    path.write_bytes(pdf(Paper("Отчёт о клиентах", "Выручка", (Section("Отток", ()),))))
    shown = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, text=True, check=True).stdout
    assert all(word in shown for word in ("Отчёт о клиентах", "Выручка", "Отток"))
