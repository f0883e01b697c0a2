"""The rows behind a total or a warning. The list of metrics is a listing too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.core.formula import Number
from custmetrics_cli.core.result import Listing
from custmetrics_cli.core.words import plural
from custmetrics_cli.render.data.figures import figure
from custmetrics_cli.render.data.flat import options_cell
from custmetrics_cli.render.data.records import document, optional_period, options_record
from custmetrics_cli.render.numbers import total_text, value_text
from custmetrics_cli.render.page import Header, Line, Page, Table
from custmetrics_cli.render.parts.footer import footer, scoped
from custmetrics_cli.render.text import period_text

if TYPE_CHECKING:
    from custmetrics_cli.render.document import Cell, Flat, Record


class ListingDocument(NamedTuple):
    """A document of rows."""

    listing: Listing

    def page(self, ascii: bool) -> Page:
        """Return the rows and their number."""
        listing = self.listing
        when = f", {period_text(listing.period)}" if listing.period else ""
        settings = [*listing.options.items(), *listing.policies.items()]
        return [
            Line(scoped(f"{listing.name}: {listing.description}{when}", listing.policies), strong=True),
            Line(),
            _table(listing),
            Line(plural(len(listing.rows), "row")),
            *footer(settings, listing.inputs, [listing.currency] if listing.has_money else []),
        ]

    def record(self) -> Record:
        listing = self.listing
        money = {"units": _money(listing), "currency": listing.currency} if listing.has_money else {}
        body = {
            "list": listing.name,
            "means": listing.description,
            "period": optional_period(listing.period),
            "columns": list(listing.columns),
            **money,
            **({"options": options_record(listing.options)} if listing.options else {}),
            "rows": [list(row) for row in _rows(listing)],
        }
        return document(listing.inputs, body, listing.warnings, listing.policies)

    def records(self) -> Iterator[Record]:
        names, rows = self.flat()
        names = unique(names)
        return (dict(zip(names, row, strict=True)) for row in rows)

    def flat(self) -> Flat:
        """Return the rows. The last cells of each row are the same: currency, options, settings."""
        listing = self.listing
        money = {"currency": listing.currency} if listing.has_money else {}
        options = {"options": options_cell(options_record(listing.options))} if listing.options else {}
        shared = {**money, **options, **({"policies": options_cell(listing.policies)} if listing.policies else {})}
        return (*listing.columns, *shared), [(*row, *shared.values()) for row in _rows(listing)]


def _money(listing: Listing) -> dict[str, str]:
    return {name: unit for name, unit in listing.units.items() if unit == "money"}


def _units(listing: Listing) -> list[str]:
    return [listing.units.get(name, "count") for name in listing.columns]


def _rows(listing: Listing) -> list[tuple[Cell, ...]]:
    units = _units(listing)
    return [
        tuple(cell if isinstance(cell, str) else figure(cell, unit) for cell, unit in zip(row, units, strict=True)) for row in listing.rows
    ]


def _table(listing: Listing) -> Table:
    """Align money, and columns of whole numbers only, to the right."""
    units, rows = _units(listing), listing.rows
    right = [bool(rows) and (unit == "money" or all(isinstance(row[at], int) for row in rows)) for at, unit in enumerate(units)]
    headers = tuple(map(Header, listing.columns, right))
    return Table(headers, [tuple(_cell(cell, unit, listing.currency) for cell, unit in zip(row, units, strict=True)) for row in rows])


def _cell(cell: str | Number | None, unit: str, currency: str | None) -> str:
    """Return the text of a cell. A whole number may be a line or a year, so only money has separated thousands."""
    if cell is None:
        return ""
    if unit == "ratio" and not isinstance(cell, str):
        return value_text(Fraction(cell), unit)
    return str(cell) if isinstance(cell, str) or (isinstance(cell, int) and unit == "count") else total_text(cell, unit, currency)


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names with numbers after repeated ones.

    >>> unique(["plan", "plan", "name"])
    ('plan', 'plan.2', 'name')
    """
    kept: dict[str, None] = {}
    for name in names:
        count = 1
        while (numbered := name if count == 1 else f"{name}.{count}") in kept:
            count += 1
        kept[numbered] = None
    return tuple(kept)
