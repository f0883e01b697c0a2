"""Two exports of the same tables: which metrics differ, by which totals, customers and rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.compute.contributions import GRID, contributions
from custmetrics_cli.compute.source import choose_tables
from custmetrics_cli.core.calendar import day_number
from custmetrics_cli.core.diff import Diff, MetricChange, TotalChange, Unanswered
from custmetrics_cli.core.result import Notice
from custmetrics_cli.ingest.compare.row_diff import Exports, difference
from custmetrics_cli.metrics import METRICS
from custmetrics_cli.report.report import Asked, build_report, selection

if TYPE_CHECKING:
    from custmetrics_cli.compute.question import Question
    from custmetrics_cli.core.formula import Number
    from custmetrics_cli.core.metric import Metric
    from custmetrics_cli.core.result import Report, Result
    from custmetrics_cli.tables import Selection

MOST = 20_000  # customers whose part in each total is worked out, in some seconds; where more are concerned, nobody's is

Added = Mapping[str, Mapping[str, "Number"]]  # total -> customer -> what the customer adds to its difference
Movers = dict[str, tuple[str, ...]]  # customer -> metrics


class MetricPair(NamedTuple):
    """The results of one metric. totals: those that differ, old and new."""

    old: Result
    new: Result

    @property
    def metric(self) -> Metric:
        return self.old.metric

    @property
    def totals(self) -> dict[str, tuple[Number, Number]]:
        """What both have: the length of the period is there only beside a value."""
        both = {name: (number, self.new.totals[name]) for name, number in self.old.totals.items() if name in self.new.totals}
        return {name: pair for name, pair in both.items() if pair[0] != pair[1]}

    @property
    def differs(self) -> bool:
        return bool(self.totals) or _beside_totals(self.old) != _beside_totals(self.new)

    def adding_up(self, added: Added) -> dict[str, Mapping[str, Number]]:
        """Of totals to whose difference customers add up, what each adds."""
        apart = {name: new - old for name, (old, new) in self.totals.items()}
        return {name: by for name, by in added.items() if not name.startswith(GRID) and sum(by.values()) == apart.get(name, 0)}

    def movers(self, added: Added) -> dict[str, None]:
        """The customers who add to a total or, where its grid differs, to the grid."""
        cells = [by for name, by in added.items() if name.startswith(GRID) and self.old.grid != self.new.grid]
        return dict.fromkeys(one for by in (*self._behind(added).values(), *cells) for one in by)

    def _behind(self, added: Added) -> Mapping[str, Mapping[str, Number]]:
        """What adds up; where nothing that moved does, all there is."""
        adding, totals = self.adding_up(added), self.totals
        return adding if not totals or any(name in totals for name in adding) else added


def _beside_totals(result: Result) -> tuple[object, ...]:
    return result.value, result.reason, result.grid, result.currency


def everything(asked: Asked) -> dict[str, Selection]:
    """What is looked at: all columns and rows of the tables that any metric can use."""
    return {table: looked._replace(everything=True) for table, looked in selection(asked).items()}


def diff(asked: Asked, exports: Exports, memory: int, most: int | None) -> Diff:
    """most: rows told of each table, None: all. Raises CustmetricsError E168, E341, and what a report of one side raises."""
    warnings = [*exports.warnings()]
    exports = exports.only()
    exports.prove()
    old, new = (build_report(asked, side, 1) for side in exports)
    compared = {each.metric.name: each for each in _compared(old, new)}
    with ExitStack() as stack:
        looked = {table: frozenset((*each.reads, *each.words)) for table, each in selection(asked).items()}
        rows = difference(exports, looked, _days(asked, old), memory, stack)
        customers = rows.customers(MOST + 1)
        added = _added(asked, compared, exports, customers) if len(customers) <= MOST else None
        tables = {name: _tables(each.metric, exports) for name, each in compared.items()}
        nobody = {
            table: tuple(name for name, each in compared.items() if each.differs and table in tables[name]) for table in exports.tables
        }
        rows.told(None if added is None else _movers(compared, added, tables), nobody)
        changed = tuple(_change(each, compared, added) for each in compared.values() if each.differs)
        return Diff(
            old.period,
            old.answer,
            new.answer,
            changed,
            tuple(each.metric for each in compared.values() if not each.differs),
            tuple(_unanswered(old, new)),
            rows.counts(),
            tuple(rows.rows(most)),
            (*warnings, *_warnings(old, new)),
        )


def _compared(old: Report, new: Report) -> Iterator[MetricPair]:
    """The metrics that both sides answer."""
    after = {result.metric.name: result for result in new.answer.results}
    yield from (MetricPair(result, after[result.metric.name]) for result in old.answer.results if result.metric.name in after)


def _unanswered(old: Report, new: Report) -> Iterator[Unanswered]:
    """Those that just one side answers: what neither can is no difference."""
    before, after = ({each.metric.name: each.problem for each in side.missing} for side in (old, new))
    for name in METRICS:
        if (name in before) != (name in after):
            yield Unanswered(METRICS[name], before.get(name), after.get(name))


def _days(asked: Asked, old: Report) -> tuple[int, int]:
    """The days whose rows count in the period, those before it included that do in some total."""
    totals = (total for name in asked for total in METRICS[name].totals.values())
    reach = max((total.lookback_days for total in totals), default=0)
    return day_number(old.period.start) - reach, day_number(old.period.end)


def _tables(metric: Metric, exports: Exports) -> set[str]:
    return {table for rows in metric.standard.datasets for table in choose_tables(rows, exports.new)}


def _added(asked: Asked, compared: Mapping[str, MetricPair], exports: Exports, customers: Sequence[str]) -> dict[str, Added]:
    """By metric, what each of these customers adds to the difference of each total."""
    if not customers:
        return {name: {} for name in compared}
    questions: dict[str, Question] = {name: each for name, each in asked.items() if name in compared and not isinstance(each, Exception)}
    sides = [contributions(questions.values(), side.only_customers(customers)) for side in exports]
    return {
        name: {total: _less(new.get(total, {}), old.get(total, {})) for total in dict.fromkeys((*old, *new))}
        for name, old, new in zip(questions, *sides, strict=True)
    }


def _less(new: Mapping[str, Number], old: Mapping[str, Number]) -> dict[str, Number]:
    found = {one: new.get(one, 0) - old.get(one, 0) for one in (*old, *new)}
    return {one: number for one, number in found.items() if number}


def _movers(compared: Mapping[str, MetricPair], added: Mapping[str, Added], tables: Mapping[str, set[str]]) -> dict[str, Movers]:
    """By table, the customers who move metrics that stand on it, and which."""
    found: dict[str, Movers] = {}
    for name, each in added.items():
        who = compared[name].movers(each)
        for table in tables[name]:
            mine = found.setdefault(table, {})
            mine.update((one, (*mine.get(one, ()), name)) for one in who)
    return found


def _change(each: MetricPair, compared: Mapping[str, MetricPair], added: Mapping[str, Added] | None) -> MetricChange:
    by = {} if added is None else each.adding_up(added[each.metric.name])
    units = {**each.old.units, **each.new.units}
    totals = tuple(
        TotalChange(name, units.get(name, "count"), old, new, _most_first(by[name]) if by.get(name) else None)
        for name, (old, new) in each.totals.items()
    )
    uses = (used.name for used in each.metric.standard.uses)
    return MetricChange(each.old, each.new, totals, tuple(name for name in uses if name in compared and compared[name].differs))


def _most_first(by: Mapping[str, Number]) -> tuple[tuple[str, Number], ...]:
    return tuple(sorted(by.items(), key=lambda each: (-abs(Fraction(each[1])), each[0])))


def _warnings(old: Report, new: Report) -> Iterator[Notice]:
    """Each once, with the side that it is about where it is about one."""
    before, after = ([*dict.fromkeys(side.answer.warnings)] for side in (old, new))
    yield from (said for said in before if said in after)
    for side, mine, others in (("OLD", before, after), ("NEW", after, before)):
        yield from (said._replace(message=f"{side}: {said.message}") for said in mine if said not in others)
