"""Answer a question about one metric: load the tables and compute."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from custmetrics_cli.core.errors import CustmetricsError

if TYPE_CHECKING:
    from custmetrics_cli.cli.options.question import ComputeOptions
    from custmetrics_cli.compute.question import Question
    from custmetrics_cli.core.metric import Metric
    from custmetrics_cli.core.result import Answer, Listing
    from custmetrics_cli.ingest.loaded import Loaded


@contextmanager
def _loaded(metric: Metric, options: ComputeOptions, comments: bool = False) -> Iterator[tuple[Question, Loaded]]:
    """Yield the question and the tables that it needs."""
    from custmetrics_cli.cli.inputs import load_tables
    from custmetrics_cli.cli.request import metric_question

    question = metric_question(metric, options)._replace(with_comments=comments)
    with load_tables(options, question.selections()) as loaded:
        yield question, loaded


def compute_metric(metric: Metric, options: ComputeOptions) -> Answer:
    """Return the answer. Raises CustmetricsError if the files do not give one."""
    from custmetrics_cli.compute.answer import answer
    from custmetrics_cli.report.definitions import name_other_definition

    with _loaded(metric, options) as (question, loaded):
        try:
            return answer(question, loaded)
        except CustmetricsError as error:
            raise name_other_definition(error, metric, question.metrics[0][1], loaded.headers) from None


def list_customers(metric: Metric, options: ComputeOptions, total: str) -> Listing:
    """Return the customers behind a total."""
    from custmetrics_cli.compute.listing import listing

    with _loaded(metric, options) as (question, loaded):
        return listing(question, loaded, total)


def list_comments(metric: Metric, options: ComputeOptions, total: str) -> Listing:
    """Return the comments behind a total."""
    from custmetrics_cli.compute.listing import comments

    with _loaded(metric, options, comments=True) as (question, loaded):
        return comments(question, loaded, total)
