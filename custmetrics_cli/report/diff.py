"""Compare two exports of the same tables: the metrics that differ, and the totals, customers and rows behind that."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from fractions import Fraction
from typing import TYPE_CHECKING

from custmetrics_cli.compute.contributions import contributions
from custmetrics_cli.compute.view import choose_tables
from custmetrics_cli.core.diff import Diff, MetricChange, TotalChange, Unanswered
from custmetrics_cli.core.result import Notice
from custmetrics_cli.core.time.calendar import day_number
from custmetrics_cli.ingest.compare.exports import Exports
from custmetrics_cli.ingest.compare.row_diff import RowDiff, compare_rows
from custmetrics_cli.metrics import METRICS
from custmetrics_cli.report.metric_pair import MetricPair, Parts
from custmetrics_cli.report.report import Questions, build_report, metrics_in_order, selection

if TYPE_CHECKING:
    from custmetrics_cli.compute.question import Question
    from custmetrics_cli.core.formula import Number
    from custmetrics_cli.core.metric import Metric
    from custmetrics_cli.core.result import Report
    from custmetrics_cli.tables.shared.table import Selection

MOST_CUSTOMERS = 20_000  # their parts take some seconds; if the rows of more customers differ, nobody's parts are computed

Pairs = Mapping[str, MetricPair]  # by metric
Movers = dict[str, tuple[str, ...]]  # customer -> the metrics that the customer moves


def full_selection(questions: Questions) -> dict[str, Selection]:
    """Return all columns and rows of the tables that any metric can use."""
    return {table: selected._replace(everything=True) for table, selected in selection(questions).items()}


def compare_exports(questions: Questions, exports: Exports, memory: int, most_rows: int | None) -> Diff:
    """Return the differences.

    most_rows: the rows kept of each table; None: all.
    Raises CustmetricsError E168, E341, and the errors of a report on one side.
    """
    warnings = [*exports.warnings()]
    exports = exports.with_shared_tables()
    exports.check_columns()
    old, new = (build_report(questions, side, 1) for side in exports)
    pairs = {pair.metric.name: pair for pair in _pairs(old, new)}
    columns = {table: frozenset((*each.reads, *each.words)) for table, each in selection(questions).items()}
    with ExitStack() as stack:
        rows = compare_rows(exports, columns, _days(questions, old), memory, stack)
        parts = _attribute(questions, pairs, exports, rows)
        return Diff(
            old.period,
            old.answer,
            new.answer,
            tuple(_change(pair, pairs, parts) for pair in pairs.values() if pair.differs),
            tuple(pair.metric for pair in pairs.values() if not pair.differs),
            tuple(_unanswered(old, new)),
            rows.counts(),
            tuple(rows.changes(most_rows)),
            (*warnings, *_warnings(old, new)),
        )


def _attribute(questions: Questions, pairs: Pairs, exports: Exports, rows: RowDiff) -> dict[str, Parts] | None:
    """Return each customer's part of the differences, and pass to the rows the metrics that each changes.

    None: too many customers differ.
    """
    customers = rows.changed_customers(MOST_CUSTOMERS + 1)
    parts = _parts(questions, pairs, exports, customers) if len(customers) <= MOST_CUSTOMERS else None
    tables = {name: _tables(pair.metric, exports) for name, pair in pairs.items()}
    rows.set_movers(None if parts is None else _movers(pairs, parts, tables, customers), _changed_metrics(pairs, tables, exports))
    return parts


def _pairs(old: Report, new: Report) -> Iterator[MetricPair]:
    """Yield the metrics that both sides answer."""
    after = {result.metric.name: result for result in new.answer.results}
    yield from (MetricPair(result, after[result.metric.name]) for result in old.answer.results if result.metric.name in after)


def _unanswered(old: Report, new: Report) -> Iterator[Unanswered]:
    """Yield the metrics that only one side answers."""
    before, after = ({each.metric.name: each.problem for each in side.missing} for side in (old, new))
    for metric in metrics_in_order():
        if (metric.name in before) != (metric.name in after):
            yield Unanswered(metric, before.get(metric.name), after.get(metric.name))


def _days(questions: Questions, old: Report) -> tuple[int, int]:
    """Return the days whose rows count in the period, including the earlier days that some totals need."""
    totals = (total for name in questions for total in METRICS[name].totals.values())
    lookback = max((total.lookback_days for total in totals), default=0)
    return day_number(old.period.start) - lookback, day_number(old.period.end)


def _tables(metric: Metric, exports: Exports) -> set[str]:
    return {table for rows in metric.standard.datasets for table in choose_tables(rows, exports.new)}


def _changed_metrics(pairs: Pairs, tables: Mapping[str, set[str]], exports: Exports) -> dict[str, tuple[str, ...]]:
    """Return the metrics that differ, by table: rows without a customer move all of them."""
    return {table: tuple(name for name, pair in pairs.items() if pair.differs and table in tables[name]) for table in exports.tables}


def _parts(questions: Questions, pairs: Pairs, exports: Exports, customers: Sequence[str]) -> dict[str, Parts]:
    """Return each customer's part of the difference of each total, by metric."""
    if not customers:
        return {name: {} for name in pairs}
    asked: dict[str, Question] = {name: each for name, each in questions.items() if name in pairs and not isinstance(each, Exception)}
    sides = [contributions(asked.values(), side.only_customers(customers)) for side in exports]
    return {
        name: {total: _subtract(new.get(total, {}), old.get(total, {})) for total in dict.fromkeys((*old, *new))}
        for name, old, new in zip(asked, *sides, strict=True)
    }


def _subtract(new: Mapping[str, Number], old: Mapping[str, Number]) -> dict[str, Number]:
    parts = {customer: new.get(customer, 0) - old.get(customer, 0) for customer in (*old, *new)}
    return {customer: part for customer, part in parts.items() if part}


def _movers(pairs: Pairs, parts: Mapping[str, Parts], tables: Mapping[str, set[str]], changed: Sequence[str]) -> dict[str, Movers]:
    """Return the customers who move metrics, by table. A curve may differ although no total does: then all changed customers count."""
    found: dict[str, Movers] = {}
    for name, by_total in parts.items():
        customers = pairs[name].movers(by_total) or (changed if pairs[name].differs else ())
        for table in tables[name]:
            movers = found.setdefault(table, {})
            movers.update((customer, (*movers.get(customer, ()), name)) for customer in customers)
    return found


def _change(pair: MetricPair, pairs: Pairs, parts: Mapping[str, Parts] | None) -> MetricChange:
    explained = {} if parts is None else pair.explained(parts[pair.metric.name])
    units = {**pair.old.units, **pair.new.units}
    totals = tuple(
        TotalChange(name, units.get(name, "count"), old, new, _largest_first(explained[name]) if explained.get(name) else None)
        for name, (old, new) in pair.totals.items()
    )
    uses = (used.name for used in pair.metric.standard.uses)
    return MetricChange(pair.old, pair.new, totals, tuple(name for name in uses if name in pairs and pairs[name].differs))


def _largest_first(parts: Mapping[str, Number]) -> tuple[tuple[str, Number], ...]:
    return tuple(sorted(parts.items(), key=lambda part: (-abs(Fraction(part[1])), part[0])))


def _warnings(old: Report, new: Report) -> Iterator[Notice]:
    """Yield each warning once, with the name of the side if only one side has it."""
    before, after = ([*dict.fromkeys(side.answer.warnings)] for side in (old, new))
    yield from (warning for warning in before if warning in after)
    for side, own, others in (("OLD", before, after), ("NEW", after, before)):
        yield from (warning._replace(message=f"{side}: {warning.message}") for warning in own if warning not in others)
