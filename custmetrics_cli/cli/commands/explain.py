"""The commands about metrics rather than of one: explain, list, schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custmetrics_cli.cli.terminal.output import choose_format, output_for, write_answer
from custmetrics_cli.core.errors import CustmetricsError, Problem, near
from custmetrics_cli.metrics import METRICS

if TYPE_CHECKING:
    from custmetrics_cli.cli.options.option_sets import ExplainOptions, FormatOptions, OutputOptions
    from custmetrics_cli.core.metric import Metric


def run(options: ExplainOptions) -> int:
    """What a metric means; with files, with their numbers filled in."""
    from custmetrics_cli.cli.commands.metric import answer_to
    from custmetrics_cli.cli.terminal.messages import print_warnings
    from custmetrics_cli.render.documents.explain import explain
    from custmetrics_cli.tables import TABLES

    metric = named(options.metric)
    if options.format not in ("", "table"):
        raise CustmetricsError(Problem("E150", f"explain has words, not {options.format}", hint=f"custmetrics {metric.name} has --json"))
    answer = answer_to(metric, options) if options.files else None
    write_answer(explain(metric, TABLES, answer, output_for(options)), options.output)
    print_warnings(answer.warnings if answer else (), options.quiet)
    return 0


def named(name: str) -> Metric:
    """A metric by its name or another of its names. Raises CustmetricsError E151."""
    names = {other: metric for metric in METRICS.values() for other in (metric.name, *metric.aliases)}
    if name.casefold() not in names:
        raise CustmetricsError(Problem("E151", f"there is no metric '{name}'", hint=near(name, names)))
    return names[name.casefold()]


def listing(options: FormatOptions) -> int:
    """All metrics, in any format."""
    from custmetrics_cli.render.documents.listing import ListingDocument
    from custmetrics_cli.render.documents.metric_list import metric_list

    write_answer(choose_format(options).write(ListingDocument(metric_list(METRICS.values())), output_for(options)), options.output)
    return 0


def schema(options: OutputOptions) -> int:
    """The JSON schema as it is shipped."""
    from custmetrics_cli.render.data.schema import schema_text

    write_answer(schema_text(), options.output)
    return 0
