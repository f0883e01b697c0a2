"""From cohorts counted to their grid, in plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from custmetrics_cli.core.data.counts import CountsByPeriod
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.formula import Number
from custmetrics_cli.core.result import Grid, GridRow
from custmetrics_cli.metrics.cohorts.calendar import Ages, ages

SIZE, THERE = (
    "size",
    "there",
)  # keys: (SIZE, cohort, currency); (THERE, cohort, span, currency): by how much more are there from that span on


class Sheet:
    """The cells of one group. parts: so many of what rows count are one."""

    def __init__(self, view: TableView, scope: Scope, counts: Mapping[Any, Number], parts: int) -> None:
        self.money, self.parts, self.counts = view.money, parts, counts
        self.calendar: Ages = ages(scope)
        self.known = self.calendar.known(scope)
        self.currencies = sorted({key[-1] for key in counts if key[0] in (SIZE, THERE)})

    def size(self, cohort: int) -> Number:
        return self._sum({currency: self.counts.get((SIZE, cohort, currency), 0) for currency in self.currencies}, cohort)

    def cells(self, cohort: int) -> list[Number]:
        """At the end of each span that is complete, from that of the cohort on."""
        level: dict[int, Number] = dict.fromkeys(self.currencies, 0)
        found = []
        for span in range(cohort, self.known + 1):
            for currency in self.currencies:
                level[currency] += self.counts.get((THERE, cohort, span, currency), 0)
            found.append(self._sum(level, span))
        return found

    def _sum(self, level: Mapping[int, Number], span: int) -> Number:
        """In the currency of the answer, at the rates of the last day of the span."""
        last = self.calendar.spans[span - 1].end_number - 1
        if not self.money.converts:
            return Fraction(sum(level.values())) / self.parts
        return sum((money * self.money.rate(currency, last) for currency, money in level.items() if money), Fraction(0)) / self.parts


def grid(view: TableView, scope: Scope, counts: CountsByPeriod, k: int, parts: int, unit: str) -> Grid:
    """Cohorts that begin in period k, by age; cells that are not known yet are empty."""
    sheet = Sheet(view, scope, counts.during(k), parts)
    share = scope.options["show"] == "share"
    cohorts = [number for number, of in enumerate(sheet.calendar.of, 1) if of == k]
    rows = [(cohort, sheet.size(cohort), sheet.cells(cohort)) for cohort in cohorts]
    wide = max((len(cells) for _, _, cells in rows), default=0)
    shown = [
        GridRow(sheet.calendar.spans[cohort - 1].name, size, _padded(_shares(size, cells) if share else cells, wide))
        for cohort, size, cells in rows
    ]
    means = tuple(_mean([(size, cells[age]) for _, size, cells in rows if age < len(cells)]) for age in range(wide)) if share else ()
    each = str(scope.options["each"])
    return Grid(
        "cohort",
        tuple(f"{each} {age}" for age in range(wide)),
        tuple(shown),
        "ratio" if share else unit,
        unit,
        means,
        WEIGHED if share else "",
    )


WEIGHED = "mean, each cohort by its size"


def _shares(size: Number, cells: list[Number]) -> list[Number | None]:
    return [Fraction(cell) / size if size else None for cell in cells]


def _padded(cells: list[Any], wide: int) -> tuple[Number | None, ...]:
    return (*cells, *[None] * (wide - len(cells)))


def _mean(known: list[tuple[Number, Number]]) -> Number | None:
    """Of the cohorts whose cell is known: all of them together."""
    size = sum((Fraction(size) for size, _ in known), Fraction(0))
    return sum((Fraction(cell) for _, cell in known), Fraction(0)) / size if size else None
