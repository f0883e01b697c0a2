"""From options to a question. What the command gets wrong is said before any file is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from custmetrics_cli.cli.options import metric_options, values
from custmetrics_cli.compute.question import Question
from custmetrics_cli.compute.split.filters import Condition
from custmetrics_cli.core.errors import CustmetricsError, Problem, near
from custmetrics_cli.core.time.calendar import day_of
from custmetrics_cli.core.time.period import Period
from custmetrics_cli.tables import Selection

if TYPE_CHECKING:
    from custmetrics_cli.cli.options.option_sets import ComputeOptions, PeriodOptions
    from custmetrics_cli.core.metric import Metric
    from custmetrics_cli.core.options import Value
    from custmetrics_cli.ingest.loaded import Loaded


def question_of(metric: Metric, asked: ComputeOptions) -> Question | None:
    """None when no period was said: only the data can tell which would do."""
    definition(metric, asked.definition)
    options = metric_options.values(metric, asked.definition, metric_options.texts_for(metric, asked))
    question = base_question(asked)
    if question is None:
        return None
    by = tuple(dict.fromkeys(asked.by))
    question = for_metric(question, metric, asked.definition, options)._replace(every=asked.every, by=by, compare=asked.compare)
    return question if question.periods else None


def base_question(options: PeriodOptions) -> Question | None:
    """What is the same for all metrics; None when no period was said."""
    where = tuple(Condition.parse(text) for text in options.where)
    today, as_of = values.today(options), values.as_of(options)
    if not options.period:
        return None
    return Question(
        metrics=(),
        period=Period.parse(options.period, today, options.fiscal_year_start),
        today=today,
        where=where,
        gap=options.gap,
        as_of=as_of,
        quiet_days=options.quiet_days,
        fiscal_year_start=options.fiscal_year_start,
        currency=options.currency,
    )


def for_metric(question: Question, metric: Metric, name: str, options: Mapping[str, Value]) -> Question:
    return question._replace(metrics=((metric.only(name), name),), options=options)


def tables_of(*metrics: Metric) -> dict[str, Selection]:
    """The tables that can answer metrics, with none of their columns."""
    return {name: Selection() for metric in metrics for tables in metric.needs for name in tables}


def definition(metric: Metric, name: str) -> None:
    """Raises CustmetricsError E147 for one that the metric does not have."""
    if name not in metric.definitions:
        raise CustmetricsError(Problem("E147", f"{metric.name} has no definition '{name}'", hint=near(name, metric.definitions)))


def missing_period_error(command: str, options: PeriodOptions, loaded: Loaded) -> CustmetricsError:
    """Says which days the data covers, and a command that would answer."""
    days = [number for table in (loaded.oldest, loaded.newest) for number in table.values() if number is not None]
    if not days:
        return _unasked("the data has no dates to choose from", "--period 2022-Q2")
    first, last = (day_of(number) for number in (min(days), max(days)))
    files = " ".join(_quoted(name) for name in options.files)
    hint = f"for example: custmetrics {command} --period {whole_quarter(first, last)} {files}"
    return _unasked(f"the data covers {first} to {last}", hint)


def _unasked(why: str, hint: str) -> CustmetricsError:
    return CustmetricsError(Problem("E114", f"no period is asked for; {why}", hint=hint))


def _quoted(text: str) -> str:
    import shlex

    return shlex.quote(text)


def whole_quarter(first: dt.date, last: dt.date) -> str:
    """The last whole quarter of the data, else the month it ends in."""
    before = last + dt.timedelta(1)
    start = dt.date(before.year, before.month - (before.month - 1) % 3, 1)
    ended = start - dt.timedelta(1)
    name = f"{ended.year}-Q{(ended.month - 1) // 3 + 1}"
    return name if first <= dt.date(ended.year, ended.month - 2, 1) else f"{last:%Y-%m}"
