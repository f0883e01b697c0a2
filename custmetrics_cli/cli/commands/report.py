"""`custmetrics report`: every metric that the files allow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from custmetrics_cli.cli.options import metric_options
from custmetrics_cli.cli.targets import annotate, benchmarks, limits, targets
from custmetrics_cli.cli.terminal.messages import print_warnings
from custmetrics_cli.cli.terminal.output import choose_format, output_for, write_answer
from custmetrics_cli.cli.terminal.progress import working
from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.render.documents.report import ReportDocument

if TYPE_CHECKING:
    from custmetrics_cli.cli.options.option_sets import ReportOptions
    from custmetrics_cli.cli.thresholds import Threshold
    from custmetrics_cli.compute.question import Question
    from custmetrics_cli.core.answers.answer import Report
    from custmetrics_cli.core.metric import Metric


def run(options: ReportOptions) -> int:
    """Writes the report; 0, or 1 when a --fail-if holds."""
    form = choose_format(options)
    failing, aims, known = limits("--fail-if", options.fail_if), targets(options), benchmarks(options)
    with working(options):
        found = _report(options)
    found = found._replace(answer=annotate(found.answer, aims, known))
    write_answer(form.write(ReportDocument(found), output_for(options)), options.output)
    print_warnings(found.answer.warnings, options.quiet)
    return int(any(_holds(found, metric, test) for metric, test in failing))


def _holds(found: Report, metric: Metric, test: Threshold) -> bool:
    """What could not be computed cannot be shown to be fine."""
    results = [result for result in found.answer.results if result.metric.name == metric.name]
    return not results or test.holds(found.answer._replace(results=results))


def _report(options: ReportOptions) -> Report:
    from custmetrics_cli.cli.inputs import load_tables
    from custmetrics_cli.cli.request import base_question, missing_period_error, tables_of
    from custmetrics_cli.report.report import build_report, metrics_in_order, selection

    question = base_question(options)
    if question is None:
        with load_tables(options, tables_of(*metrics_in_order())) as loaded:
            raise missing_period_error("report", options, loaded)
    question = question._replace(compare=options.compare)
    each = each_asked(question, options)
    with load_tables(options, selection(each)) as loaded:
        return build_report(each, loaded, options.trend)


def each_asked(question: Question, asked: Any) -> dict[str, Question | CustmetricsError]:
    """The question of every metric, in the order of a report. asked: has the options of all metrics too."""
    from custmetrics_cli.report.report import metrics_in_order

    return {metric.name: _asked(question, metric, asked) for metric in metrics_in_order()}


def _asked(question: Question, metric: Metric, asked: Any) -> Question | CustmetricsError:
    """The question of one metric, or what its own options lack."""
    from custmetrics_cli.cli.request import for_metric

    try:
        mine = for_metric(
            question, metric, "standard", metric_options.values(metric, "standard", metric_options.texts_for_metric(metric, asked))
        )
        mine.selections()
    except CustmetricsError as error:
        return error
    return mine
