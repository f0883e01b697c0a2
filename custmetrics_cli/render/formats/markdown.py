"""Markdown: the same page as the table, for a document; nothing in a cell is markup."""

from __future__ import annotations

import re

from custmetrics_cli.render.format import Format
from custmetrics_cli.render.numbers import safe
from custmetrics_cli.render.page import Line, Page, Table

MARKUP = re.compile(r"[\\`*\[\]|~]|(?<![^\W_])_|_(?![^\W_])")
HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
STARTS = re.compile(r"([0-9]*)([#+=.)-])")  # what could begin a heading, a list or a rule


def escaped(text: str) -> str:
    r"""
    >>> escaped("a|b <img> `x` new_and_lost _y_")
    'a\\|b &lt;img&gt; \\`x\\` new_and_lost \\_y\\_'
    """
    marked = MARKUP.sub(lambda found: "\\" + found[0], safe(text))
    return re.sub("[&<>]", lambda found: HTML[found[0]], marked)


def _line(line: Line) -> str:
    text = escaped(line.text.strip(" "))
    if line.strong:
        return f"**{text}**"
    start = STARTS.match(text)
    return f"{start[1]}\\{text[start.start(2) :]}" if start else text


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _sheet(table: Table) -> str:
    heads = [escaped(head.name) for head in table.heads]
    rules = ["---:" if head.right else "---" for head in table.heads]
    rows = [[escaped(cell.strip(" ")) for cell in row] for row in table.rows]
    return "\n".join(_row(cells) for cells in (heads, rules, *rows))


def markdown(page: Page) -> str:
    """Paragraphs and pipe tables, an empty line between them."""
    pieces = [_sheet(piece) if isinstance(piece, Table) else _line(piece) for piece in page]
    return "\n\n".join(piece for piece in pieces if piece) + "\n"


FORMAT = Format((".md", ".markdown"), lambda document, screen: markdown(document.page(screen.ascii)), paged=True)
