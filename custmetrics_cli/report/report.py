"""All metrics for one period, from one reading of the files and, as far as they stand on the same rows, one pass over these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING

from custmetrics_cli.compute.answer import answers
from custmetrics_cli.compute.question import Question
from custmetrics_cli.compute.view import NO_TABLE
from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.core.result import Answer, NotComputed, Notice, Report
from custmetrics_cli.core.time.calendar import day_of
from custmetrics_cli.metrics import METRICS
from custmetrics_cli.tables import Selection

if TYPE_CHECKING:
    import datetime as dt

    from custmetrics_cli.core.metric import Metric
    from custmetrics_cli.core.time.period import Period
    from custmetrics_cli.ingest.loaded import Loaded

Asked = Mapping[str, Question | CustmetricsError]  # by metric, in the order of the report
# What stops one metric and not the others: a command, a table or a column that it cannot be answered with. All else is not to be trusted.
OWN = ("E1", "E3")
Found = Answer | CustmetricsError


def metrics_in_order() -> list[Metric]:
    return sorted(METRICS.values(), key=lambda metric: (metric.family, metric.order))


def selection(asked: Asked) -> dict[str, Selection]:
    """What is looked at for any of them, by table."""
    found: dict[str, Selection] = {}
    for question in _questions(asked):
        for table, looked in question.selections().items():
            found[table] = found.get(table, Selection()).merged(looked)
    return found


def build_report(asked: Asked, loaded: Loaded, trend: int) -> Report:
    """trend: how many periods, the one asked for included. Raises CustmetricsError where no metric can be computed, or none be trusted."""
    period = next(_questions(asked)).period
    earlier = _earlier(period, loaded, trend)
    questions = [question._replace(periods_before=max(earlier, question.compare == "previous")) for question in _questions(asked)]
    found, unclear = answers(questions, loaded), _unclear(questions, loaded)
    said = [(METRICS[name], _said(name, question, found, unclear)) for name, question in asked.items()]
    given = [(metric, answer) for metric, answer in said if isinstance(answer, Answer)]
    missing = [NotComputed(metric, _own(error)) for metric, error in said if isinstance(error, CustmetricsError)]
    if not given:
        raise _nothing(asked, missing)
    results = [result._replace(trend=result.trend[-trend:] if trend > 1 else ()) for _, answer in given for result in answer.results]
    return Report(Answer(results, loaded.inputs, _warnings(given), policies=loaded.policies), period, missing)


def _questions(asked: Asked) -> Iterator[Question]:
    return (question for question in asked.values() if isinstance(question, Question))


def _nothing(asked: Asked, missing: Sequence[NotComputed]) -> CustmetricsError:
    """What stands in the way of metrics whose tables are there, else the tables that are not; options are not what is wrong."""
    tried = [each.problem for each in missing if isinstance(asked[each.metric.name], Question)]
    return CustmetricsError(*dict.fromkeys([problem for problem in tried if problem.code != NO_TABLE] or tried))


def _said(name: str, question: Question | CustmetricsError, found: Iterator[Found], unclear: Mapping[str, CustmetricsError]) -> Found:
    if isinstance(question, CustmetricsError):
        return question
    answer = next(found)
    return unclear.get(name, answer)


def _unclear(questions: Sequence[Question], loaded: Loaded) -> dict[str, CustmetricsError]:
    """Metrics that ask for the same rows, of which no file says whose they are: by metric."""
    asking: dict[tuple[str, str], list[str]] = {}
    for metric in (metric for question in questions for metric, _ in question.metrics):
        for table, column in {(tables[0], rows.kind_column) for rows in metric.datasets for tables in rows.needs if rows.kind_column}:
            if table in loaded.frames and column not in loaded.present[table]:
                asking.setdefault((table, column), []).append(metric.name)
    return {name: _whose(*key, names) for key, names in asking.items() if len(names) > 1 for name in names}


def _whose(table: str, column: str, names: Sequence[str]) -> CustmetricsError:
    message = f"{table} has no column {column}, which says of what a row is: of {names[0]}, {names[1]} or another metric"
    return CustmetricsError(Problem("E199", message, hint=f"add it; or ask for one by itself, as custmetrics {names[0]}"))


def _own(error: CustmetricsError) -> Problem:
    if not error.problems[0].code.startswith(OWN):
        raise error
    return error.problems[0]


def _earlier(period: Period, loaded: Loaded, trend: int) -> int:
    """How many of the periods before this one the data of any table covers, as far as the trend goes."""
    oldest = min((number for number in loaded.oldest.values() if number is not None), default=None)
    if oldest is None:
        return 0
    first = day_of(oldest)
    return sum(1 for _ in takewhile(lambda start: start >= first, _starts(period, trend - 1)))


def _starts(period: Period, most: int) -> Iterator[dt.date]:
    for _ in range(most):
        period = period.previous()
        yield period.start


def _warnings(given: Sequence[tuple[Metric, Answer]]) -> list[Notice]:
    """Each once, with the command that lists what it is about: a report has no --list."""
    said: dict[Notice, Metric] = {}
    for metric, answer in given:
        for warned in answer.warnings:
            said.setdefault(warned, metric)
    return [_listed_by(metric, warned) if warned.listed else warned for warned, metric in said.items()]


def _listed_by(metric: Metric, notice: Notice) -> Notice:
    return Notice(notice.code, f"{notice.message} (custmetrics {metric.name} --list {notice.listed})")
