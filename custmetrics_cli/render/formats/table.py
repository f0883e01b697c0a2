"""The table for people: on a terminal as wide as it is, elsewhere in plain text, neither wrapped nor cut."""

from __future__ import annotations

from custmetrics_cli.render._draw import drawn
from custmetrics_cli.render._format import Format
from custmetrics_cli.render._inspection import inspection_page
from custmetrics_cli.render._page import listing_page
from custmetrics_cli.render._people import answer_page

FORMAT = Format(
    (".txt",),
    lambda answer, screen: drawn(answer_page(answer, screen.ascii), screen),
    lambda listing, screen: drawn(listing_page(listing), screen),
    lambda inspected, can, screen: drawn(inspection_page(inspected, can), screen),
)
