"""Answer a question about one metric: load the tables and compute."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.core.result import Notice

if TYPE_CHECKING:
    from custmetrics_cli.cli.options.question import ComputeOptions
    from custmetrics_cli.compute.question import Question
    from custmetrics_cli.core.metric import Metric
    from custmetrics_cli.core.result import Answer, Listing
    from custmetrics_cli.ingest.loaded import Loaded


class Ready(NamedTuple):
    """A question with the tables that it needs."""

    question: Question
    loaded: Loaded
    notices: tuple[Notice, ...] = ()  # about how the tables were read


@contextmanager
def _loaded(metric: Metric, options: ComputeOptions, **more: Any) -> Iterator[Ready]:
    """Yield the question and the tables that it needs, joined by e-mail if no id matches. more: fields of the question."""
    from custmetrics_cli.cli.inputs import load_tables
    from custmetrics_cli.cli.joining import email_columns, joined_by_email
    from custmetrics_cli.cli.request import metric_question

    question = metric_question(metric, options)._replace(**more)
    with load_tables(options, question.selections()) as loaded:
        emails = email_columns(question, loaded, options)
        if not emails:
            yield Ready(question, loaded)
            return
        with load_tables(options.replaced(column=[*options.column, *emails.items()]), question.selections()) as again:
            notice = joined_by_email(question, again)
            yield Ready(question, again, (notice,)) if notice else Ready(question, loaded)


def compute_metric(metric: Metric, options: ComputeOptions) -> Answer:
    """Return the answer. Raises CustmetricsError if the files do not give one."""
    from custmetrics_cli.compute.answer import answer

    try:
        with _loaded(metric, options) as (question, loaded, notices), _other_definitions(metric, options, loaded):
            answered = answer(question, loaded)
            return answered._replace(warnings=[*notices, *answered.warnings])
    except OtherDefinition as other:
        answered = compute_metric(metric, other.options)
        return answered._replace(warnings=[other.notice, *answered.warnings])


def list_customers(metric: Metric, options: ComputeOptions, total: str, columns: Sequence[str] = ()) -> Listing:
    """Return the customers behind a total, of the definition that has it if the user asked for none."""
    from custmetrics_cli.compute.listing import listing

    if "definition" not in options.flags:
        options = options.replaced(definition=_definition_with(metric, options.definition, total))
    try:
        shown = {"known_by": True, "columns": tuple(columns)}
        with _loaded(metric, options, **shown) as (question, loaded, notices), _other_definitions(metric, options, loaded):
            listed = listing(question, loaded, total)
            return listed._replace(warnings=[*notices, *listed.warnings])
    except OtherDefinition as other:
        return list_customers(metric, other.options, total, columns)


def _definition_with(metric: Metric, definition: str, total: str) -> str:
    """Return the first definition that has a total, the one asked for if possible."""
    if definition not in metric.definitions or total in metric.only(definition).totals:
        return definition
    return next((name for name in metric.definitions if total in metric.only(name).totals), definition)


class OtherDefinition(Exception):
    """The files answer another definition than the default one."""

    def __init__(self, metric: Metric, options: ComputeOptions, definition: str) -> None:
        super().__init__(definition)
        self.options = options.replaced(definition=definition, flags=options.flags | {"definition"})
        description = metric.definitions[definition].description
        self.notice = Notice("W281", f"{metric.name} is answered in the definition {definition}: {description}")


@contextmanager
def _other_definitions(metric: Metric, options: ComputeOptions, loaded: Loaded) -> Iterator[None]:
    """Turn the error about a missing table into one that names the definition which the files answer.

    Raises OtherDefinition if the user asked for no definition.
    """
    from custmetrics_cli.report.definitions import name_other_definition, needs_other_definition

    try:
        yield
    except CustmetricsError as error:
        other = needs_other_definition(error, metric, options.definition, loaded.headers)
        if other and "definition" not in options.flags:
            raise OtherDefinition(metric, options, other) from None
        raise name_other_definition(error, metric, options.definition, loaded.headers) from None


def list_comments(metric: Metric, options: ComputeOptions, total: str) -> Listing:
    """Return the comments behind a total."""
    from custmetrics_cli.compute.listing import comments

    with _loaded(metric, options, with_comments=True) as (question, loaded, _):
        return comments(question, loaded, total)
