"""Markdown: the same page as the table, for a document. Nothing in a cell is markup."""

from __future__ import annotations

import re

from custmetrics_cli.render.format import Format
from custmetrics_cli.render.page import Line, Page, Table
from custmetrics_cli.render.text import safe

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


FORMAT = Format((".md", ".markdown"), lambda document, output: markdown(document.page(output.ascii)), paged=True)
