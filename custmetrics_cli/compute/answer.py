"""Answer a question from loaded tables.

The way of an answer: a Run makes and counts the datasets; evaluate() takes the totals of one period and group and computes
the formula; a result adds the interval, the comparison and the trend.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from custmetrics_cli.compute.cache import RunCache
from custmetrics_cli.compute.comparison.compare import Comparer
from custmetrics_cli.compute.counts import Group, Periods, Slot
from custmetrics_cli.compute.evaluate import Evaluation, evaluate
from custmetrics_cli.compute.identities import check_identities
from custmetrics_cli.compute.known.coverage import Coverage
from custmetrics_cli.compute.metric_groups import groups_of
from custmetrics_cli.compute.question import Question
from custmetrics_cli.compute.ranking import of_all_groups, of_other_groups, ranked, whole_is_total
from custmetrics_cli.compute.run import Run
from custmetrics_cli.compute.warnings import answer_warnings, money_and_group_warnings
from custmetrics_cli.compute.windows import window_of
from custmetrics_cli.core.data.counts import WHOLE
from custmetrics_cli.core.data.fitted import Across
from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.core.exhibits import TREND, Curve, Exhibit, Point
from custmetrics_cli.core.interval_method import IntervalMethod
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.core.result import Answer, Result
from custmetrics_cli.stats.intervals import Estimated, Interval, NoInterval, given

if TYPE_CHECKING:
    from custmetrics_cli.ingest.loaded import Loaded

WITHOUT_TOTAL = ("E13", "E33")  # problems of columns that --by names, and of several currencies
TWO = 2  # groups that can be compared


def answer(question: Question, loaded: Loaded) -> Answer:
    """Return the results by metric, period and group, in that order. Raises the errors of Run, and E320, E60x and E332."""
    return _answer(Run(question, loaded))


def answers(questions: Iterable[Question], loaded: Loaded) -> Iterator[Answer | CustmetricsError]:
    """Yield an answer or an error for each question. The questions may differ only in metrics, their options and comparisons."""
    cache = RunCache()
    for question in questions:
        try:
            yield _answer(Run(question, loaded, cache=cache))
        except CustmetricsError as error:
            yield error


def _answer(run: Run) -> Answer:
    question, loaded = run.question, run.loaded
    results = _all_results(run)
    total = _total(run) if question.by else ()
    return Answer(results, loaded.inputs, answer_warnings(run, results), question.by, _in_effect(run), total=total)


def _all_results(run: Run) -> list[Result]:
    return [_with_currency(run, result) for metric, name in run.question.metrics for result in _results(run, metric, name)]


def _total(run: Run) -> Sequence[Result]:
    """Return the results of all groups together: from the counts of all rows, or by a question of their own."""
    if not whole_is_total(run):
        return _together(of_all_groups(run.question), run.loaded)
    return [result for metric, name in run.question.metrics for result in _of_whole(run, metric, name)]


def _of_whole(run: Run, metric: Metric, name: str) -> Iterator[Result]:
    periods, coverage = run.question.all_periods, run.metrics_coverage([metric])
    for number in range(run.question.periods_before + 1, len(periods) + 1):
        yield _result(run, metric, name, Slot(periods, number, WHOLE), coverage, (None, None))


def _together(question: Question, loaded: Loaded) -> Sequence[Result]:
    """Return the results of several groups as one group, none where they have no common answer, such as in two currencies."""
    try:
        run = Run(question, loaded)
        results = _all_results(run)
        run.currencies.check_rates()
        money_and_group_warnings(run)  # for its errors
        return results
    except CustmetricsError as error:
        if error.problems[0].code.startswith(WITHOUT_TOTAL):
            return ()
        raise


def _in_effect(run: Run) -> Mapping[str, str]:
    """Return the settings that decide the numbers, with the rows that pass --where."""
    if not run.question.where:
        return run.policies
    return run.policies.with_rows({view.tables[0]: view.matching_rows for view in run.views})


def _results(run: Run, metric: Metric, name: str) -> Iterator[Result]:
    """Yield the results of one metric, by period and group."""
    question, periods = run.question, run.question.all_periods
    coverage = run.metrics_coverage([metric])
    comparers = [Comparer(run, coverage, other) if other else None for other in (question.compare, question.compare_also)]
    groups, folded = ranked(run, metric.definitions[name], groups_of(run, metric, periods), periods)
    check_identities(run, metric, periods)
    others = _others(run, groups, folded) if folded else ()
    for at, number in enumerate(range(question.periods_before + 1, len(periods) + 1)):
        results = [_result(run, metric, name, Slot(periods, number, group), coverage, comparers) for group in groups]
        yield from _with_comparison_of_groups(run, metric.definitions[name], periods, number, results)
        yield from others[at : at + 1]


def _others(run: Run, shown: Sequence[Group], folded: int) -> Sequence[Result]:
    """Return the results of the groups that are not shown, by period; none where they have no common answer."""
    question = of_other_groups(run.question, shown)
    return [result._replace(folded=folded) for result in _together(question, run.loaded)]


def _with_comparison_of_groups(run: Run, definition: Definition, periods: Periods, number: int, results: list[Result]) -> list[Result]:
    """Add what the models of all groups of a period say together; the last result has the sentence."""
    if not definition.across_groups or not run.question.by or len(results) < TWO:
        return results
    across: Across = run.across_groups(definition.across_groups, periods, number)
    found = [result._replace(model={**result.model, **across.facts}) if result.model else result for result in results]
    return [*found[:-1], found[-1]._replace(lines=(*found[-1].lines, *across.lines))]


def _result(run: Run, metric: Metric, name: str, slot: Slot, coverage: Coverage, comparers: Sequence[Comparer | None]) -> Result:
    question, definition = run.question, metric.definitions[name]
    now = evaluate(run, definition, slot)
    interval = _interval(definition.interval, now) if definition.interval else None
    comparison, also = (comparer.compare(definition, slot, now) if comparer else None for comparer in comparers)
    return Result(
        metric,
        name,
        slot.period,
        coverage.is_complete(slot.period) and not now.is_pending,
        {} if isinstance(slot.group, int) else dict(zip(question.by, slot.group, strict=True)),
        now.value,
        now.reason,
        definition.formula.text,
        now.totals,
        interval if isinstance(interval, Interval) else None,
        comparison,
        source=definition.source,
        window=window_of(definition, slot.period),
        kept=run.settled.kept,
        also_compared=also,
        unit=now.fitted.unit or metric.unit_of(name),
        units={total.name: total.unit for total in definition.totals if total.unit != "count"} | dict(now.fitted.units),
        model=now.fitted.facts,
        lines=now.fitted.lines,
        exhibits=(*now.fitted.exhibits, *_exhibits(run, definition, metric.unit_of(name), coverage, slot)),
        options=question.options_in_effect(metric),
        option_sources=question.sources_in_effect,
        overlapping=tuple(total.name for total in definition.totals if slot.group not in ((), WHOLE) and total.overlaps),
        label=question.label(metric),
        interval_reason=interval.reason if isinstance(interval, NoInterval) else None,
        band=definition.rule_of_thumb.word(now.value, question.options) if definition.rule_of_thumb else None,
    )


def _interval(method: IntervalMethod, now: Evaluation) -> Estimated | None:
    if now.value is not None:
        return method.interval(now.inputs)
    return method.lower_bound(now.inputs) if method.lower_bound else None


def _exhibits(run: Run, definition: Definition, unit: str, coverage: Coverage, slot: Slot) -> Iterator[Exhibit]:
    """Yield the exhibits of the definition, and the trend if it has at least two points."""
    yield from (run.from_counts(reader, slot) for reader in definition.exhibits)
    points = tuple(_trend(run, definition, coverage, slot)) if run.question.periods_before else ()
    if len(points) > 1:
        yield Curve(TREND, points, unit)


def _trend(run: Run, definition: Definition, coverage: Coverage, slot: Slot) -> Iterator[Point]:
    """Yield the value of each covered period. Values are only drawn, so they are not checked by customer."""
    for number, period in enumerate(slot.periods, 1):
        if coverage.covers(period):
            then = evaluate(run, definition, slot._replace(period_number=number), check=False)
            if not then.is_pending:
                interval = given(_interval(definition.interval, then)) if definition.interval else None
                yield Point(period, then.value, interval, then.totals)


def _with_currency(run: Run, result: Result) -> Result:
    if not result.has_money:
        return result
    if run.currencies.is_split:
        return result._replace(currency=run.currencies.of_group(result.group))
    return result._replace(currency=run.currencies.answer_currency)
