"""`custmetrics explain`: the definition of a metric; with files, the user's own numbers."""

from __future__ import annotations

from custmetrics_cli.cli.command import LOOK_UP, Command
from custmetrics_cli.cli.options.declare import argument
from custmetrics_cli.cli.options.metric_options import all_options, reject_foreign
from custmetrics_cli.cli.options.question import ComputeOptions
from custmetrics_cli.core.errors import CustmetricsError, Problem, near
from custmetrics_cli.core.metric import Metric
from custmetrics_cli.metrics import METRICS

HELP = """Explain a metric: definition, totals, tables and a worked example

With files, your own numbers are filled in.

Example: custmetrics explain churn --period 2022-Q2 sample_data/customers.csv"""


class ExplainOptions(ComputeOptions):
    """A metric, and files for its numbers."""

    metric: str = argument("METRIC", "name of the metric", required=True)


def run(options: ExplainOptions) -> int:
    """Write what a metric means. Raises CustmetricsError E150, E151, E156."""
    from custmetrics_cli.cli.answers import compute_metric
    from custmetrics_cli.cli.definitions.profiled import meanings, with_profile
    from custmetrics_cli.cli.terminal.messages import print_warnings
    from custmetrics_cli.cli.terminal.output import output_for, write_answer
    from custmetrics_cli.render.documents.explain import explain
    from custmetrics_cli.tables import TABLES

    metric, options = with_profile(metric_named(options.metric), options)
    reject_foreign(metric, options.flags)
    if options.format not in ("", "table"):
        hint = f"use custmetrics {metric.name} --format {options.format}"
        raise CustmetricsError(Problem("E150", f"explain has no {options.format} output", hint=hint))
    answer = compute_metric(metric, options) if options.files else None
    write_answer(explain(metric, TABLES, answer, output_for(options), meanings(metric, options)), options)
    print_warnings(answer.warnings if answer else (), options.quiet)
    return 0


def metric_named(name: str) -> Metric:
    names = {each: metric for metric in METRICS.values() for each in (metric.name, *metric.aliases)}
    if name.casefold() not in names:
        raise CustmetricsError(Problem("E151", f"'{name}' is not a metric", hint=_total_hint(name.casefold()) or near(name, names)))
    return names[name.casefold()]


def _total_hint(name: str) -> str:
    """Return what a total counts and the metric that explains it, "" if no metric has a total of this name."""
    found = [(metric.name, metric.totals[name]) for metric in METRICS.values() if name in metric.totals]
    if not found:
        return ""
    metric, total = found[0]
    return f"it is a total of {metric}: {total.description}; see custmetrics explain {metric}"


COMMAND = Command(run, ExplainOptions, HELP, LOOK_UP, order=2, metric_options=all_options)
