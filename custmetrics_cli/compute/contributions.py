"""Compute what each customer adds to the totals of metrics."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from custmetrics_cli.compute.cache import RunCache
from custmetrics_cli.compute.counts import Periods, run_query
from custmetrics_cli.compute.known.no_answer import available_totals
from custmetrics_cli.compute.question import Question
from custmetrics_cli.compute.run import Run
from custmetrics_cli.core.data.counts import OUTSIDE, WHOLE, DetailedCounts
from custmetrics_cli.core.data.dataset import Dataset
from custmetrics_cli.core.data.total import Total
from custmetrics_cli.core.formula import Number
from custmetrics_cli.core.metric import Definition
from custmetrics_cli.core.options import Value

if TYPE_CHECKING:
    from custmetrics_cli.ingest.loaded import Loaded

Contributions = Mapping[str, Mapping[str, Number]]  # total -> customer id as text -> the number that the customer adds, if not 0
EXHIBIT = "exhibit "  # no name of a total contains a space
CustomerCounts = Mapping[Any, Mapping[tuple[int, str], Number]]  # id as in frames -> period number and name -> number


def contributions(questions: Iterable[Question], loaded: Loaded) -> Iterator[Contributions]:
    """Yield, for each question, the contributions to the totals of its metric and of the metrics that it uses."""
    cache = RunCache()
    for question in questions:
        run = Run(question, loaded, cache=cache)
        (metric, name), *_ = question.metrics
        definition = metric.definitions[name]
        yield {total.name: _to_total(run, total) for total in _totals(run, definition).values()} | _to_exhibits(run, definition)


def _to_exhibits(run: Run, definition: Definition) -> dict[str, dict[str, Number]]:
    """Return what each customer adds to the counts behind exhibits, under names that begin with EXHIBIT."""
    added: dict[str, dict[str, Number]] = defaultdict(dict)
    for reader in definition.exhibits:
        customers = _counts_by_customer(run, reader.dataset, (run.question.period,))
        for customer, counts in zip(run.loaded.ids(customers), customers.values(), strict=True):
            for key, number in counts.items():
                added[f"{EXHIBIT}{key}"][customer] = number
    return added


def _totals(run: Run, definition: Definition) -> dict[str, Total]:
    totals = {total.name: total for used in definition.uses for total in _totals(run, used.standard).values()}
    return totals | {total.name: total for total in available_totals(run, definition)}


def _to_total(run: Run, total: Total) -> dict[str, Number]:
    """Return what each customer adds to a total. A stock counts in every period after the one that changed it."""
    period = run.question.period
    periods = period.calendar_months() if total.monthly else (period,)
    sums = {
        customer: sum(number * _times_counted(total, *key, len(periods)) for key, number in counts.items())
        for customer, counts in _counts_by_customer(run, total.dataset, periods).items()
    }
    added = {customer: n if total.parts == 1 else Fraction(n) / total.parts for customer, n in sums.items() if n}
    return dict(zip(run.view(total.dataset).id_texts(list(added)), added.values(), strict=True))


def _times_counted(total: Total, period_number: int, name: str, periods: int) -> int:
    """Return how often a count of this name and period is part of a total over all periods."""
    return (name == total.flow and period_number > 0) + (name == total.stock) * (periods - period_number)


def _counts_by_customer(run: Run, dataset: Dataset, periods: Periods) -> CustomerCounts:
    view, scope = run.view(dataset), run.scope(dataset, periods, with_ids=True)

    def count(options: Mapping[str, Value]) -> CustomerCounts:
        customers: dict[Any, dict[tuple[int, str], Number]] = defaultdict(lambda: defaultdict(int))
        for aggregation in dataset.aggregations(view, scope._replace(options=options)):
            for row, period_number, group, counts in run_query(aggregation):
                customer = counts.customer if isinstance(counts, DetailedCounts) and counts.customer is not None else row.get("id")
                if customer is not None and period_number <= len(periods) and group not in (OUTSIDE, WHOLE):
                    for name, number in counts.items():
                        customers[customer][period_number, name] += number
        return customers

    key = ("by customer", dataset.make, dataset.arguments, view.tables, periods, run.question.gap, view.reading)
    return run.cache.once_for_options(key, scope.options, count)
