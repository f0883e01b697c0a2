"""PDF: for print and mail. It needs the extra pdf."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custmetrics_cli.render.documents.paper import paper_of
from custmetrics_cli.render.format import Format

if TYPE_CHECKING:
    from custmetrics_cli.render.document import Document
    from custmetrics_cli.render.output import Output


def _write(document: Document, output: Output) -> bytes:
    from custmetrics_cli.render.draw.pdf.compile import pdf

    return pdf(paper_of(document))


FORMAT = Format((".pdf",), _write, paged=True, binary=True, paper=True)
