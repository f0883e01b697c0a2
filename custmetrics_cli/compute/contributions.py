"""What each customer adds to the totals of metrics: the numbers behind a total, by customer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from custmetrics_cli.compute.cache import RunCache, TrackedMapping
from custmetrics_cli.compute.counts import expand
from custmetrics_cli.compute.evaluate import available_totals
from custmetrics_cli.compute.question import Question
from custmetrics_cli.compute.run import Run
from custmetrics_cli.core.data.counts import OUTSIDE, WHOLE, DetailedCounts
from custmetrics_cli.core.data.dataset import Dataset
from custmetrics_cli.core.data.total import Total
from custmetrics_cli.core.formula import Number
from custmetrics_cli.core.metric import Definition
from custmetrics_cli.core.time.period import Period

if TYPE_CHECKING:
    from custmetrics_cli.ingest.loaded import Loaded

Shares = Mapping[str, Mapping[str, Number]]  # total -> id of a customer, as text -> what the customer adds, if anything
EXHIBIT = "exhibit "  # no name of a total contains a space
Counted = Mapping[Any, Mapping[tuple[int, str], Number]]  # id as frames hold it -> period and name -> number


def contributions(questions: Iterable[Question], loaded: Loaded) -> Iterator[Shares]:
    """Of each question, the totals of its metric, those of metrics that it uses included. What questions share is counted once."""
    kept = RunCache()
    for question in questions:
        run = Run(question, loaded, cache=kept)
        (metric, name), *_ = question.metrics
        definition = metric.definitions[name]
        yield {total.name: _shares(run, total) for total in _totals(run, definition).values()} | _cells(run, definition)


def _cells(run: Run, definition: Definition) -> dict[str, dict[str, Number]]:
    """What each customer adds to the counts behind exhibits, under names that begin with EXHIBIT."""
    found: dict[str, dict[str, Number]] = defaultdict(dict)
    for exhibit in definition.exhibits:
        counted = _counted(run, exhibit.dataset, (run.question.period,))
        for one, counts in zip(run.loaded.ids(counted), counted.values(), strict=True):
            for key, number in counts.items():
                found[f"{EXHIBIT}{key}"][one] = number
    return found


def _totals(run: Run, definition: Definition) -> dict[str, Total]:
    found = {total.name: total for used in definition.uses for total in _totals(run, used.standard).values()}
    return found | {total.name: total for total in available_totals(run, definition)}


def _shares(run: Run, total: Total) -> dict[str, Number]:
    """A level counts in every period after what made it."""
    period = run.question.period
    periods = period.calendar_months() if total.monthly else (period,)
    counted, last = _counted(run, total.dataset, periods), len(periods)
    found = {
        one: sum(n * _times(total, k, name, last) for (k, name), n in counts.items() if name in (total.flow, total.stock))
        for one, counts in counted.items()
    }
    there = {one: n if total.parts == 1 else Fraction(n) / total.parts for one, n in found.items() if n}
    return dict(zip(run.loaded.ids(there), there.values(), strict=True))


def _times(total: Total, k: int, name: str, last: int) -> int:
    return (name == total.flow and k > 0) + (name == total.stock) * (last - k)


def _counted(run: Run, dataset: Dataset, periods: tuple[Period, ...]) -> Counted:
    source, ask = run.view(dataset), run.scope(dataset, periods, named=True)

    def count(options: TrackedMapping) -> Counted:
        found: dict[Any, dict[tuple[int, str], Number]] = defaultdict(lambda: defaultdict(int))
        for harvest in dataset.aggregations(source, ask._replace(options=options)):
            for row, k, g, counts in expand(harvest):
                who = counts.customer if isinstance(counts, DetailedCounts) and counts.customer is not None else row.get("id")
                if who is not None and k <= len(periods) and g not in (OUTSIDE, WHOLE):
                    for name, number in counts.items():
                        found[who][k, name] += number
        return found

    return run.cache.once((dataset.make, dataset.arguments, "by customer", source.tables, periods), ask.options, count)
