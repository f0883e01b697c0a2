"""From a question and loaded tables to an answer. Metrics are given, never named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from custmetrics_cli.compute.compare import compared
from custmetrics_cli.compute.completeness import Known, known, warnings
from custmetrics_cli.compute.listing import found, listing
from custmetrics_cli.compute.question import Question
from custmetrics_cli.compute.run import Run, figures
from custmetrics_cli.engine import total
from custmetrics_cli.metric import Definition, Metric
from custmetrics_cli.result import Answer, Result, Warned

__all__ = ["Question", "answer", "listing"]


def answer(question: Question, loaded: Any) -> Answer:
    """Results by metric, period and group, in that order. Raises what Run raises."""
    run = Run(question, loaded)
    results = [result for metric, name in question.metrics for result in _results(run, metric, name)]
    state = known(loaded, _tables(run), question)
    said = [*loaded.warnings, *warnings(state, question), *_checked(run)]
    return Answer(results, loaded.inputs, said, question.by)


def _tables(run: Run) -> list[str]:
    return sorted({table for tables in run.sources for table in tables})


def _results(run: Run, metric: Metric, name: str) -> Iterator[Result]:
    definition, periods = metric.definitions[name], run.question.periods
    groups = run.groups(metric, periods)
    run.prove(metric, periods)
    state = known(run.loaded, _tables(run), run.question)
    for k in range(1, len(periods) + 1):
        for g in groups:
            yield _result(run, metric, name, definition, k, g, state)


def _result(run: Run, metric: Metric, name: str, definition: Definition, k: int, g: int, state: Known) -> Result:
    periods = run.question.periods
    period = periods[k - 1]
    group = run.source(definition.totals[0].rows).groups.name(g)
    got = figures(run, metric, definition, periods, k, g)
    spread = definition.interval(got.state) if definition.interval and got.value is not None else None
    comparison = compared(run, metric, definition, period, state, g) if run.question.compare else None
    return Result(
        metric, name, period, state.complete(period), group, got.value, got.reason, definition.formula.text, got.totals, spread, comparison
    )


def _checked(run: Run) -> Iterator[Warned]:
    checks = {check: metric for metric, _ in run.question.metrics for check in metric.checks}
    for check, metric in checks.items():
        rows = found(run, metric, check)
        if rows is not None and (n := total(rows, "n")):
            yield Warned(check.code, check.message.format(n=n), check.name)
