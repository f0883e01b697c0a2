"""The customers behind a total, or the rows behind a warning."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from custmetrics_cli.columns.day import decode as day
from custmetrics_cli.compute.counts import expand
from custmetrics_cli.compute.question import Question
from custmetrics_cli.compute.run import Run
from custmetrics_cli.compute.source import LoadedView
from custmetrics_cli.compute.split.groups import only_known_of_lost
from custmetrics_cli.core.data.counts import OUTSIDE, WHOLE, Aggregation, DetailedCounts
from custmetrics_cli.core.data.dataset import Dataset, DataWarning
from custmetrics_cli.core.data.total import Total
from custmetrics_cli.core.errors import CustmetricsError, Problem, near
from custmetrics_cli.core.formula import Number
from custmetrics_cli.core.metric import Metric
from custmetrics_cli.core.result import Listing
from custmetrics_cli.engines.query.run import collect
from custmetrics_cli.tables import TABLES

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

    from custmetrics_cli.ingest.loaded import Loaded

Facts = tuple[Number | str | None, ...]


def listing(question: Question, loaded: Loaded, name: str) -> Listing:
    """Raises CustmetricsError E128 when no total, check or finding is called so."""
    metric = question.metrics[0][0]
    if name in metric.totals:
        return _of_total(Run(question, loaded, metric.totals[name]), metric.totals[name])
    checks = {check.name: (rows, check) for rows in metric.datasets for check in rows.checks}
    if name in checks:
        return _of_check(Run(question, loaded), *checks[name])
    if name in loaded.lists:
        return loaded.lists[name]
    raise _no_total(metric, name, [*metric.totals, *checks, *loaded.lists])


def _no_total(metric: Metric, name: str, known: Iterable[str]) -> CustmetricsError:
    return CustmetricsError(Problem("E128", f"{metric.name} has no total {name!r}", hint=near(name, known)))


def comments(question: Question, loaded: Loaded, name: str) -> Listing:
    """What people wrote whom a total counts. Raises CustmetricsError E128 when none is called so, E323 where no column has it."""
    metric = question.metrics[0][0]
    totals = {total.name: total for total in metric.totals.values() if total.dataset.comment_column}
    if name not in totals:
        raise _no_total(metric, name, totals)
    rows = totals[name].dataset
    total = totals[name]._replace(dataset=rows._replace(detail_columns={**rows.detail_columns, rows.comment_column: "text"}))
    run = Run(question, loaded, total)
    source = run.view(rows)
    if not source.is_read(rows.comment_column):
        hint = f'say which column it is: --column {rows.comment_column}="NAME"'
        raise CustmetricsError(Problem("E323", f"{source.tables[0]} has no column {rows.comment_column}", hint=hint))
    return _written(_of_total(run, total), rows.comment_column)


def _written(every: Listing, column: str) -> Listing:
    """The rows in which something is written, and how much of the total they are."""
    at = every.columns.index(column)
    rows = [row for row in every.rows if row[at]]
    here, whole = (sum(int(row[-1] or 0) for row in those) for those in (rows, every.rows))
    return every._replace(rows=rows, description=f"{every.description}; {here:,} of {whole:,} with a {column}")


def _of_total(run: Run, total: Total) -> Listing:
    """One row per customer and group, and what else is told of it, with what it adds to the total."""
    source, period, metric = run.view(total.dataset), run.question.period, run.question.metrics[0][0]
    if any(source.groups.ended) and not total.by_leave_reason:
        raise only_known_of_lost(
            source.groups.by[source.groups.ended.index(True)], f"counts others too: {total.name} cannot be split by it"
        )
    periods = period.calendar_months() if total.monthly else (period,)
    counted = _counted(total.dataset.aggregations(source, run.scope(total.dataset, periods, named=True)), total, len(periods))
    heads, days = _shown(source, total.dataset)
    who = [(g, one, facts, n) for (one, g, facts), n in counted.items() if n]
    of_whom = [name for name in TABLES[source.tables[0]].by_name if name == "customer_id"]
    names = run.loaded.ids([one for _, one, _, _ in who]) if of_whom else [""] * len(who)
    ordered = sorted((g, name, facts, n, days.get(one, [None] * len(heads))) for name, (g, one, facts, n) in zip(names, who, strict=True))
    rows = [
        (*source.groups.values(g), *[name for _ in of_whom], *shown, *_told(total, facts), _parted(total, n))
        for g, name, facts, n, shown in ordered
    ]
    columns = (*run.question.by, *of_whom, *heads, *total.dataset.detail_columns, "count" if total.unit == "count" else total.name)
    units = {name: "money" for name, unit in (*total.dataset.detail_columns.items(), (total.name, total.unit)) if unit == "money"}
    run.currencies.settle()
    currency = run.currencies.own if units else None
    of_all = (run.loaded.inputs, (*run.loaded.warnings, *run.currencies.warnings(run.split), *run.unmatched_warnings()))
    of_how = (run.loaded.policies, run.question.chosen(metric))
    return Listing(total.name, total.description, columns, rows, period, *of_all, units, currency, *of_how)


def _told(total: Total, facts: Facts) -> list[str | Number | None]:
    """What is told of a customer, in its units."""
    units = zip(total.dataset.detail_columns.values(), facts or [None] * len(total.dataset.detail_columns), strict=True)
    return [_fact(total, unit, fact) for unit, fact in units]


def _fact(total: Total, unit: str, fact: Number | str | None) -> str | Number | None:
    if fact is None or isinstance(fact, str) or unit == "count":
        return fact or None if isinstance(fact, str) else fact
    return day(int(fact)) if unit == "day" else Fraction(fact) / total.dataset.parts


def _parted(total: Total, number: Number) -> Number:
    return number if total.unit == "count" else Fraction(number) / total.parts


def _shown(view: LoadedView, dataset: Dataset) -> tuple[list[str], dict[Any, list[str | None]]]:
    """The heads and, by id, the days that rows tell of whoever counts."""
    frame = dataset.customer_days(view)
    found = [] if frame is None else collect(frame)
    heads = [head for head in found[0] if head != "id"] if found else []
    return heads, {row["id"]: [day(row[head]) for head in heads] for row in found}


def _counted(aggregations: Sequence[Aggregation], total: Total, n: int) -> dict[tuple[Any, int, Facts], Number]:
    """What each customer adds to the total over n periods: a level counts in every period after what made it."""
    found: dict[tuple[Any, int, Facts], Number] = defaultdict(int)
    for row, k, g, counts in (each for aggregation in aggregations for each in expand(aggregation)):
        if k <= n and g not in (OUTSIDE, WHOLE):
            flow = counts.get(total.flow, 0) if k else 0
            facts, who = (counts.details, counts.customer) if isinstance(counts, DetailedCounts) else ((), None)
            found[row.get("id") if who is None else who, g, facts] += flow + counts.get(total.stock, 0) * (n - k)
    return found


def found(run: Run, dataset: Dataset, check: DataWarning, named: bool = False) -> nw.LazyFrame[Any] | None:
    """The rows of a check; None where it cannot be asked of these tables."""
    return check.findings(run.view(dataset), run.scope(dataset, run.question.periods, named))


def _of_check(run: Run, dataset: Dataset, check: DataWarning) -> Listing:
    frame = found(run, dataset, check, named=True)
    rows_found = [] if frame is None else collect(frame)
    names = run.loaded.ids([row["id"] for row in rows_found])
    days = [column for column in (rows_found[0] if rows_found else ()) if column not in ("id", "count")]
    listed = sorted((name, *(row[column] for column in days), row["count"]) for name, row in zip(names, rows_found, strict=True))
    shown = [(row[0], *(day(number) for number in row[1:-1]), row[-1]) for row in listed]
    means = check.text(sum(row["count"] for row in rows_found))
    of_all = (run.question.period, run.loaded.inputs, run.loaded.warnings)
    return Listing(check.name, means, ("customer_id", *days, "count"), shown, *of_all, policies=run.loaded.policies)
