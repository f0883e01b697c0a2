"""One run: metrics over loaded tables for contiguous periods. Rows are made once, and queried once per cut of time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NamedTuple

from custmetrics_cli.compute.groups import Groups
from custmetrics_cli.compute.identities import prove
from custmetrics_cli.compute.question import Question
from custmetrics_cli.compute.source import Source, chosen
from custmetrics_cli.compute.sums import Sums, over, summed
from custmetrics_cli.errors import CustmetricsError, Place, Problem
from custmetrics_cli.metric import OUTSIDE, WHOLE, Ask, Definition, Metric, Rows, Total
from custmetrics_cli.period import Period
from custmetrics_cli.result import Number

NOT_MONTHS = "the period is not made of whole calendar months"
Periods = tuple[Period, ...]


@dataclass(eq=False, repr=False)
class Run:
    """Raises CustmetricsError E211 (no such table), E320 (no such column), E12x (--by, --where), E60x (a broken identity)."""

    question: Question
    loaded: Any
    sources: dict[tuple[str, ...], Source] = field(default_factory=dict)
    _sums: dict[Any, Sums] = field(default_factory=dict)

    def source(self, rows: Rows) -> Source:
        tables = chosen(rows, self.loaded)
        if tables not in self.sources:
            groups = Groups(self.loaded, tables[0], self.question.by, self.question.where)
            self.sources[tables] = Source(self.loaded, tables, groups)
        return self.sources[tables]

    def sums(self, rows: Rows, periods: Periods) -> Sums:
        key = (rows, periods)
        if key not in self._sums:
            made = rows.make(self.source(rows), Ask(periods, self.question.gap))
            self._sums[key] = summed(made, len(periods))
        return self._sums[key]

    def groups(self, metric: Metric, periods: Periods) -> list[int]:
        """The groups to answer for, in order of name: those in which anything counts, by reason those in which anyone left."""
        if not self.question.by:
            return [0]
        rows = metric.standard.totals[0].rows
        split = self.source(rows).groups
        ended = any(_of_end(split.table, column) for column in split.by)
        totals = [total for total in metric.totals.values() if not total.monthly and (total.of_end or not ended)]
        sums, ks = self.sums(rows, periods), range(1, len(periods) + 1)
        named = [g for g in sums.groups if g not in (OUTSIDE, WHOLE)]
        return [g for g in named if any(sums.value(total, k, g) for total in totals for k in ks)]

    def prove(self, metric: Metric, periods: Periods) -> None:
        rows = metric.identities[0].totals[0].rows if metric.identities else None
        if rows:
            prove(metric, self.sums(rows, periods), periods, self.source(rows).groups.name)


class Figures(NamedTuple):
    """The totals of one definition for one period and group, and what its formula gives."""

    value: Fraction | None
    reason: str | None
    totals: Mapping[str, Number]
    state: Mapping[str, Number]


def figures(run: Run, metric: Metric, definition: Definition, periods: Periods, k: int, g: int) -> Figures:
    """k counts from 1: the period asked for among the contiguous ones of the run."""
    period = periods[k - 1]
    if definition.whole_months and not period.whole_months:
        return Figures(None, NOT_MONTHS, {}, {})
    totals: dict[str, Number] = {total.name: _number(run, total, periods, k, g) for total in _shown(run, definition)}
    state: dict[str, Number] = {**totals, "months": period.months}
    for used in definition.uses:
        value = figures(run, used, used.standard, periods, k, g).value
        if value is None:
            return Figures(None, definition.formula.empty, totals, state)
        state[used.name.replace("-", "_")] = value
    if "months" in definition.formula.names:
        totals["months"] = period.months
    value = definition.formula(state)
    return Figures(value, None if value is not None else definition.formula.empty, totals, state)


def _shown(run: Run, definition: Definition) -> Iterator[Total]:
    """The totals that the tables can answer; one that the formula needs and they cannot is an error."""
    for total in definition.totals:
        source = run.source(total.rows)
        if total.between and not source.grouped:
            continue
        missing = [column for column in total.needs if not source.has(column)]
        if not missing:
            yield total
        elif total.name in definition.formula.names or not _rest(run, definition):
            raise CustmetricsError(_without(run, source.tables[0], missing[0], total))


def _rest(run: Run, definition: Definition) -> bool:
    return any(total.name in definition.formula.names for total in definition.totals)


def _without(run: Run, table: str, column: str, total: Total) -> Problem:
    paths = [report.path for report in run.loaded.inputs if report.table == table]
    return Problem(
        "E320",
        f"{table} has no column {column}, and without it {total.name} cannot be known",
        Place(paths[0] if paths else table),
        hint=f'export it with {column}, or say which column it is: --column {column}="…"',
    )


def _number(run: Run, total: Total, periods: Periods, k: int, g: int) -> int:
    groups = _alike(run, total, periods, g)
    if not total.monthly:
        return over(run.sums(total.rows, periods), total, [k], groups)
    months = tuple(month for period in periods for month in period.calendar_months())
    before = sum(len(period.calendar_months()) for period in periods[: k - 1])
    ks = range(before + 1, before + 1 + len(periods[k - 1].calendar_months()))
    return over(run.sums(total.rows, months), total, ks, groups)


def _alike(run: Run, total: Total, periods: Periods, g: int) -> list[int]:
    """The groups to sum. A column that only lost customers have (reason) splits what ended; all else stays whole."""
    groups = run.source(total.rows).groups
    ended = [column for column in groups.by if _of_end(groups.table, column)]
    if not ended or total.of_end:
        return [g]
    mine = {column: value for column, value in groups.name(g).items() if column not in ended}
    every = [other for other in run.sums(total.rows, periods).groups if other not in (OUTSIDE, WHOLE)]
    return [other for other in every if mine.items() <= groups.name(other).items()]


def _of_end(table: str, column: str) -> bool:
    from custmetrics_cli.tables import TABLES

    declared = TABLES[table].by_name.get(column)
    return bool(declared and declared.of_end)
