"""All metrics for one period. The files are read once, and metrics over the same rows share one query."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from itertools import takewhile
from typing import TYPE_CHECKING

from custmetrics_cli.compute.answer import answers
from custmetrics_cli.compute.question import Question
from custmetrics_cli.compute.view import NO_TABLE
from custmetrics_cli.core.data.in_effect import InEffect, asked_of, merged, policies_of
from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.core.exhibits import Exhibit
from custmetrics_cli.core.result import Answer, NotComputed, Notice, Report, Result
from custmetrics_cli.core.time.calendar import day_of
from custmetrics_cli.metrics import METRICS
from custmetrics_cli.profiles.axes import AXES
from custmetrics_cli.report.definitions import alternatives, answerable_question
from custmetrics_cli.tables.shared.table import Selection

if TYPE_CHECKING:
    import datetime as dt

    from custmetrics_cli.core.metric import Metric
    from custmetrics_cli.core.time.period import Period
    from custmetrics_cli.ingest.loaded import Loaded

# By metric, in the order of the report: its question, or why it cannot be asked.
Questions = Mapping[str, Question | CustmetricsError]
Outcome = Answer | CustmetricsError
# Problems with the command, a table or a column stop one metric. Any other problem stops the report.
PROBLEMS_OF_ONE_METRIC = ("E1", "E3")


def metrics_in_order() -> list[Metric]:
    return list(METRICS.values())


def selection(questions: Questions, other_definitions: bool = False) -> dict[str, Selection]:
    """Return what all questions read, by table. other_definitions: also what they read in those that need other tables."""
    merged: dict[str, Selection] = {}
    asked = [*_asked(questions)]
    others = [other for question in asked for other in alternatives(question)] if other_definitions else []
    for question in [*asked, *others]:
        for table, selected in question.selections().items():
            merged[table] = merged.get(table, Selection()).merge(selected)
    return merged


def with_other_definitions(questions: Questions, loaded: Loaded) -> Questions:
    """Ask each question in a definition that the tables are enough for, if there is one."""
    tables = loaded.frames.keys()
    return {name: answerable_question(each, tables) if isinstance(each, Question) else each for name, each in questions.items()}


def build_report(questions: Questions, loaded: Loaded, trend: int, notices: Sequence[Notice] = ()) -> Report:
    """Answer every question.

    trend: the number of periods in the trend, including this one. notices: warnings about how the questions are asked.
    Raises CustmetricsError if no metric can be computed, or if a problem concerns all of them.
    """
    period = next(_asked(questions)).period
    asked = [_with_earlier(question, _earlier_periods(period, loaded, trend)) for question in _asked(questions)]
    outcomes = _outcomes(questions, answers(asked, loaded), _ambiguous(asked, loaded))
    given = [(METRICS[name], outcome) for name, outcome in outcomes.items() if isinstance(outcome, Answer)]
    errors = {name: outcome for name, outcome in outcomes.items() if isinstance(outcome, CustmetricsError)}
    missing = [NotComputed(METRICS[name], _problem_of_one_metric(error)) for name, error in errors.items()]
    if not given:
        raise _nothing_computed(questions, missing)
    results = [_with_trend(result, trend) for _, answer in given for result in answer.results]
    policies = reduce(merged, (each.policies for _, each in given), loaded.policies)
    if any(result.source for result in results):  # the choices differ by metric, and each names its own
        policies = InEffect(asked_of(policies), {name: text for name, text in policies_of(policies).items() if name not in AXES})
    return Report(Answer(results, loaded.inputs, [*notices, *_warnings(given)], policies=policies), period, missing)


def _with_earlier(question: Question, earlier: int) -> Question:
    """Return the question with the periods of the trend. A series is its own trend."""
    has_model = any(metric.definitions[name].model for metric, name in question.metrics)
    if has_model:
        return question._replace(compare="", compare_also="")
    return question if question.every else question._replace(periods_before=max(earlier, question.compare == "previous"))


def _asked(questions: Questions) -> Iterator[Question]:
    return (question for question in questions.values() if isinstance(question, Question))


def _outcomes(questions: Questions, given: Iterator[Outcome], ambiguous: Mapping[str, CustmetricsError]) -> dict[str, Outcome]:
    """Return the answer to each question, or why there is none. given: in the order of the questions."""
    outcomes: dict[str, Outcome] = {}
    for name, question in questions.items():
        outcomes[name] = question if isinstance(question, CustmetricsError) else next(given)
    return {name: ambiguous.get(name, outcome) if isinstance(questions[name], Question) else outcome for name, outcome in outcomes.items()}


def _nothing_computed(questions: Questions, missing: Sequence[NotComputed]) -> CustmetricsError:
    """Return the problems of metrics whose tables exist; if there are none, the missing tables. Wrong options do not count."""
    problems = [each.problem for each in missing if isinstance(questions[each.metric.name], Question)]
    return CustmetricsError(*dict.fromkeys([problem for problem in problems if problem.code != NO_TABLE] or problems))


def _with_trend(result: Result, trend: int) -> Result:
    """Return the result with at most so many points in its trend; without a trend for fewer than two."""
    others: list[Exhibit] = [exhibit for exhibit in result.exhibits if exhibit is not result.trend]
    if result.trend and trend > 1:
        others.append(result.trend._replace(points=result.trend.points[-trend:]))
    return result._replace(exhibits=tuple(others))


def _ambiguous(questions: Sequence[Question], loaded: Loaded) -> dict[str, CustmetricsError]:
    """Return the metrics that use the same rows of a table without the column that tells them apart."""
    users: dict[tuple[str, str], list[str]] = {}
    for metric in (metric for question in questions for metric, _ in question.metrics):
        for table, column in {(tables[0], rows.kind_column) for rows in metric.datasets for tables in rows.needs if rows.kind_column}:
            if table in loaded.frames and column not in loaded.present[table]:
                users.setdefault((table, column), []).append(metric.name)
    return {name: _ambiguity(*key, names) for key, names in users.items() if len(names) > 1 for name in names}


def _ambiguity(table: str, column: str, names: Sequence[str]) -> CustmetricsError:
    message = f"{table} has no column {column}, so its rows may belong to {names[0]}, {names[1]} or another metric"
    return CustmetricsError(Problem("E199", message, hint=f"add the column, or ask for one metric: custmetrics {names[0]}"))


def _problem_of_one_metric(error: CustmetricsError) -> Problem:
    """Return the problem, if it stops one metric only. Raises the error otherwise."""
    if not error.problems[0].code.startswith(PROBLEMS_OF_ONE_METRIC):
        raise error
    return error.problems[0]


def _earlier_periods(period: Period, loaded: Loaded, trend: int) -> int:
    """Return how many of the earlier periods of the trend some table covers."""
    oldest = min((number for number in loaded.oldest.values() if number is not None), default=None)
    if oldest is None:
        return 0
    first = day_of(oldest)
    return sum(1 for _ in takewhile(lambda start: start >= first, _earlier_starts(period, trend - 1)))


def _earlier_starts(period: Period, most: int) -> Iterator[dt.date]:
    for _ in range(most):
        period = period.previous()
        yield period.start


def _warnings(given: Sequence[tuple[Metric, Answer]]) -> list[Notice]:
    """Return each warning once, with the command that lists its rows: a report has no --list."""
    first: dict[Notice, Metric] = {}
    for metric, answer in given:
        for warning in answer.warnings:
            first.setdefault(warning, metric)
    return [_with_command(metric, warning) if warning.listed else warning for warning, metric in first.items()]


def _with_command(metric: Metric, warning: Notice) -> Notice:
    return warning._replace(message=f"{warning.message} (custmetrics {metric.name} --list {warning.listed})", listed="")
