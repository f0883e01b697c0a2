"""List the customers behind a total, the rows behind a warning, or the comments behind a total."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from custmetrics_cli.columns.day import decode as day_text
from custmetrics_cli.compute.counts import run_query
from custmetrics_cli.compute.known.customers import columns_of_customers
from custmetrics_cli.compute.known.no_answer import check_listed
from custmetrics_cli.compute.question import Question
from custmetrics_cli.compute.run import Run
from custmetrics_cli.compute.split.columns import CUSTOMER
from custmetrics_cli.compute.split.groups import only_known_of_lost
from custmetrics_cli.compute.view import LoadedView
from custmetrics_cli.compute.warnings import find_rows, money_and_group_warnings
from custmetrics_cli.compute.windows import periods_of
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
    from custmetrics_cli.ingest.loaded import Loaded

Cell = str | Number | None
Details = tuple[Cell, ...]
Contributor = tuple[int, Any, Details]  # a group number, a customer id as in frames, and the details of the customer


def listing(question: Question, loaded: Loaded, name: str) -> Listing:
    """List a total, a warning of a dataset or a list of the files. Raises CustmetricsError E128 if none has this name."""
    metric = question.metrics[0][0]
    question = question._replace(period=periods_of(question.definition.window, question.period)[0])
    if name in metric.totals:
        return _list_total(Run(question, loaded, metric.totals[name]), metric.totals[name])
    checks = {check.name: (dataset, check) for dataset in metric.datasets for check in dataset.checks}
    if name in checks:
        return _list_findings(Run(question, loaded), *checks[name])
    if name in loaded.lists:
        return loaded.lists[name]
    raise _no_total(metric, name, [*metric.totals, *checks, *loaded.lists])


def comments(question: Question, loaded: Loaded, name: str) -> Listing:
    """List the comments of the customers behind a total. Raises CustmetricsError E128 (no such total) and E323 (no column)."""
    metric = question.metrics[0][0]
    totals = {total.name: total for total in metric.totals.values() if total.dataset.comment_column}
    if name not in totals:
        raise _no_total(metric, name, totals)
    dataset = totals[name].dataset
    column = dataset.comment_column
    total = totals[name]._replace(dataset=dataset._replace(detail_columns={**dataset.detail_columns, column: "text"}))
    run = Run(question, loaded, total)
    view = run.view(dataset)
    if not view.is_read(column):
        hint = f'map its header: --column {column}="HEADER"'
        raise CustmetricsError(Problem("E323", f"{view.tables[0]} has no column {column}", hint=hint))
    return _with_comments(_list_total(run, total), column)


def _no_total(metric: Metric, name: str, known: Iterable[str]) -> CustmetricsError:
    return CustmetricsError(Problem("E128", f"{metric.name} has no total {name!r}", hint=near(name, known)))


def _with_comments(listing: Listing, column: str) -> Listing:
    """Keep the rows that have a comment, and note how much of the total they are."""
    at = listing.columns.index(column)
    rows = [row for row in listing.rows if row[at]]
    with_comment, total = (sum(int(row[-1] or 0) for row in each) for each in (rows, listing.rows))
    return listing._replace(rows=rows, description=f"{listing.description}; {with_comment:,} of {total:,} with a {column}")


def _list_total(run: Run, total: Total) -> Listing:
    """List each customer and group with the days and details of the dataset, and what the customer adds to the total."""
    view, question = run.view(total.dataset), run.question
    check_listed(run, total)
    _check_split(view, total)
    periods = question.period.calendar_months() if total.monthly else (question.period,)
    aggregations = total.dataset.aggregations(view, run.scope(total.dataset, periods, with_ids=True))
    added = {contributor: n for contributor, n in _add_up(aggregations, total, len(periods)).items() if n}
    customers = [customer for _, customer, _ in added]
    names = _customer_names(run, view, customers)
    known_by = columns_of_customers(run, view, customers)
    day_columns, days = _days(view, total.dataset)
    no_days: list[Cell] = [None] * len(day_columns)
    ordered = sorted(
        (group, name, details, n, known_by.cells(customer), days.get(customer, no_days))
        for ((group, customer, details), n), name in zip(added.items(), names, strict=True)
    )
    has_names = CUSTOMER in TABLES[view.tables[0]].by_name
    rows = [
        (*view.groups.values(group), *known, *([name] if has_names else []), *shown, *_details(total, details), _in_units(total, n))
        for group, name, details, n, known, shown in ordered
    ]
    details = total.dataset.detail_columns
    if total.dataset.listed_by:
        places = [[*details].index(name) - len(details) - 1 for name in total.dataset.listed_by]
        rows.sort(key=lambda row: [-Fraction(row[at] or 0) for at in places])
    last = total.name if total.unit == "money" else "count"
    columns = (*question.by, *known_by.names, *([view.id_name] if has_names else []), *day_columns, *details, last)
    return _document(run, total, columns, rows)


def _check_split(view: LoadedView, total: Total) -> None:
    """Raise CustmetricsError E133 for a total of other customers, split by the reason why customers left."""
    by_leave_reason = view.groups.by_leave_reason
    if any(by_leave_reason) and not total.by_leave_reason:
        raise only_known_of_lost(view.groups.by[by_leave_reason.index(True)], f"{total.name} cannot be split by it")


def _document(run: Run, total: Total, columns: tuple[str, ...], rows: Sequence[tuple[Cell, ...]]) -> Listing:
    units = {name: unit for name, unit in (*total.dataset.detail_columns.items(), (total.name, total.unit)) if unit in ("money", "ratio")}
    run.currencies.check_rates()
    return Listing(
        total.name,
        total.description,
        columns,
        rows,
        run.question.period,
        run.loaded.inputs,
        (*run.loaded.warnings, *money_and_group_warnings(run)),
        units,
        run.currencies.answer_currency if "money" in units.values() else None,
        run.policies,
        run.question.options_in_effect(run.question.metrics[0][0]),
    )


def _customer_names(run: Run, view: LoadedView, customers: list[Any]) -> list[str]:
    """Return the ids of customers as text, "" for tables without customers."""
    return view.id_texts(customers) if CUSTOMER in TABLES[view.tables[0]].by_name else [""] * len(customers)


def _days(view: LoadedView, dataset: Dataset) -> tuple[list[str], dict[Any, list[Cell]]]:
    """Return the names of the day columns, and their values by customer."""
    frame = dataset.customer_days(view)
    rows = [] if frame is None else collect(frame)
    names = [name for name in rows[0] if name != "id"] if rows else []
    return names, {row["id"]: [day_text(row[name]) for name in names] for row in rows}


def _details(total: Total, details: Details) -> list[Cell]:
    """Return the details of a customer in their units."""
    columns = total.dataset.detail_columns
    return [_detail(total, unit, value) for unit, value in zip(columns.values(), details or [None] * len(columns), strict=True)]


def _detail(total: Total, unit: str, value: Cell) -> Cell:
    if value is None or isinstance(value, str):
        return value or None
    if unit == "count":
        return value
    return day_text(int(value)) if unit == "day" else Fraction(value) / total.dataset.parts


def _in_units(total: Total, number: Number) -> Number:
    return number if total.unit == "count" else Fraction(number) / total.parts


def _add_up(aggregations: Sequence[Aggregation], total: Total, periods: int) -> dict[Contributor, Number]:
    """Return what each customer adds to the total. A stock counts in every period after the one that changed it."""
    added: dict[Contributor, Number] = defaultdict(int)
    for row, period_number, group, counts in (each for aggregation in aggregations for each in run_query(aggregation)):
        if period_number <= periods and group not in (OUTSIDE, WHOLE):
            flow = counts.get(total.flow, 0) if period_number else 0
            details, customer = (counts.details, counts.customer) if isinstance(counts, DetailedCounts) else ((), None)
            key = (group, row.get("id") if customer is None else customer, details)
            added[key] += flow + counts.get(total.stock, 0) * (periods - period_number)
    return added


def _list_findings(run: Run, dataset: Dataset, check: DataWarning) -> Listing:
    frame = find_rows(run, dataset, check, with_ids=True)
    findings = [] if frame is None else collect(frame)
    days = [column for column in (findings[0] if findings else ()) if column not in ("id", "count")]
    names = run.loaded.ids([row["id"] for row in findings])
    ordered = sorted((name, *(row[column] for column in days), row["count"]) for name, row in zip(names, findings, strict=True))
    rows = [(row[0], *(day_text(number) for number in row[1:-1]), row[-1]) for row in ordered]
    description, columns = check.text(sum(row["count"] for row in findings)), (CUSTOMER, *days, "count")
    loaded = run.loaded
    return Listing(check.name, description, columns, rows, run.question.period, loaded.inputs, loaded.warnings, policies=loaded.policies)
