"""One metric asked for: read, compute, write, and say how it went."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from custmetrics_cli.cli.options.option_sets import MetricWithCommentsOptions
from custmetrics_cli.cli.targets import annotate, benchmarks, targets
from custmetrics_cli.cli.terminal.messages import print_warnings
from custmetrics_cli.cli.terminal.output import choose_format, output_for, write_answer
from custmetrics_cli.cli.terminal.progress import working
from custmetrics_cli.cli.thresholds import Threshold
from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.render.documents.answer import AnswerDocument
from custmetrics_cli.render.documents.listing import ListingDocument

if TYPE_CHECKING:
    from custmetrics_cli.cli.options.option_sets import ComputeOptions, MetricOptions
    from custmetrics_cli.compute.question import Question
    from custmetrics_cli.core.metric import Metric
    from custmetrics_cli.core.result import Answer, Listing
    from custmetrics_cli.ingest.loaded import Loaded


def run(metric: Metric, options: MetricOptions) -> int:
    """Writes the answer; 0, or 1 when --fail-if holds."""
    if options.listed or _recited(options):
        return _listing(metric, options)
    form = choose_format(options)
    test = _test(metric, options) if options.fail_if else None
    aims, known = targets(options), benchmarks(options)
    with working(options):
        answer = annotate(answer_to(metric, options), aims, known)
    write_answer(form.write(AnswerDocument(answer), output_for(options)), options.output)
    print_warnings(answer.warnings, options.quiet)
    return int(test is not None and test.holds(answer))


def _test(metric: Metric, options: MetricOptions) -> Threshold:
    from custmetrics_cli.cli.request import definition

    definition(metric, options.definition)
    return Threshold.parse(options.fail_if, metric, options.definition)


def answer_to(metric: Metric, options: ComputeOptions) -> Answer:
    """Raises CustmetricsError for whatever stands between the files and an answer."""
    from custmetrics_cli.compute.answer import answer

    with _asked(metric, options) as (question, loaded):
        return answer(question, loaded)


@contextmanager
def _asked(metric: Metric, options: ComputeOptions) -> Iterator[tuple[Question, Loaded]]:
    from custmetrics_cli.cli.inputs import load_tables
    from custmetrics_cli.cli.request import missing_period_error, question_of, tables_of

    question = question_of(metric, options)
    if question and isinstance(options, MetricWithCommentsOptions):
        question = question._replace(with_comments=bool(options.comments))
    with load_tables(options, question.selections() if question else tables_of(metric)) as loaded:
        if question is None:
            raise missing_period_error(metric.name, options, loaded)
        yield question, loaded


def _recited(options: MetricOptions) -> str:
    """The total of which the comments are asked for."""
    return options.comments if isinstance(options, MetricWithCommentsOptions) else ""


def _listing(metric: Metric, options: MetricOptions) -> int:
    _of_customers(options)
    form = choose_format(options)
    with working(options):
        shown = _listed(metric, options)
    write_answer(form.write(ListingDocument(shown), output_for(options)), options.output)
    print_warnings(shown.warnings, options.quiet)
    return 0


def _of_customers(options: MetricOptions) -> None:
    """What is said of a value means nothing beside --list and --comments. Raises CustmetricsError E146."""
    said = {"--list": options.listed, "--comments": _recited(options)}
    of_values = {"--fail-if": options.fail_if, "--every": options.every, "--compare": options.compare}
    shows, *odd = (option for option, value in {**said, **of_values}.items() if value)
    if odd:
        others = " and ".join(odd)
        hint = f"leave out {shows}, or {others}"
        raise CustmetricsError(Problem("E146", f"{shows} shows what is behind a total, which has no {others}", hint=hint))


def _listed(metric: Metric, options: MetricOptions) -> Listing:
    from custmetrics_cli.compute.listing import comments, listing

    with _asked(metric, options) as (question, loaded):
        return comments(question, loaded, _recited(options)) if _recited(options) else listing(question, loaded, options.listed)
