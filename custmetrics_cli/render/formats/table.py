"""The table for people: within the width of a terminal; elsewhere as plain text, neither wrapped nor cut."""

from __future__ import annotations

from custmetrics_cli.render.draw.page import draw_page
from custmetrics_cli.render.format import Format

FORMAT = Format((".txt",), lambda document, output: draw_page(document.page(output.ascii), output), paged=True)
