"""The rows behind a total or a warning; the list of metrics is one too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.core.answers.answer import Listing
from custmetrics_cli.core.formula import Number
from custmetrics_cli.render.data.records import document, figure, listing_period, policies_text
from custmetrics_cli.render.document import Record
from custmetrics_cli.render.numbers import total_text
from custmetrics_cli.render.page import Heading, Line, Page, Table, amounts_in, period_text, settings_text, skipped_rows
from custmetrics_cli.render.parts.options import asked_with, options_record, options_text

if TYPE_CHECKING:
    from custmetrics_cli.render.document import Cell, Flat


class ListingDocument(NamedTuple):
    listing: Listing

    def page(self, ascii: bool) -> Page:
        """The rows, and how many they are."""
        listing = self.listing
        when = f", {period_text(listing.period)}" if listing.period else ""
        return [
            Line(f"{listing.name}: {listing.description}{when}", strong=True),
            _sheet(listing),
            Line(f"{len(listing.rows):,} row{'' if len(listing.rows) == 1 else 's'}"),
            *amounts_in([listing.currency] if listing.has_money else []),
            *asked_with(listing.options),
            *settings_text(listing.policies),
            *skipped_rows(listing.inputs),
        ]

    def record(self) -> Record:
        listing = self.listing
        money = {"units": dict(listing.units), "currency": listing.currency} if listing.has_money else {}
        body = {
            "list": listing.name,
            "means": listing.description,
            "period": listing_period(listing.period),
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
        """What holds for all rows stands on each, last."""
        listing = self.listing
        money = {"currency": listing.currency} if listing.has_money else {}
        options = {"options": options_text(options_record(listing.options))} if listing.options else {}
        beside = {**money, **options, **({"policies": policies_text(listing.policies)} if listing.policies else {})}
        return (*listing.columns, *beside), [(*row, *beside.values()) for row in _rows(listing)]


def _units(listing: Listing) -> list[str]:
    return [listing.units.get(name, "count") for name in listing.columns]


def _rows(listing: Listing) -> list[tuple[Cell, ...]]:
    units = _units(listing)
    return [
        tuple(cell if isinstance(cell, str) else figure(cell, unit) for cell, unit in zip(row, units, strict=True)) for row in listing.rows
    ]


def _sheet(listing: Listing) -> Table:
    """Figures to the right: money, and columns of nothing but whole numbers."""
    units, rows = _units(listing), listing.rows
    figures = [bool(rows) and (unit == "money" or all(isinstance(row[at], int) for row in rows)) for at, unit in enumerate(units)]
    heads = tuple(Heading(name, right=right) for name, right in zip(listing.columns, figures, strict=True))
    return Table(heads, [tuple(_cell(cell, unit) for cell, unit in zip(row, units, strict=True)) for row in rows])


def _cell(cell: str | Number | None, unit: str) -> str:
    """A whole number may be anything (a line, a year): only money has its thousands apart."""
    if cell is None:
        return ""
    return str(cell) if isinstance(cell, str) or (isinstance(cell, int) and unit == "count") else total_text(cell, unit)


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """
    >>> unique(["plan", "plan", "name"])
    ('plan', 'plan.2', 'name')
    """
    kept: dict[str, None] = {}
    for name in names:
        count = 1
        while (shown := name if count == 1 else f"{name}.{count}") in kept:
            count += 1
        kept[shown] = None
    return tuple(kept)
