"""From a question and loaded tables to an answer. Metrics are given, never named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from custmetrics_cli.compute.compare import Comparing
from custmetrics_cli.compute.completeness import known, warnings
from custmetrics_cli.compute.figures import Figures, figures
from custmetrics_cli.compute.listing import found, listing
from custmetrics_cli.compute.question import Question
from custmetrics_cli.compute.run import Run
from custmetrics_cli.engine import total
from custmetrics_cli.metric import Metric, Spread
from custmetrics_cli.result import Answer, Interval, Result, Warned

if TYPE_CHECKING:
    from custmetrics_cli.sources import Loaded

__all__ = ["Question", "answer", "listing"]


def answer(question: Question, loaded: Loaded) -> Answer:
    """Results by metric, period and group, in that order. Raises what Run raises."""
    run = Run(question, loaded)
    results = [_in_currency(run, result) for metric, name in question.metrics for result in _results(run, metric, name)]
    tables = {table for metric, _ in question.metrics for table in run.tables(metric)}
    periods = [question.period, *(result.comparison.period for result in results if result.comparison)]
    said = [*loaded.warnings, *warnings(known(loaded, tables, question), question, periods, _reach(question)), *_checked(run)]
    said += dict.fromkeys(_remarks(run))
    run.currencies.settle()
    said += [*run.currencies.warnings(run.split), *run.strangers()]
    return Answer(results, loaded.inputs, said, question.by, loaded.policies)


def _results(run: Run, metric: Metric, name: str) -> Iterator[Result]:
    question, definition = run.question, metric.definitions[name]
    state = known(run.loaded, run.tables(metric), question)
    beside = Comparing(run, state) if question.compare else None
    groups = run.groups(metric, question.periods)
    run.prove(metric, question.periods)
    for k, period in enumerate(question.periods, 1):
        for group in groups:
            got = figures(run, definition, question.periods, k, group)
            grid = definition.grid
            yield Result(
                metric,
                name,
                period,
                state.complete(period) and not got.settling,
                dict(zip(question.by, group, strict=True)) if not isinstance(group, int) else {},
                got.value,
                got.reason,
                definition.formula.text,
                got.totals,
                _interval(definition.interval, got) if definition.interval else None,
                beside.compared(definition, k, group, got) if beside else None,
                unit=metric.unit_of(name),
                units={total.name: total.unit for total in definition.totals if total.unit != "count"},
                grid=run.reduced(grid, question.periods, k, group) if grid else None,
                options=question.chosen(metric),
                overlapping=tuple(total.name for total in definition.totals if question.by and total.overlaps),
                band=definition.bands.word(got.value, question.options) if definition.bands else None,
            )


def _interval(spread: Spread, got: Figures) -> Interval | None:
    if got.value is not None:
        return spread.of(got.state)
    return spread.beyond(got.state) if spread.beyond else None


def _remarks(run: Run) -> Iterator[Warned]:
    remarks = [each for metric, name in run.question.metrics for each in metric.definitions[name].remarks]
    yield from (said for each in remarks if (said := run.remarked(each)))


def _reach(question: Question) -> int:
    """How many days before a period count in it."""
    return max((total.reach for metric, name in question.metrics for total in metric.definitions[name].totals), default=0)


def _in_currency(run: Run, result: Result) -> Result:
    """The result with its currency, where any of its figures has one."""
    return result._replace(currency=run.currencies.own) if result.has_money else result


def _checked(run: Run) -> Iterator[Warned]:
    stands_on = {id(rows): rows for metric, _ in run.question.metrics for rows in metric.rows}
    shown = {total.name for metric, name in run.question.metrics for total in metric.definitions[name].totals}
    for rows in stands_on.values():
        for check in (check for check in rows.checks if not check.of or shown.intersection(check.of)):
            frame = found(run, rows, check)
            if frame is not None and (n := total(frame, "n")):
                yield Warned(check.code, check.message.format(n=n), check.name)
