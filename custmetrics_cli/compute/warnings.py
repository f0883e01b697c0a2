"""The warnings of an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from custmetrics_cli.columns.money import MONEY
from custmetrics_cli.compute.known.coverage import Coverage
from custmetrics_cli.compute.known.coverage_warnings import coverage_warnings
from custmetrics_cli.compute.known.planned_warnings import planned_warnings
from custmetrics_cli.compute.run import Run
from custmetrics_cli.compute.view import choose_tables
from custmetrics_cli.core.data.dataset import Dataset, DataWarning
from custmetrics_cli.core.result import Notice, Result
from custmetrics_cli.engines.query.run import total
from custmetrics_cli.tables import TABLES

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw


def answer_warnings(run: Run, results: Sequence[Result]) -> list[Notice]:
    """Return every warning of an answer. Raises CustmetricsError E332 for missing exchange rates."""
    found = dict.fromkeys((*_data_warnings(run), *_definition_warnings(run)))
    warnings = [*run.loaded.warnings, *_coverage_warnings(run, results), *planned_warnings(run), *found]
    run.currencies.check_rates()
    return [*warnings, *money_and_group_warnings(run)]


def money_and_group_warnings(run: Run) -> list[Notice]:
    """Return the warnings about currencies and about rows whose group cannot be looked up."""
    unmatched = dict.fromkeys(notice for view in run.views for notice in view.unmatched_customers)
    return [*run.currencies.warnings(_amount_tables(run)), *unmatched]


def _coverage_warnings(run: Run, results: Sequence[Result]) -> list[Notice]:
    question = run.question
    periods = [question.period, *(result.comparison.period for result in results if result.comparison)]
    coverage = run.metrics_coverage([metric for metric, _ in question.metrics])
    return coverage_warnings(coverage, question, periods, _lookbacks(run))


def _lookbacks(run: Run) -> Iterator[tuple[Coverage, int]]:
    """Yield the most days before a period that count in it, with the coverage of the tables that have them."""
    totals = [total for metric, name in run.question.metrics for total in metric.definitions[name].totals]
    days: dict[tuple[str, ...], int] = {}
    for each in totals:
        if each.lookback_days:
            tables = choose_tables(each.dataset, run.loaded)
            days[tables] = max(each.lookback_days, days.get(tables, 0))
    for table in run.silent_tables if run.question.gap else ():
        days[table,] = max(run.question.gap, days.get((table,), 0))
    yield from ((Coverage.of(run.loaded, tables, run.question), most) for tables, most in days.items())


def _data_warnings(run: Run) -> Iterator[Notice]:
    """Yield a warning for each check of a dataset that finds rows, and for tables that share few customers."""
    matches = dict.fromkeys(run.match(dataset) for metric, _ in run.question.metrics for dataset in metric.datasets)
    yield from (found.warning for found in matches if found and found.warning)
    datasets = {id(dataset): dataset for metric, _ in run.question.metrics for dataset in metric.datasets}
    shown = {total.name for metric, name in run.question.metrics for total in metric.definitions[name].totals}
    for dataset in datasets.values():
        for check in dataset.checks:
            if (not check.for_totals or shown.intersection(check.for_totals)) and (n := _count_findings(run, dataset, check)):
                yield Notice(check.code, check.text(n), check.name, check.is_decisive)


def _count_findings(run: Run, dataset: Dataset, check: DataWarning) -> int:
    def count() -> int:
        frame = find_rows(run, dataset, check)
        return 0 if frame is None else total(frame, "count")

    return run.cache.once(("findings", check.find, run.view(dataset).tables, run.question.gap, run.view(dataset).reading), count)


def find_rows(run: Run, dataset: Dataset, check: DataWarning, with_ids: bool = False) -> nw.LazyFrame[Any] | None:
    """Return the rows that a check finds, None if it does not apply to these tables."""
    return check.findings(run.view(dataset), run.scope(dataset, run.question.periods, with_ids))


def _definition_warnings(run: Run) -> Iterator[Notice]:
    readers = [reader for metric, name in run.question.metrics for reader in metric.definitions[name].warnings]
    yield from (notice for reader in readers if (notice := run.from_all_groups(reader)))


def _amount_tables(run: Run) -> list[str]:
    """Return the split tables whose amounts per month decide the group of a customer."""
    reads = {name for metric, _ in run.question.metrics for dataset in metric.datasets for name in dataset.reads}
    split = {view.tables[0] for view in run.views if view.is_grouped}
    return sorted(table for table in split if any(each.kind is MONEY and each.name in reads for each in TABLES[table].derived))
