"""HTML: one file that opens anywhere, also from a mail attachment."""

from __future__ import annotations

from custmetrics_cli.render.documents.paper import paper_of
from custmetrics_cli.render.draw.html.page import html_page
from custmetrics_cli.render.format import Format

FORMAT = Format((".html", ".htm"), lambda document, output: html_page(paper_of(document)), paged=True, paper=True)
