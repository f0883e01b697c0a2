"""Answer a question from loaded tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from custmetrics_cli.compute.cache import RunCache
from custmetrics_cli.compute.compare import Comparer
from custmetrics_cli.compute.counts import Group
from custmetrics_cli.compute.coverage import Coverage, coverage, coverage_warnings
from custmetrics_cli.compute.evaluate import Evaluation, evaluate
from custmetrics_cli.compute.listing import found
from custmetrics_cli.compute.question import Question
from custmetrics_cli.compute.run import Run
from custmetrics_cli.core.data.dataset import Dataset, DataWarning
from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.core.exhibits import TREND, Curve, Exhibit, Point
from custmetrics_cli.core.interval_method import IntervalMethod
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.core.result import Answer, Notice, Result
from custmetrics_cli.engines.query.run import total
from custmetrics_cli.stats.intervals import Interval

if TYPE_CHECKING:
    from custmetrics_cli.ingest.loaded import Loaded


def answer(question: Question, loaded: Loaded) -> Answer:
    """Results by metric, period and group, in that order. Raises what Run raises."""
    return _answered(Run(question, loaded))


def answers(questions: Iterable[Question], loaded: Loaded) -> Iterator[Answer | CustmetricsError]:
    """An answer to each, or why there is none. They must differ in metrics and their options only: what they stand on is shared."""
    kept = RunCache()
    for question in questions:
        try:
            yield _answered(Run(question, loaded, cache=kept))
        except CustmetricsError as error:
            yield error


def _answered(run: Run) -> Answer:
    question, loaded = run.question, run.loaded
    results = [_in_currency(run, result) for metric, name in question.metrics for result in _results(run, metric, name)]
    tables = {table for metric, _ in question.metrics for table in run.tables(metric)}
    periods = [question.period, *(result.comparison.period for result in results if result.comparison)]
    state = coverage(loaded, tables, question)
    said = [*loaded.warnings, *coverage_warnings(state, question, periods, _reach(question)), *_checked(run)]
    said += dict.fromkeys(_remarks(run))
    run.currencies.settle()
    said += [*run.currencies.warnings(run.split), *run.unmatched_warnings()]
    return Answer(results, loaded.inputs, said, question.by, loaded.policies)


def _results(run: Run, metric: Metric, name: str) -> Iterator[Result]:
    question, definition = run.question, metric.definitions[name]
    state = coverage(run.loaded, run.tables(metric), question)
    beside = Comparer(run, state) if question.compare else None
    groups = run.groups(metric, question.span)
    run.prove(metric, question.span)
    for k, period in enumerate(question.periods, question.before + 1):
        for group in groups:
            got = evaluate(run, definition, question.span, k, group)
            unit = metric.unit_of(name)
            yield Result(
                metric,
                name,
                period,
                state.complete(period) and not got.is_pending,
                dict(zip(question.by, group, strict=True)) if not isinstance(group, int) else {},
                got.value,
                got.reason,
                definition.formula.text,
                got.totals,
                _interval(definition.interval, got) if definition.interval else None,
                beside.compared(definition, k, group, got) if beside else None,
                unit=unit,
                units={total.name: total.unit for total in definition.totals if total.unit != "count"},
                exhibits=tuple(_exhibits(run, definition, unit, state, k, group)),
                options=question.chosen(metric),
                overlapping=tuple(total.name for total in definition.totals if question.by and total.overlaps),
                band=definition.rule_of_thumb.word(got.value, question.options) if definition.rule_of_thumb else None,
            )


def _exhibits(run: Run, definition: Definition, unit: str, state: Coverage, k: int, group: Group) -> Iterator[Exhibit]:
    yield from (run.from_counts(each, run.question.span, k, group) for each in definition.exhibits)
    points = _trend(run, definition, state, group) if run.question.before else ()
    if len(points) > 1:
        yield Curve(TREND, points, unit)


def _trend(run: Run, definition: Definition, state: Coverage, group: Group) -> tuple[Point, ...]:
    """Return the value of each period that the data covers to its end. Only values are shown, so totals are not proven."""
    span = run.question.span
    whole = [k for k, period in enumerate(span, 1) if state.covers(period)]
    found = [evaluate(run, definition, span, k, group, proven=False) for k in whole]
    return tuple(Point(span[k - 1], got.value) for k, got in zip(whole, found, strict=True) if not got.is_pending)


def _interval(method: IntervalMethod, got: Evaluation) -> Interval | None:
    if got.value is not None:
        return method.interval(got.inputs)
    return method.lower_bound(got.inputs) if method.lower_bound else None


def _remarks(run: Run) -> Iterator[Notice]:
    remarks = [each for metric, name in run.question.metrics for each in metric.definitions[name].warnings]
    yield from (said for each in remarks if (said := run.definition_warnings(each)))


def _reach(question: Question) -> int:
    """How many days before a period count in it."""
    return max((total.lookback_days for metric, name in question.metrics for total in metric.definitions[name].totals), default=0)


def _in_currency(run: Run, result: Result) -> Result:
    """The result with its currency, where any of its figures has one."""
    return result._replace(currency=run.currencies.own) if result.has_money else result


def _checked(run: Run) -> Iterator[Notice]:
    stands_on = {id(rows): rows for metric, _ in run.question.metrics for rows in metric.datasets}
    shown = {total.name for metric, name in run.question.metrics for total in metric.definitions[name].totals}
    for rows in stands_on.values():
        for check in (check for check in rows.checks if not check.for_totals or shown.intersection(check.for_totals)):
            if n := _found(run, rows, check):
                yield Notice(check.code, check.text(n), check.name)


def _found(run: Run, dataset: Dataset, check: DataWarning) -> int:
    """How many rows a check finds."""
    key = (check.find, run.view(dataset).tables)
    if key not in run.cache.checked:
        frame = found(run, dataset, check)
        run.cache.checked[key] = 0 if frame is None else total(frame, "count")
    return run.cache.checked[key]
