"""From options to questions. Errors of the command are raised before any file is read."""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from custmetrics_cli.cli.inputs import load_tables, today
from custmetrics_cli.cli.options import metric_options
from custmetrics_cli.compute.question import Question
from custmetrics_cli.compute.split.filters import Condition
from custmetrics_cli.core.errors import CustmetricsError, Problem, near
from custmetrics_cli.core.options import BY_NAME
from custmetrics_cli.core.time.calendar import after, day_of, floor
from custmetrics_cli.core.time.period import Period
from custmetrics_cli.core.time.period_hints import last_whole_quarter
from custmetrics_cli.core.time.period_text import not_a_period
from custmetrics_cli.core.time.period_words import all_since
from custmetrics_cli.tables.shared.table import Selection

if TYPE_CHECKING:
    from custmetrics_cli.cli.options.question import ComputeOptions, PeriodOptions
    from custmetrics_cli.core.metric import Metric
    from custmetrics_cli.core.options import Value
    from custmetrics_cli.ingest.loaded import Loaded
    from custmetrics_cli.profiles import Profile

LAST_DAY = "last day"  # of the data: the default period of a metric about one day
DAYS_HINT = "write the days, as --period 2022-04-01..2022-06-30"


def metric_question(metric: Metric, options: ComputeOptions) -> Question:
    """Return the question about one metric. Raises CustmetricsError, E114 without a period."""
    check_definition(metric, options.definition)
    values = metric_options.values(metric, options.definition, options.metric_texts)
    question = base_question(options, metric) or question_without_period(metric.name, options, metric)
    if until := values.get("until"):
        question = question._replace(period=_ending(question.period, dt.date.fromisoformat(str(until))))
    by = tuple(dict.fromkeys(options.by))
    if options.limit and len(by) > 1:
        raise metric_options.cannot_be_combined("--limit and several --by", "split by one column, or leave out --limit")
    question = for_metric(question, metric, options.definition, values)._replace(
        every=options.every, by=by, compare=options.compare, sort=options.sort or BY_NAME, limit=options.limit
    )
    _ = question.periods  # raises E102 if --every does not divide the period
    return question


def _ending(period: Period, last: dt.date) -> Period:
    """Return the period with another last day."""
    return Period(min(period.start, last), last + dt.timedelta(1), fiscal_year_start=period.fiscal_year_start)


def base_question(options: PeriodOptions, *metrics: Metric) -> Question | None:
    """Return the part of a question that is the same for all metrics, None without a period. metrics: see _open_period."""
    for text in options.where:
        Condition.parse(text)
    asked = options.period or _default_period(options, metrics)
    if not asked:
        return None
    if asked == LAST_DAY:
        return _base_question(options, _last_day(options, metrics))
    first = all_since(asked)
    period = _parse(asked, options) if first is None else _open_period(first, options, metrics)
    return _base_question(options, period)


def _default_period(options: PeriodOptions, metrics: Sequence[Metric]) -> str:
    """Return the period of a metric that needs none; "" if there is none, or if a file cannot be read twice."""
    return metrics[0].default_period if len(metrics) == 1 and not _reads_input(options) else ""


def _reads_input(options: PeriodOptions) -> bool:
    return any(file.rpartition("=")[2] == "-" for file in options.files)


def _last_day(options: PeriodOptions, metrics: Iterable[Metric]) -> Period:
    period = _open_period("", options, metrics)
    return Period(period.last, period.end, fiscal_year_start=period.fiscal_year_start)


def _parse(text: str, options: PeriodOptions) -> Period:
    return Period.parse(text, today(options), options.fiscal_year_start)


def _open_period(first: str, options: PeriodOptions, metrics: Iterable[Metric]) -> Period:
    """Return the period from the first day of another one, or of the data, to the last day of the data that the metrics need.

    The files are read once for their days. Raises CustmetricsError E101 without a day, and for standard input: it cannot be read again.
    """
    start = _parse(first, options).start if first else None
    if _reads_input(options):
        raise not_a_period(options.period, "needs files that can be read twice", DAYS_HINT)
    with load_tables(options, _tables_of(metrics)) as loaded:
        days = _days(loaded)
    if not days or (start and start > days[1]):
        raise not_a_period(options.period or "all", "contains no day of the data", DAYS_HINT)
    return _of_steps(start or days[0], max(days[1], options.as_of or days[1]), options)


def _of_steps(first: dt.date, last: dt.date, options: PeriodOptions) -> Period:
    """Return the period of these days, extended to whole steps of --every."""
    every, fiscal = getattr(options, "every", ""), options.fiscal_year_start
    if not every:
        return Period(first, last + dt.timedelta(1), fiscal_year_start=fiscal)
    end = after(floor(last, every, fiscal), every)
    return Period(floor(first, every, fiscal), end, fiscal_year_start=fiscal)


def _base_question(options: PeriodOptions, period: Period) -> Question:
    where = tuple(Condition.parse(text) for text in options.where)
    return Question(
        metrics=(),
        period=period,
        today=today(options),
        where=where,
        gap=options.gap,
        as_of=options.as_of,
        quiet_days=options.quiet_days,
        fiscal_year_start=options.fiscal_year_start,
        currency=options.currency,
        rates=dict(options.rate),
    )


def for_metric(question: Question, metric: Metric, definition: str, values: Mapping[str, Value]) -> Question:
    """Return the question about a metric. values: those of its options, by symbol."""
    return question._replace(metrics=((metric.only(definition), definition),), options=values)


def questions_by_metric(
    question: Question, texts: Mapping[str, str], profile: Profile | None = None
) -> dict[str, Question | CustmetricsError]:
    """Return the question of every metric, or the error in its options, in the order of the report.

    profile: gives the definitions of the metrics that it covers.
    """
    from custmetrics_cli.report.report import metrics_in_order

    return {metric.name: _question_or_error(question, metric, texts, profile) for metric in metrics_in_order()}


def _question_or_error(
    question: Question, metric: Metric, texts: Mapping[str, str], profile: Profile | None
) -> Question | CustmetricsError:
    from custmetrics_cli.cli.definitions.profiled import OWN, profiled

    name = profile.name if profile and metric.name in profile.covers else OWN
    metric = profiled(metric, profile, question.gap) if profile and name != OWN else metric
    try:
        values = metric_options.values(metric, name, metric_options.texts_for(metric, texts))
        asked = for_metric(question, metric, name, values)
        asked.selections()
    except CustmetricsError as error:
        return error
    return asked


def check_definition(metric: Metric, name: str) -> None:
    """Raise CustmetricsError E147 for a definition that the metric does not have."""
    from custmetrics_cli.profiles import shipped

    if name not in metric.definitions:
        known = [*metric.definitions, *(each.name for each in shipped().values() if metric.name in each.covers)]
        raise CustmetricsError(Problem("E147", f"{metric.name} has no definition '{name}'", hint=near(name, known)))


def question_without_period(command: str, options: PeriodOptions, *metrics: Metric) -> Question:
    """Return the question about answers that have no dates.

    Raise CustmetricsError E114 for other files, with the days that the data covers and a command that works.
    """
    with load_tables(options, _tables_of(metrics)) as loaded:
        if loaded.is_one_wave:
            return _base_question(options, loaded.wave)
        days, hint = _days_and_example(command, options, loaded)
    raise CustmetricsError(Problem("E114", f"--period is required; the data {days}", hint=hint))


def _tables_of(metrics: Iterable[Metric]) -> dict[str, Selection]:
    return {name: Selection() for metric in metrics for tables in metric.needs for name in tables}


def _days(loaded: Loaded) -> tuple[dt.date, dt.date] | None:
    """Return the first and the last day of the data, None without dates."""
    numbers = [number for table in (loaded.oldest, loaded.newest) for number in table.values() if number is not None]
    return (day_of(min(numbers)), day_of(max(numbers))) if numbers else None


def _days_and_example(command: str, options: PeriodOptions, loaded: Loaded) -> tuple[str, str]:
    days = _days(loaded)
    if not days:
        return "has no dates", "pass a period, such as --period 2022-Q2"
    first, last = days
    example = f"custmetrics {command} --period {last_whole_quarter(first, last)} {shlex.join(options.files)}"
    return f"covers {first} to {last}", f"for example: {example}"
