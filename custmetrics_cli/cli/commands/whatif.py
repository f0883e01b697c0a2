"""`custmetrics whatif`: the user's own numbers before and after a change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from custmetrics_cli.cli.options import metric_options
from custmetrics_cli.cli.terminal.messages import warned
from custmetrics_cli.cli.terminal.output import form_of, paper, send
from custmetrics_cli.cli.terminal.progress import working
from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.core.options import in_effect
from custmetrics_cli.metrics.economics.whatif import WHATIF
from custmetrics_cli.render.documents.whatif import WhatIfDocument

if TYPE_CHECKING:
    from custmetrics_cli.cli.options.option_sets import Spanning
    from custmetrics_cli.core.result import Supposed


def supposing(asked: Spanning) -> int:
    form = form_of(asked)
    changes = _changes(asked)
    with working(asked):
        found = _supposed(asked, changes)
    send(form.write(WhatIfDocument(found), paper(asked)), asked.output)
    warned(found.answer.warnings, asked.quiet)
    return 0


def _changes(asked: Any) -> dict[str, str]:
    """Option -> change. Raises CustmetricsError E155, E177, E197."""
    options = [lever.option for lever in WHATIF.levers]
    said = in_effect(options, {option.symbol: getattr(asked, option.symbol) for option in options})
    changes = {option.name: str(said[option.symbol]) for option in options if option.symbol in said}
    moved = [lever.of for lever in WHATIF.levers if lever.option.name in changes]
    if not moved:
        raise CustmetricsError(
            Problem("E177", "nothing is changed", hint="say what: --retention +5, --churn -2, --arpa +10% or --cac -20%")
        )
    if len(set(moved)) < len(moved):
        both = " and ".join(f"--{name}" for name in changes)
        raise CustmetricsError(Problem("E197", f"{both} change the same", hint="leave one of them out"))
    return changes


def _supposed(asked: Spanning, changes: dict[str, str]) -> Supposed:
    from custmetrics_cli.cli.inputs import loaded_for
    from custmetrics_cli.cli.request import no_period, of_metric, of_no_metric, tables_of
    from custmetrics_cli.report.report import wanted
    from custmetrics_cli.report.whatif import supposed

    each = {metric: metric_options.values(metric, "standard", metric_options.said(metric, asked)) for metric in WHATIF.metrics}
    question = of_no_metric(asked)
    if question is None:
        with loaded_for(asked, tables_of(*WHATIF.metrics)) as loaded:
            raise no_period("whatif", asked, loaded)
    questions = [of_metric(question, metric, "standard", options) for metric, options in each.items()]
    with loaded_for(asked, wanted({metric.name: mine for metric, mine in zip(each, questions, strict=True)})) as loaded:
        return supposed(WHATIF, questions, loaded, changes)
