"""From counted cohorts to their grid, in plain Python.

Keys of counts: (SIZE, cohort, currency), what a cohort begins with; (LEVEL, cohort, span, currency), by how much it changes in a span.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from custmetrics_cli.core.data.counts import CountsByPeriod
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.exhibits import Table, TableRow
from custmetrics_cli.core.formula import Number
from custmetrics_cli.metrics.cohorts.calendar import CohortCalendar, cohort_calendar

SIZE, LEVEL = "size", "level"
AVERAGES = "weighted mean"


class CohortCells:
    """The cells of one group."""

    def __init__(self, view: TableView, scope: Scope, counts: Mapping[Any, Number], parts: int, unit: str) -> None:
        self.money = view.money if unit == "money" else None  # customers are counted without exchange rates
        self.counts = counts
        self.parts = parts  # so many of what is counted are one unit
        self.calendar: CohortCalendar = cohort_calendar(scope)
        self.covered = self.calendar.covered(scope)
        self.currencies = sorted({key[-1] for key in counts if key[0] in (SIZE, LEVEL)})

    def size(self, cohort: int) -> Number:
        return self._sum({currency: self.counts.get((SIZE, cohort, currency), 0) for currency in self.currencies}, cohort)

    def cells(self, cohort: int) -> list[Number]:
        """Return the level at the end of each covered span, from that of the cohort on."""
        level: dict[int, Number] = dict.fromkeys(self.currencies, 0)
        cells = []
        for span in range(cohort, self.covered + 1):
            for currency in self.currencies:
                level[currency] += self.counts.get((LEVEL, cohort, span, currency), 0)
            cells.append(self._sum(level, span))
        return cells

    def _sum(self, level: Mapping[int, Number], span: int) -> Number:
        """Return a level in the currency of the answer, at the exchange rates of the last day of a span."""
        last = self.calendar.spans[span - 1].end_number - 1
        if self.money is None or not self.money.converts:
            return Fraction(sum(level.values())) / self.parts
        return sum((money * self.money.rate(currency, last) for currency, money in level.items() if money), Fraction(0)) / self.parts


def grid(view: TableView, scope: Scope, counts: CountsByPeriod, period: int, parts: int, unit: str) -> Table:
    """Return the cohorts that begin in a period, by age. Cells that the data does not cover yet are empty."""
    table = CohortCells(view, scope, counts.during(period), parts, unit)
    is_share, each = scope.options["show"] == "share", scope.options["each"]
    cohorts = [number for number, own in enumerate(table.calendar.periods, 1) if own == period]
    rows = [(table.calendar.spans[cohort - 1].name, table.size(cohort), table.cells(cohort)) for cohort in cohorts]
    ages = range(max((len(cells) for _, _, cells in rows), default=0))
    return Table(
        "cohort",
        tuple(f"{each} {age}" for age in ages),
        tuple(TableRow(name, size, _padded(_shares(size, cells) if is_share else cells, len(ages))) for name, size, cells in rows),
        "ratio" if is_share else unit,
        unit,
        tuple(_average([(size, cells[age]) for _, size, cells in rows if age < len(cells)]) for age in ages) if is_share else (),
        AVERAGES if is_share else "",
    )


def _shares(size: Number, cells: list[Number]) -> list[Number | None]:
    return [Fraction(cell) / size if size else None for cell in cells]


def _padded(cells: list[Any], count: int) -> tuple[Number | None, ...]:
    return (*cells, *[None] * (count - len(cells)))


def _average(known: list[tuple[Number, Number]]) -> Number | None:
    """Return the sum of all cells over the sum of the sizes of their cohorts."""
    size = sum((Fraction(size) for size, _ in known), Fraction(0))
    return sum((Fraction(cell) for _, cell in known), Fraction(0)) / size if size else None
