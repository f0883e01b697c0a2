"""How the texts of each column are to be read: decided once per column, over all files of a table.

What the texts leave open, and the user has not said, is refused with both readings; never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from custmetrics_cli.columns import Reading
from custmetrics_cli.columns._dates import ORDERS
from custmetrics_cli.columns._day_tally import DayTally
from custmetrics_cli.columns.money import MoneyTally
from custmetrics_cli.errors import Problem
from custmetrics_cli.sources._nouns import Settings
from custmetrics_cli.sources.typed import Coded
from custmetrics_cli.tables import Column, Table

Tallies = Mapping[str, Any]
Readings = Mapping[str, Reading]


def tallied(table: Table, cells: Mapping[str, Coded], so_far: Tallies) -> Tallies:
    """The evidence so far and that of these cells."""
    found = dict(so_far)
    for column in table.columns:
        if column.kind.tally and column.name in cells:
            texts = cells[column.name].words
            seen = column.kind.tally(texts.filter(cells[column.name].filled))
            found[column.name] = found[column.name] + seen if column.name in found else seen
    return found


def decided(table: Table, tallies: Tallies, settings: Settings) -> Readings:
    """The reading of each column. What is ambiguous is decided too, somehow: ask `undecided` before using it."""
    return {column.name: _reading(column, tallies.get(column.name), settings) for column in table.columns}


def _reading(column: Column, tally: Any, settings: Settings) -> Reading:
    base = Reading(
        order=settings.order,
        decimal=settings.decimal,
        tz=None if settings.tz == "UTC" else ZoneInfo(settings.tz),
        end=column.end,
        inclusive=column.end and settings.ends == "inclusive",
    )
    match tally:
        case DayTally():
            return base._replace(order=base.order or tally.order(), shifts=tally.shifts)
        case MoneyTally():
            return base._replace(decimal=base.decimal or tally.decimal())
    return base


def undecided(tallies: Tallies, settings: Settings) -> Iterator[tuple[Problem, tuple[str, str]]]:
    """The columns that can be read in two ways, each with a cell that shows it: column and text."""
    for name, tally in tallies.items():
        match tally:
            case DayTally() if tally.ambiguous and not settings.order:
                fit = [order for order, fits in zip(ORDERS, tally.fits, strict=True) if fits == max(tally.fits)]
                code, hint = "E406", f"say which with {' or '.join(f'--date-order {order}' for order in fit)}"
            case MoneyTally() if tally.ambiguous and not settings.decimal:
                code, hint = "E407", "say which with --decimal . or --decimal ,"
            case _:
                continue
        message = f"{name}: {tally.sample!r} is {tally.readings}; no cell of the column settles it"
        yield Problem(code, message, hint=hint), (name, tally.sample)


def zoned(readings: Readings, zones: Mapping[str, str]) -> Readings:
    """The readings for one file. zones: what its header says, by column."""
    return {name: reading._replace(zone=zones.get(name, "")) for name, reading in readings.items()}
