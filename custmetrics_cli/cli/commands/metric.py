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


def run(metric: Metric, asked: MetricOptions) -> int:
    """Writes the answer; 0, or 1 when --fail-if holds."""
    if asked.listed or _recited(asked):
        return _listing(metric, asked)
    form = choose_format(asked)
    test = _test(metric, asked) if asked.fail_if else None
    aims, known = targets(asked), benchmarks(asked)
    with working(asked):
        answer = annotate(answer_to(metric, asked), aims, known)
    write_answer(form.write(AnswerDocument(answer), output_for(asked)), asked.output)
    print_warnings(answer.warnings, asked.quiet)
    return int(test is not None and test.holds(answer))


def _test(metric: Metric, asked: MetricOptions) -> Threshold:
    from custmetrics_cli.cli.request import definition

    definition(metric, asked.definition)
    return Threshold.parse(asked.fail_if, metric, asked.definition)


def answer_to(metric: Metric, asked: ComputeOptions) -> Answer:
    """Raises CustmetricsError for whatever stands between the files and an answer."""
    from custmetrics_cli.compute.answer import answer

    with _asked(metric, asked) as (question, loaded):
        return answer(question, loaded)


@contextmanager
def _asked(metric: Metric, asked: ComputeOptions) -> Iterator[tuple[Question, Loaded]]:
    from custmetrics_cli.cli.inputs import load_tables
    from custmetrics_cli.cli.request import missing_period_error, question_of, tables_of

    question = question_of(metric, asked)
    if question and isinstance(asked, MetricWithCommentsOptions):
        question = question._replace(written=bool(asked.comments))
    with load_tables(asked, question.wanted() if question else tables_of(metric)) as loaded:
        if question is None:
            raise missing_period_error(metric.name, asked, loaded)
        yield question, loaded


def _recited(asked: MetricOptions) -> str:
    """The total of which the comments are asked for."""
    return asked.comments if isinstance(asked, MetricWithCommentsOptions) else ""


def _listing(metric: Metric, asked: MetricOptions) -> int:
    _of_customers(asked)
    form = choose_format(asked)
    with working(asked):
        shown = _listed(metric, asked)
    write_answer(form.write(ListingDocument(shown), output_for(asked)), asked.output)
    print_warnings(shown.warnings, asked.quiet)
    return 0


def _of_customers(asked: MetricOptions) -> None:
    """What is said of a value means nothing beside --list and --comments. Raises CustmetricsError E146."""
    said = {"--list": asked.listed, "--comments": _recited(asked)}
    of_values = {"--fail-if": asked.fail_if, "--every": asked.every, "--compare": asked.compare}
    shows, *odd = (option for option, value in {**said, **of_values}.items() if value)
    if odd:
        others = " and ".join(odd)
        hint = f"leave out {shows}, or {others}"
        raise CustmetricsError(Problem("E146", f"{shows} shows what is behind a total, which has no {others}", hint=hint))


def _listed(metric: Metric, asked: MetricOptions) -> Listing:
    from custmetrics_cli.compute.listing import comments, listing

    with _asked(metric, asked) as (question, loaded):
        return comments(question, loaded, _recited(asked)) if _recited(asked) else listing(question, loaded, asked.listed)
