"""The table for people: on a terminal as wide as it is, elsewhere in plain text, neither wrapped nor cut."""

from __future__ import annotations

from custmetrics_cli.render.draw.plain import draw_plain
from custmetrics_cli.render.format import Format

FORMAT = Format((".txt",), lambda document, screen: draw_plain(document.page(screen.ascii), screen), paged=True)
