"""The lists of a report as tables, each with a cap and the number of rows that are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custmetrics_cli.render.page import Header
from custmetrics_cli.render.paper import Figure, Grid, Section

if TYPE_CHECKING:
    from custmetrics_cli.core.formula import Number
    from custmetrics_cli.core.result import Listing
    from custmetrics_cli.render.words import Words


def list_section(listing: Listing, rows: int, words: Words) -> Section:
    """Return the first rows of a list."""
    units = [listing.units.get(name, "") for name in listing.columns]
    named = zip(listing.columns, units, strict=True)
    headers = tuple(Header(name.replace("_", " "), right=unit == "money" or name == "count") for name, unit in named)
    shown = listing.rows[:rows]
    cells = [tuple(_figure(cell, unit, listing, words) for cell, unit in zip(row, units, strict=True)) for row in shown]
    title = words.name("lists", listing.name, f"{words.sentence(listing.name.replace('_', ' '))}: {listing.description}")
    note = _left_out(len(shown), len(listing.rows), words)
    return Section(title, (Grid(headers, cells, note=note),), "list")


def _figure(cell: str | Number | None, unit: str, listing: Listing, words: Words) -> Figure:
    if cell is None or isinstance(cell, str):
        return Figure(" ".join((cell or "").split()))
    if unit in ("money", "ratio"):
        return Figure(words.value(cell, unit, listing.currency), cell, unit, listing.currency or "")
    return Figure(words.total(cell, "count"), cell, "count")


def _left_out(shown: int, all_rows: int, words: Words) -> str:
    if shown == all_rows:
        return ""
    counts = {"shown": words.count(shown), "rows": words.plural(all_rows, "row"), "left": words.count(all_rows - shown)}
    return words("text.left_out", **counts)
