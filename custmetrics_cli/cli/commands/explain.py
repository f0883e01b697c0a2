"""The commands about metrics rather than of one: explain, list, schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custmetrics_cli.cli.terminal.output import form_of, paper, send
from custmetrics_cli.core.errors import CustmetricsError, Problem, near
from custmetrics_cli.metrics import METRICS

if TYPE_CHECKING:
    from custmetrics_cli.cli.options.option_sets import Explaining, Saying, Writing
    from custmetrics_cli.core.metric import Metric


def explaining(asked: Explaining) -> int:
    """What a metric means; with files, with their numbers filled in."""
    from custmetrics_cli.cli.commands.metric import answer_to
    from custmetrics_cli.cli.terminal.messages import warned
    from custmetrics_cli.render.documents.explain import explain
    from custmetrics_cli.tables import TABLES

    metric = named(asked.metric)
    if asked.format not in ("", "table"):
        raise CustmetricsError(Problem("E150", f"explain has words, not {asked.format}", hint=f"custmetrics {metric.name} has --json"))
    answer = answer_to(metric, asked) if asked.files else None
    send(explain(metric, TABLES, answer, screen=paper(asked)), asked.output)
    warned(answer.warnings if answer else (), asked.quiet)
    return 0


def named(name: str) -> Metric:
    """A metric by its name or another of its names. Raises CustmetricsError E151."""
    names = {other: metric for metric in METRICS.values() for other in (metric.name, *metric.also)}
    if name.casefold() not in names:
        raise CustmetricsError(Problem("E151", f"there is no metric '{name}'", hint=near(name, names)))
    return names[name.casefold()]


def listing(asked: Writing) -> int:
    """All metrics, in any format."""
    from custmetrics_cli.render.documents.explain import metric_list
    from custmetrics_cli.render.documents.listing import ListingDocument

    send(form_of(asked).write(ListingDocument(metric_list(METRICS.values())), paper(asked)), asked.output)
    return 0


def schema(asked: Saying) -> int:
    """The JSON schema as it is shipped."""
    from custmetrics_cli.render.data.schema import schema_text

    send(schema_text(), asked.output)
    return 0
