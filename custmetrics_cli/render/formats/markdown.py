"""Markdown: the same page as the table, for a document. Nothing in a cell is markup."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from custmetrics_cli.render.documents.paper import forwarded, paper_of
from custmetrics_cli.render.draw.charts.image import svg
from custmetrics_cli.render.draw.paper_markdown import chart_names, paper_markdown
from custmetrics_cli.render.format import Format
from custmetrics_cli.render.page import Line, Page, Table
from custmetrics_cli.render.text import safe

if TYPE_CHECKING:
    from custmetrics_cli.render.document import Document
    from custmetrics_cli.render.output import Output

MARKUP = re.compile(r"[\\`*\[\]|~@]|(?<![^\W_])_|_(?![^\W_])|:(?=//)|(?<=www)\.", re.IGNORECASE)  # an address is made a link, too
HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
STARTS = re.compile(r"([0-9]*)([#+=.)-])")  # the start of a title, a list or a rule


def escaped(text: str) -> str:
    r"""Return text without markup.

    >>> escaped("a|b <img> `x` new_and_lost _y_")
    'a\\|b &lt;img&gt; \\`x\\` new_and_lost \\_y\\_'
    """
    marked = MARKUP.sub(lambda match: "\\" + match[0], safe(text))
    return re.sub("[&<>]", lambda match: HTML[match[0]], marked)


def _line(line: Line) -> str:
    text = escaped(line.text.strip(" "))
    if line.strong:
        return f"**{text}**"
    start = STARTS.match(text)
    return f"{start[1]}\\{text[start.start(2) :]}" if start else text


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _table(table: Table) -> str:
    headers = [escaped(header.name) for header in table.headers]
    rules = ["---:" if header.right else "---" for header in table.headers]
    rows = [[escaped(cell.strip(" ")) for cell in row] for row in table.rows]
    return "\n".join(_row(cells) for cells in (headers, rules, *rows))


def markdown(page: Page) -> str:
    """Return paragraphs and pipe tables with empty lines between them."""
    pieces = [_table(piece) if isinstance(piece, Table) else _line(piece) for piece in page]
    return "\n\n".join(piece for piece in pieces if piece) + "\n"


def _pictures(document: Document, path: str) -> dict[str, bytes]:
    """Return the charts of a report by the path of their file."""
    charts = chart_names(paper_of(document), path) if forwarded(document) else []
    return {str(Path(path).with_name(name)): svg(chart).encode() for name, chart in charts}


def _write(document: Document, output: Output) -> str:
    if output.path and forwarded(document):
        return paper_markdown(paper_of(document), escaped, output.path)
    return markdown(document.page(output.ascii))


FORMAT = Format((".md", ".markdown"), _write, paged=True, paper=True, beside=_pictures)
