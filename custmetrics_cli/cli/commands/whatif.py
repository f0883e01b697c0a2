"""`custmetrics whatif`: the user's own numbers before and after a change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from custmetrics_cli.cli.options import metric_options
from custmetrics_cli.cli.terminal.messages import print_warnings
from custmetrics_cli.cli.terminal.output import choose_format, output_for, write_answer
from custmetrics_cli.cli.terminal.progress import working
from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.core.options import in_effect
from custmetrics_cli.metrics.economics.whatif import WHATIF
from custmetrics_cli.render.documents.whatif import WhatIfDocument

if TYPE_CHECKING:
    from custmetrics_cli.cli.options.option_sets import PeriodOptions
    from custmetrics_cli.core.answers.whatif import WhatIfResult


def run(options: PeriodOptions) -> int:
    form = choose_format(options)
    changes = _changes(options)
    with working(options):
        found = _supposed(options, changes)
    write_answer(form.write(WhatIfDocument(found), output_for(options)), options.output)
    print_warnings(found.answer.warnings, options.quiet)
    return 0


def _changes(asked: Any) -> dict[str, str]:
    """Option -> change. Raises CustmetricsError E155, E177, E197."""
    options = [lever.option for lever in WHATIF.levers]
    said = in_effect(options, {option.symbol: getattr(asked, option.symbol) for option in options})
    changes = {option.name: str(said[option.symbol]) for option in options if option.symbol in said}
    moved = [lever.quantity for lever in WHATIF.levers if lever.option.name in changes]
    if not moved:
        raise CustmetricsError(
            Problem("E177", "nothing is changed", hint="say what: --retention +5, --churn -2, --arpa +10% or --cac -20%")
        )
    if len(set(moved)) < len(moved):
        both = " and ".join(f"--{name}" for name in changes)
        raise CustmetricsError(Problem("E197", f"{both} change the same", hint="leave one of them out"))
    return changes


def _supposed(asked: PeriodOptions, changes: dict[str, str]) -> WhatIfResult:
    from custmetrics_cli.cli.inputs import load_tables
    from custmetrics_cli.cli.request import base_question, for_metric, missing_period_error, tables_of
    from custmetrics_cli.report.report import selection
    from custmetrics_cli.report.whatif import supposed

    each = {metric: metric_options.values(metric, "standard", metric_options.texts_for(metric, asked)) for metric in WHATIF.metrics}
    question = base_question(asked)
    if question is None:
        with load_tables(asked, tables_of(*WHATIF.metrics)) as loaded:
            raise missing_period_error("whatif", asked, loaded)
    questions = [for_metric(question, metric, "standard", options) for metric, options in each.items()]
    with load_tables(asked, selection({metric.name: mine for metric, mine in zip(each, questions, strict=True)})) as loaded:
        return supposed(WHATIF, questions, loaded, changes)
