"""One metric asked for: read, compute, write, and say how it went."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from custmetrics_cli.cli.options.option_sets import Reciting
from custmetrics_cli.cli.targets import benchmarks, targets, with_all
from custmetrics_cli.cli.terminal.messages import warned
from custmetrics_cli.cli.terminal.output import form_of, paper, send
from custmetrics_cli.cli.terminal.progress import working
from custmetrics_cli.cli.thresholds import Test
from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.render.documents.answer import AnswerDocument
from custmetrics_cli.render.documents.listing import ListingDocument

if TYPE_CHECKING:
    from custmetrics_cli.cli.options.option_sets import Asking, Computing
    from custmetrics_cli.compute.question import Question
    from custmetrics_cli.core.metric import Metric
    from custmetrics_cli.core.result import Answer, Listing
    from custmetrics_cli.ingest.loaded import Loaded


def answering(metric: Metric, asked: Asking) -> int:
    """Writes the answer; 0, or 1 when --fail-if holds."""
    if asked.listed or _recited(asked):
        return _listing(metric, asked)
    form = form_of(asked)
    test = _test(metric, asked) if asked.fail_if else None
    aims, known = targets(asked), benchmarks(asked)
    with working(asked):
        answer = with_all(answer_to(metric, asked), aims, known)
    send(form.write(AnswerDocument(answer), paper(asked)), asked.output)
    warned(answer.warnings, asked.quiet)
    return int(test is not None and test.holds(answer))


def _test(metric: Metric, asked: Asking) -> Test:
    from custmetrics_cli.cli.request import definition

    definition(metric, asked.definition)
    return Test.parse(asked.fail_if, metric, asked.definition)


def answer_to(metric: Metric, asked: Computing) -> Answer:
    """Raises CustmetricsError for whatever stands between the files and an answer."""
    from custmetrics_cli.compute.answer import answer

    with _asked(metric, asked) as (question, loaded):
        return answer(question, loaded)


@contextmanager
def _asked(metric: Metric, asked: Computing) -> Iterator[tuple[Question, Loaded]]:
    from custmetrics_cli.cli.inputs import loaded_for
    from custmetrics_cli.cli.request import no_period, question_of, tables_of

    question = question_of(metric, asked)
    if question and isinstance(asked, Reciting):
        question = question._replace(written=bool(asked.comments))
    with loaded_for(asked, question.wanted() if question else tables_of(metric)) as loaded:
        if question is None:
            raise no_period(metric.name, asked, loaded)
        yield question, loaded


def _recited(asked: Asking) -> str:
    """The total of which the comments are asked for."""
    return asked.comments if isinstance(asked, Reciting) else ""


def _listing(metric: Metric, asked: Asking) -> int:
    _of_customers(asked)
    form = form_of(asked)
    with working(asked):
        shown = _listed(metric, asked)
    send(form.write(ListingDocument(shown), paper(asked)), asked.output)
    warned(shown.warnings, asked.quiet)
    return 0


def _of_customers(asked: Asking) -> None:
    """What is said of a value means nothing beside --list and --comments. Raises CustmetricsError E146."""
    said = {"--list": asked.listed, "--comments": _recited(asked)}
    of_values = {"--fail-if": asked.fail_if, "--every": asked.every, "--compare": asked.compare}
    shows, *odd = (option for option, value in {**said, **of_values}.items() if value)
    if odd:
        others = " and ".join(odd)
        hint = f"leave out {shows}, or {others}"
        raise CustmetricsError(Problem("E146", f"{shows} shows what is behind a total, which has no {others}", hint=hint))


def _listed(metric: Metric, asked: Asking) -> Listing:
    from custmetrics_cli.compute.listing import comments, listing

    with _asked(metric, asked) as (question, loaded):
        return comments(question, loaded, _recited(asked)) if _recited(asked) else listing(question, loaded, asked.listed)
