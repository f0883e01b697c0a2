"""Write a paper with python-docx, an extra that is imported on first use."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING, Any

from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.render.draw.charts.image import png
from custmetrics_cli.render.draw.docx.tables import add_table
from custmetrics_cli.render.draw.docx.zipped import without_clock
from custmetrics_cli.render.page import Header
from custmetrics_cli.render.paper import Bullets, Cards, Figure, Grid, Picture, Text
from custmetrics_cli.render.text import safe

if TYPE_CHECKING:
    from custmetrics_cli.render.paper import Paper

CREATED = dt.datetime(2000, 1, 1)  # no clock: the same answer gives the same bytes


def docx(paper: Paper) -> bytes:
    """Return the document. Raises CustmetricsError E174 without the extra."""
    try:
        from docx import Document
    except ImportError:
        hint = "install it: pip install 'custmetrics[docx]'"
        raise CustmetricsError(Problem("E174", "DOCX needs the extra docx", hint=hint)) from None
    document = Document()
    _properties(document, paper)
    document.add_heading(safe(paper.title), 0)
    if paper.subtitle:
        document.add_paragraph(safe(paper.subtitle))
    for part in paper.sections:
        document.add_heading(safe(part.title), 1)
        for block in part.blocks:
            WRITTEN[type(block)](document, block)
    document.add_paragraph(safe(paper.foot))
    target = BytesIO()
    document.save(target)
    return without_clock(target.getvalue())


def _properties(document: Any, paper: Paper) -> None:
    """Set the title and the language. Author and dates are the same for each document."""
    from docx.shared import Cm, Pt

    core = document.core_properties
    core.title, core.author, core.language, core.comments = safe(paper.title)[:250], "", paper.language, ""
    core.created = core.modified = CREATED
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Arial", Pt(10)
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(1.8)


def _text(document: Any, block: Text) -> None:
    document.add_paragraph(safe(block.text))


def _bullets(document: Any, block: Bullets) -> None:
    for item in block.items:
        document.add_paragraph(safe(item), style="List Bullet")


def _cards(document: Any, block: Cards) -> None:
    """Write the key numbers as a table: title, value, and the lines of the card."""
    rows = [(Figure(card.title), card.value._replace(spark=()), Figure(_lines(card))) for card in block.cards]
    add_table(document, Grid((Header(""), Header("", right=True, strong=True), Header("")), rows))


def _lines(card: Any) -> str:
    return "; ".join(filter(None, (card.change, card.verdict, card.year_ago, card.interval, card.target)))


def _grid(document: Any, block: Grid) -> None:
    if block.title:
        document.add_heading(safe(block.title), 2)
    add_table(document, block)
    if block.note:
        document.add_paragraph(safe(block.note))


def _picture(document: Any, block: Picture) -> None:
    """Write the chart as a picture with its text for readers who cannot see it, then its numbers."""
    from docx.shared import Cm

    document.add_heading(safe(block.chart.title), 2)
    shape = document.add_picture(BytesIO(png(block.chart)), width=Cm(14))
    described = shape._inline.docPr
    described.set("descr", safe(block.chart.summary or block.chart.title))
    described.set("title", safe(block.chart.title))
    add_table(document, block.numbers)


WRITTEN: dict[type, Callable[[Any, Any], None]] = {Text: _text, Bullets: _bullets, Cards: _cards, Grid: _grid, Picture: _picture}
