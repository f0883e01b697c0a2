"""A page: what a person is shown, before it is drawn for a terminal, a plain file or markdown.

Cells and lines hold raw text, data included; only the drawing makes it safe for where it goes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.render.text import days

if TYPE_CHECKING:
    from custmetrics_cli.period import Period
    from custmetrics_cli.result import InputReport, Listing


class Line(NamedTuple):
    text: str = ""
    strong: bool = False


class Head(NamedTuple):
    name: str
    right: bool = False
    strong: bool = False


class Sheet(NamedTuple):
    """Cells under heads, boxed; or, when not boxed, lines whose cells are aligned."""

    heads: tuple[Head, ...]
    rows: Sequence[tuple[str, ...]]
    boxed: bool = True


Page = list[Line | Sheet]


def aligned(rows: Sequence[tuple[str, ...]], right: frozenset[int] = frozenset()) -> Page:
    """Lines whose cells stand under one another; columns that are empty throughout are left out. Nothing for no rows."""
    filled = [at for at in range(len(rows[0]) if rows else 0) if any(row[at] for row in rows)]
    heads = tuple(Head("", right=at in right) for at in filled)
    return [Sheet(heads, [tuple(row[at] for at in filled) for row in rows], boxed=False)] if rows else []


def period_text(period: Period) -> str:
    """Name and days: 2022-Q2 (2022-04-01 to 2022-06-30); the days alone where the name says no more."""
    written = days(period.start, period.end)
    return written if period.name in (written, written.replace(" to ", "..")) else f"{period.name} ({written})"


def set_aside(inputs: Sequence[InputReport]) -> Page:
    """A line per input of which not every row was used."""
    return [Line(f"{report.path}: {used_text(report.read, report.used, report.excluded)}") for report in inputs if report.excluded]


def used_text(read: int, used: int, excluded: Mapping[str, int]) -> str:
    """
    >>> used_text(1203, 1200, {"trial": 3})
    '1,200 of 1,203 rows used; set aside: 3 trial'
    """
    reasons = ", ".join(f"{count:,} {reason}" for reason, count in excluded.items())
    return f"{used:,} of {read:,} rows used" + (f"; set aside: {reasons}" if reasons else "")


def listing_page(listing: Listing) -> Page:
    """The rows behind a total, and how many they are."""
    when = f", {period_text(listing.period)}" if listing.period else ""
    numeric = [all(isinstance(row[at], int) for row in listing.rows) for at in range(len(listing.columns))]
    heads = tuple(Head(name, right=right and bool(listing.rows)) for name, right in zip(listing.columns, numeric, strict=True))
    rows = [tuple("" if cell is None else str(cell) for cell in row) for row in listing.rows]
    count = f"{len(rows):,} row{'' if len(rows) == 1 else 's'}"
    return [Line(f"{listing.name}: {listing.means}{when}", strong=True), Sheet(heads, rows), Line(count), *set_aside(listing.inputs)]
