"""`custmetrics whatif`: the user's own numbers before and after a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custmetrics_cli.cli.command import COMPARE_AND_PLAN, Command
from custmetrics_cli.cli.options.question import PeriodOptions
from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.core.options import in_effect
from custmetrics_cli.metrics.economics.whatif import WHATIF

if TYPE_CHECKING:
    from collections.abc import Mapping

    from custmetrics_cli.core.whatif import WhatIfResult

HELP = """Show lifetime, CLV and the revenue of a year before and after a change

The model assumes a constant monthly churn; the answer names its assumptions. Change rates in points, and money \
in percent or by an amount.

Example: custmetrics whatif --period 2022 --retention +5 --margin 80% subscriptions.csv"""


def run(options: PeriodOptions) -> int:
    """Write the numbers before and after the change."""
    from custmetrics_cli.cli.terminal.messages import print_warnings
    from custmetrics_cli.cli.terminal.output import choose_format, write_document
    from custmetrics_cli.cli.terminal.progress import progress
    from custmetrics_cli.render.documents.whatif import WhatIfDocument

    format = choose_format(options)
    changes = _changes(options.metric_texts)
    with progress(options):
        result = _compute(options, changes)
    write_document(WhatIfDocument(result), options, format)
    print_warnings(result.answer.warnings, options.quiet)
    return 0


def _changes(texts: Mapping[str, str]) -> dict[str, str]:
    """Return the change of each option. Raises CustmetricsError E155, E177, E197."""
    values = in_effect((lever.option for lever in WHATIF.levers), texts)
    changed = [lever for lever in WHATIF.levers if lever.option.symbol in values]
    if not changed:
        hint = "pass one, such as --retention +5, --churn -2, --arpa +10% or --cac -20%"
        raise CustmetricsError(Problem("E177", "a change is required", hint=hint))
    if len({lever.quantity for lever in changed}) < len(changed):
        names = " and ".join(f"--{lever.option.name}" for lever in changed)
        raise CustmetricsError(Problem("E197", f"{names} change the same quantity", hint="leave out one of them"))
    return {lever.option.name: str(values[lever.option.symbol]) for lever in changed}


def _compute(options: PeriodOptions, changes: Mapping[str, str]) -> WhatIfResult:
    from custmetrics_cli.cli.inputs import load_tables
    from custmetrics_cli.cli.options import metric_options
    from custmetrics_cli.cli.request import base_question, for_metric, question_without_period
    from custmetrics_cli.report.report import selection
    from custmetrics_cli.report.whatif import run_model

    values = {metric: metric_options.values(metric, "standard", options.metric_texts) for metric in WHATIF.metrics}
    question = base_question(options, *WHATIF.metrics) or question_without_period("whatif", options, *WHATIF.metrics)
    questions = {metric.name: for_metric(question, metric, "standard", values[metric]) for metric in WHATIF.metrics}
    with load_tables(options, selection(questions)) as loaded:
        return run_model(WHATIF, list(questions.values()), loaded, changes)


COMMAND = Command(run, PeriodOptions, HELP, COMPARE_AND_PLAN, order=2, metric_options=lambda: WHATIF.options)
