"""The command of a metric: `custmetrics churn`. Every declared metric has one."""

from __future__ import annotations

from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

from custmetrics_cli.cli.command import Command
from custmetrics_cli.cli.options.declare import option, switch
from custmetrics_cli.cli.options.question import ComputeOptions
from custmetrics_cli.cli.usage.help import metric_help
from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.core.options import BY_VALUE, OUTPUT, SPLIT
from custmetrics_cli.profiles.axes import METRICS as WITH_AXES

DEFAULT_PERIODS = {"all": "all days of the data", "last day": "the last day of the data"}

if TYPE_CHECKING:
    from custmetrics_cli.cli.thresholds import Threshold
    from custmetrics_cli.core.metric import Metric
    from custmetrics_cli.core.result import Listing


class MetricOptions(ComputeOptions):
    """The options of a metric."""

    listed: str = option("List the customers behind this total", "TOTAL", panel=SPLIT, name="list", common=True)
    columns: list[str] = option(
        "Columns of --list beside the id; in settings: list-columns",
        "COLUMN",
        panel=SPLIT,
        repeats=True,
        when_absent="name, e-mail and manager",
    )
    fail_if: list[str] = option("Exit with 1 if true: 'lost > 30'", "TEST", panel=OUTPUT, repeats=True, common=True)
    allow_incomplete: bool = switch("Let --fail-if pass for a period that the data does not reach", panel=OUTPUT)
    comments: str = ""
    chart: bool = switch("Draw the chart below the table", panel=OUTPUT)


class MetricWithCommentsOptions(MetricOptions):
    """The options of a metric that has comments of customers."""

    comments: str = option("List the comments behind this total", "TOTAL", panel=SPLIT)


def command_of(metric: Metric) -> Command:
    """Return the command of a metric."""
    has_comments = any(dataset.comment_column for dataset in metric.datasets)
    return Command(
        run=partial(run, metric),
        options=MetricWithCommentsOptions if has_comments else MetricOptions,
        help=metric_help(metric, all=False),
        long_help=metric_help(metric, all=True),
        panel=metric.family,
        order=metric.order,
        metric_options=lambda: metric.options,
        rare=frozenset() if len(metric.definitions) > 1 or metric.name in WITH_AXES else frozenset(["definition"]),
        when_absent={"period": DEFAULT_PERIODS[metric.default_period]} if metric.default_period else {},
        summary=metric.title,
        names_arguments=False,
    )


def run(metric: Metric, options: MetricOptions) -> int:
    """Write the answer. Return 1 if --fail-if holds, else 0."""
    from custmetrics_cli.cli.definitions.profiled import with_profile

    metric, options = with_profile(metric, options)
    options = _with_subject(metric, options)
    if options.listed or options.comments:
        _check_total_is_named(options)
        return _write_listing(metric, options)
    return _write_answer(metric, options)


def _with_subject(metric: Metric, options: MetricOptions) -> MetricOptions:
    """Take a first word that names a definition: `forecast revenue orders.csv`. A target with a month is a goal."""
    if any(option.name == "goal" for option in metric.options):
        goals = [text for text in options.target if " by " in text]
        texts = {**options.metric_texts, **({"goal": goals[-1]} if goals else {})}
        options = options.replaced(target=[text for text in options.target if text not in goals], metric_texts=texts)
    subject = metric.subjects.get(options.files[0]) if options.files else None
    if subject is None:
        return options
    return options.replaced(definition=subject, files=options.files[1:], flags=options.flags | {"definition"})


def _write_answer(metric: Metric, options: MetricOptions) -> int:
    from custmetrics_cli.cli.answers import compute_metric
    from custmetrics_cli.cli.targets import annotate, benchmarks, targets
    from custmetrics_cli.cli.terminal.messages import print_failed_checks, print_warnings
    from custmetrics_cli.cli.terminal.output import choose_format, write_document
    from custmetrics_cli.cli.terminal.progress import progress
    from custmetrics_cli.render.documents.answer import AnswerDocument

    format = choose_format(options)
    if format.paged and not options.sort:
        options = options.replaced(sort=BY_VALUE)
    fail_if = _fail_if(metric, options)
    beside = targets(options), benchmarks(options)
    with progress(options):
        answer = annotate(compute_metric(metric, options), *beside)
    answer = answer._replace(checks=[test.check(metric, answer, options.allow_incomplete) for test in fail_if])
    write_document(AnswerDocument(answer, options.chart), options, format)
    print_warnings(answer.warnings, options.quiet)
    return print_failed_checks(answer.checks)


def _fail_if(metric: Metric, options: MetricOptions) -> list[Threshold]:
    from custmetrics_cli.cli.request import check_definition
    from custmetrics_cli.cli.thresholds import Threshold

    if options.fail_if:
        check_definition(metric, options.definition)
    return [Threshold.parse(text, metric, options.definition) for text in options.fail_if]


def _write_listing(metric: Metric, options: MetricOptions) -> int:
    from custmetrics_cli.cli.terminal.messages import print_warnings
    from custmetrics_cli.cli.terminal.output import choose_format, write_document
    from custmetrics_cli.cli.terminal.progress import progress
    from custmetrics_cli.render.documents.listing import ListingDocument

    _check_listing(options)
    format = choose_format(options)
    with progress(options):
        listing = _listing(metric, options)
    write_document(ListingDocument(listing), options, format)
    print_warnings(listing.warnings, options.quiet)
    return 0


def _check_total_is_named(options: MetricOptions) -> None:
    """Raise CustmetricsError E180 if the only file is the value of --list or --comments, which need a total."""
    from custmetrics_cli.core.errors import quote_for_shell
    from custmetrics_cli.ingest.open.find import NO_INPUT

    name, value = ("--list", options.listed) if options.listed else ("--comments", options.comments)
    if not options.files and PurePath(value).suffix:
        hint = f"'{value}' was read as the total of {name}; write {name} TOTAL {quote_for_shell(value)}"
        raise CustmetricsError(NO_INPUT._replace(hint=hint))


def _check_listing(options: MetricOptions) -> None:
    """Refuse options about a value beside --list and --comments. Raises CustmetricsError E146."""
    listings = {"--list": options.listed, "--comments": options.comments}
    of_values = {"--fail-if": options.fail_if, "--every": options.every, "--compare": options.compare}
    shown, *others = (name for name, value in {**listings, **of_values}.items() if value)
    if others:
        from custmetrics_cli.cli.options.metric_options import cannot_be_combined

        names = " and ".join(others)
        raise cannot_be_combined(f"{shown} and {names}", f"leave out {shown}, or {names}")


def _listing(metric: Metric, options: MetricOptions) -> Listing:
    from custmetrics_cli.cli.answers import list_comments, list_customers

    if options.comments:
        return list_comments(metric, options, options.comments)
    return list_customers(metric, options, options.listed, options.columns)
