"""`custmetrics report`: every metric that the files allow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from custmetrics_cli.cli.options import metric_options
from custmetrics_cli.cli.targets import benchmarks, targets, tests, with_all
from custmetrics_cli.cli.terminal.messages import warned
from custmetrics_cli.cli.terminal.output import form_of, paper, send
from custmetrics_cli.cli.terminal.progress import working
from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.render.documents.report import ReportDocument

if TYPE_CHECKING:
    from custmetrics_cli.cli.options.option_sets import Reporting
    from custmetrics_cli.cli.thresholds import Test
    from custmetrics_cli.compute.question import Question
    from custmetrics_cli.core.metric import Metric
    from custmetrics_cli.core.result import Report


def reporting(asked: Reporting) -> int:
    """Writes the report; 0, or 1 when a --fail-if holds."""
    form = form_of(asked)
    failing, aims, known = tests("--fail-if", asked.fail_if), targets(asked), benchmarks(asked)
    with working(asked):
        found = _report(asked)
    found = found._replace(answer=with_all(found.answer, aims, known))
    send(form.write(ReportDocument(found), paper(asked)), asked.output)
    warned(found.answer.warnings, asked.quiet)
    return int(any(_holds(found, metric, test) for metric, test in failing))


def _holds(found: Report, metric: Metric, test: Test) -> bool:
    """What could not be computed cannot be shown to be fine."""
    results = [result for result in found.answer.results if result.metric.name == metric.name]
    return not results or test.holds(found.answer._replace(results=results))


def _report(asked: Reporting) -> Report:
    from custmetrics_cli.cli.inputs import loaded_for
    from custmetrics_cli.cli.request import no_period, of_no_metric, tables_of
    from custmetrics_cli.report.report import ordered, report, wanted

    question = of_no_metric(asked)
    if question is None:
        with loaded_for(asked, tables_of(*ordered())) as loaded:
            raise no_period("report", asked, loaded)
    question = question._replace(compare=asked.compare)
    each = each_asked(question, asked)
    with loaded_for(asked, wanted(each)) as loaded:
        return report(each, loaded, asked.trend)


def each_asked(question: Question, asked: Any) -> dict[str, Question | CustmetricsError]:
    """The question of every metric, in the order of a report. asked: has the options of all metrics too."""
    from custmetrics_cli.report.report import ordered

    return {metric.name: _asked(question, metric, asked) for metric in ordered()}


def _asked(question: Question, metric: Metric, asked: Any) -> Question | CustmetricsError:
    """The question of one metric, or what its own options lack."""
    from custmetrics_cli.cli.request import of_metric

    try:
        mine = of_metric(question, metric, "standard", metric_options.values(metric, "standard", metric_options.parted(metric, asked)))
        mine.wanted()
    except CustmetricsError as error:
        return error
    return mine
