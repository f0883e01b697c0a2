"""One run: metrics over loaded tables for contiguous periods. Rows are made once, and queried once per cut of time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.compute.groups import Groups, known_of_the_lost
from custmetrics_cli.compute.identities import prove
from custmetrics_cli.compute.question import Question
from custmetrics_cli.compute.source import Source, chosen
from custmetrics_cli.compute.sums import Group, Sums, in_order, summed
from custmetrics_cli.errors import CustmetricsError, Place, Problem
from custmetrics_cli.metric import Ask, Definition, Metric, Rows, Total
from custmetrics_cli.period import Period
from custmetrics_cli.result import Number

if TYPE_CHECKING:
    from custmetrics_cli.sources import Loaded

NOT_MONTHS = "the period is not made of whole calendar months"
Periods = tuple[Period, ...]


@dataclass(eq=False, repr=False)
class Run:
    """Raises CustmetricsError E130 (no such table), E320 (no such column), E12x (--by, --where), E60x (a broken identity)."""

    question: Question
    loaded: Loaded
    _sources: dict[tuple[str, ...], Source] = field(default_factory=dict)
    _sums: dict[tuple[int, Periods], Sums] = field(default_factory=dict)

    def source(self, rows: Rows) -> Source:
        tables = chosen(rows, self.loaded)
        if tables not in self._sources:
            groups = Groups(self.loaded, tables[0], self.question.by, self.question.where)
            self._sources[tables] = Source(self.loaded, tables, groups)
        return self._sources[tables]

    def sums(self, rows: Rows, periods: Periods) -> Sums:
        key = (id(rows), periods)
        if key not in self._sums:
            source = self.source(rows)
            made = rows.make(source, Ask(periods, self.question.gap))
            self._sums[key] = summed(made, len(periods), source.groups.values)
        return self._sums[key]

    def tables(self, metric: Metric) -> list[str]:
        """The tables that a metric is answered from."""
        return sorted({table for rows in metric.rows for table in chosen(rows, self.loaded)})

    def groups(self, metric: Metric, periods: Periods) -> list[Group]:
        """The groups to answer for, in order of name: those in which anything counts, by reason those in which anyone left."""
        if not self.question.by:
            return [()]
        self._splits(metric)
        ks = range(1, len(periods) + 1)
        totals = [total for total in metric.totals.values() if not total.monthly]
        split = [total for total in totals if total.of_end or not any(self.source(total.rows).groups.ended)]
        found = {g for total in split for g in self.sums(total.rows, periods).groups if self.sums(total.rows, periods).over(total, ks, [g])}
        return sorted(found, key=in_order)

    def _splits(self, metric: Metric) -> None:
        """Raises CustmetricsError E133 for a metric that says nothing of who left, split by why."""
        of_end = any(total.of_end for _, name in self.question.metrics for total in metric.definitions[name].needed)
        splits = [self.source(rows).groups for rows in metric.rows]
        ended = [column for groups in splits for column, yes in zip(groups.by, groups.ended, strict=True) if yes]
        if ended and not of_end:
            raise known_of_the_lost(ended[0], f"counts others too: {metric.name} cannot be split by it")

    def prove(self, metric: Metric, periods: Periods) -> None:
        for identity in metric.identities:
            rows = identity.totals[0].rows
            prove(identity, self.sums(rows, periods), periods, self.question.by)


class Figures(NamedTuple):
    """The totals of one definition for one period and group, and what its formula gives."""

    value: Fraction | None
    reason: str | None
    totals: Mapping[str, Number]
    state: Mapping[str, Number]


def figures(run: Run, definition: Definition, periods: Periods, k: int, group: Group) -> Figures:
    """k counts from 1: the period asked for among the contiguous ones of the run."""
    period = periods[k - 1]
    if definition.whole_months and not period.whole_months:
        return Figures(None, NOT_MONTHS, {}, {})
    totals: dict[str, Number] = {total.name: _number(run, total, periods, k, group) for total in _shown(run, definition)}
    state: dict[str, Number] = {**totals, "months": period.months}
    for used in definition.uses:
        got = figures(run, used.standard, periods, k, group)
        if got.value is None:
            return Figures(None, got.reason, totals, state)
        state[used.symbol] = got.value
    if "months" in definition.formula.names:
        totals["months"] = period.months
    value = definition.formula(state)
    return Figures(value, None if value is not None else definition.formula.empty, totals, state)


def _shown(run: Run, definition: Definition) -> Iterator[Total]:
    """The totals that the tables can answer; one that there is no answer without, and they cannot, is an error."""
    for total in definition.totals:
        source = run.source(total.rows)
        missing = [column for column in total.needs if not source.has(column)]
        if missing and total in definition.needed:
            raise CustmetricsError(_without(run, source.tables[0], missing[0], total))
        if not missing and (source.grouped or not total.between):
            yield total


def _without(run: Run, table: str, column: str, total: Total) -> Problem:
    paths = [report.path for report in run.loaded.inputs if report.table == table]
    return Problem(
        "E320",
        f"{table} has no column {column}, and without it {total.name} cannot be known",
        Place(paths[0] if paths else table),
        hint=f'export it with {column}, or say which column it is: --column {column}="…"',
    )


def _number(run: Run, total: Total, periods: Periods, k: int, group: Group) -> Number:
    groups = _alike(run, total, periods, group)
    cut, ks = (_months(periods, k)) if total.monthly else (periods, range(k, k + 1))
    number = run.sums(total.rows, cut).over(total, ks, groups)
    return number if total.parts == 1 else Fraction(number, total.parts)


def _months(periods: Periods, k: int) -> tuple[Periods, range]:
    """The calendar months of all periods, and the numbers of those of the k-th."""
    each = [period.calendar_months() for period in periods]
    before = sum(len(months) for months in each[: k - 1])
    return tuple(month for months in each for month in months), range(before + 1, before + 1 + len(each[k - 1]))


def _alike(run: Run, total: Total, periods: Periods, group: Group) -> list[Group]:
    """The groups to sum. A column that only lost customers have (reason) splits what ended; all else stays whole."""
    ended = run.source(total.rows).groups.ended
    if isinstance(group, int) or total.of_end or not any(ended):
        return [group]
    whole = [at for at, is_ended in enumerate(ended) if not is_ended]
    return [other for other in run.sums(total.rows, periods).groups if all(other[at] == group[at] for at in whole)]
