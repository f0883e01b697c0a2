"""The paper of any document: its own, or one made from its page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from custmetrics_cli.render.page import Line, Table
from custmetrics_cli.render.paper import Figure, Grid, Paper, Section, Text

if TYPE_CHECKING:
    from custmetrics_cli.render.document import Document
    from custmetrics_cli.render.page import Page
    from custmetrics_cli.render.paper import Block


@runtime_checkable
class HasPaper(Protocol):
    """A document that decides its own paper."""

    def paper(self) -> Paper:
        """Return the content for people who get the document as a file."""


def forwarded(document: Document) -> bool:
    """Return True for a report: its files are forwarded, so each format writes its paper."""
    return isinstance(document, HasPaper) and bool(getattr(document, "is_forwarded", False))


def paper_of(document: Document) -> Paper:
    return document.paper() if isinstance(document, HasPaper) else paper_of_page(document.page(False))


def paper_of_page(page: Page) -> Paper:
    """Return a paper with the lines and tables of a page. The first strong line is the title, the others begin sections."""
    title = next((piece.text for piece in page if isinstance(piece, Line) and piece.strong), "custmetrics")
    parts: list[tuple[str, list[Block]]] = [("", [])]
    for piece in page:
        if isinstance(piece, Line) and piece.strong and (piece.text != title or parts[0][1]):
            parts.append((piece.text, []))
        else:
            parts[-1][1].extend(_blocks(piece, title))
    return Paper(title, "", tuple(Section(name or title, tuple(blocks)) for name, blocks in parts if blocks))


def _blocks(piece: Line | Table, title: str) -> Iterator[Block]:
    if isinstance(piece, Table):
        yield Grid(piece.headers, [tuple(map(Figure, row)) for row in piece.rows], shading=piece.shading)
    elif piece.text and piece.text != title:
        yield Text(piece.text.strip())
