"""How a column is read and what says so, in words for people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from custmetrics_cli.columns import Reading
from custmetrics_cli.columns._dates import ORDERS
from custmetrics_cli.columns._day_tally import FIRST, DayTally
from custmetrics_cli.columns.money import MoneyTally
from custmetrics_cli.sources._nouns import Settings
from custmetrics_cli.tables import Column


def how(column: Column, tally: Any, reading: Reading, settings: Settings, zone: str) -> str:
    """How the cells of a column are read. tally: the evidence; zone: what the header says."""
    match tally:
        case DayTally():
            return ", ".join(filter(None, (_order(tally, reading, settings), _zone(tally, settings, zone)))) or column.kind.about
        case MoneyTally():
            return _decimal(tally, reading, settings) or column.kind.about
    return column.kind.about


def order_of(tallies: Iterable[Any], settings: Settings) -> str:
    """The order of dates that --date-order would say for all columns; '' where none needs it or they differ."""
    found = {tally.order() for tally in tallies if isinstance(tally, DayTally) and not tally.ambiguous} - {""}
    return settings.order or (found.pop() if len(found) == 1 else "")


def decimal_of(tallies: Iterable[Any], settings: Settings) -> str:
    """The decimal mark that --decimal would say for all columns; '' where none shows it or they differ."""
    found = {tally.decimal() for tally in tallies if isinstance(tally, MoneyTally) and not tally.ambiguous} - {""}
    return settings.decimal or (found.pop() if len(found) == 1 else "")


def _order(tally: DayTally, reading: Reading, settings: Settings) -> str:
    if not any(tally.fits):
        return ""
    if settings.order:
        return f"{FIRST[reading.order]} comes first, as was said"
    if tally.ambiguous:
        return f"{tally.sample} is {tally.readings}"
    fits = dict(zip(ORDERS, tally.fits, strict=True))
    others = [f"{fits[order]:,} if {FIRST[order]} did" for order in ORDERS if order != reading.order and fits[order]]
    return f"{FIRST[reading.order]} comes first: {fits[reading.order]:,} dates fit" + (f", {' and '.join(others)}" if others else "")


def _zone(tally: DayTally, settings: Settings, zone: str) -> str:
    if not tally.timed:
        return ""
    if not tally.shifts:
        return "only midnights, taken as plain days"
    if tally.zoned:
        return f"times with their zone, taken to {settings.tz}"
    return f"times in {zone}, as the header says, taken to {settings.tz}" if zone else f"times without a zone, taken as {settings.tz}"


def _decimal(tally: MoneyTally, reading: Reading, settings: Settings) -> str:
    if settings.decimal:
        return f"decimals after {settings.decimal!r}, as was said"
    if tally.ambiguous:
        return f"{tally.sample} is {tally.readings}"
    return f"decimals after {reading.decimal!r}" if reading.decimal else ""
