"""`custmetrics report`: every metric that the files can answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custmetrics_cli.cli.command import START, Command
from custmetrics_cli.cli.options.declare import option, switch
from custmetrics_cli.cli.options.metric_options import all_options
from custmetrics_cli.cli.options.question import BENCHMARKS, COMPARE, CompareOptions
from custmetrics_cli.cli.options.readers import number
from custmetrics_cli.core.options import OUTPUT, PERIOD

if TYPE_CHECKING:
    from custmetrics_cli.cli.thresholds import Threshold
    from custmetrics_cli.core.metric import Metric
    from custmetrics_cli.core.result import Report

HELP = """Compute every metric that your files can answer

Each value is compared with the previous period and shows its trend. The report names the metrics that cannot \
be computed, and the missing table or column.

An option of a metric applies to every metric that has it. For one metric write METRIC=VALUE, such as \
--scale csat=1-5. Separate several with semicolons.

Example: custmetrics report --period 2022-Q2 sample_data"""


class ReportOptions(CompareOptions):
    """The options of a report."""

    compare: str = COMPARE._replace(default="previous")
    benchmarks: str = BENCHMARKS._replace(default="shipped")
    trend: int = option("Periods in the trend, this one included", "NUMBER", number(), "8", panel=PERIOD)
    allow_incomplete: bool = switch("Let --fail-if pass for a period that the data does not reach", panel=OUTPUT)
    fail_if: list[str] = option("Exit with 1 if true, such as 'churn > 5%'", "TEST", panel=OUTPUT, repeats=True, common=True)


def run(options: ReportOptions) -> int:
    """Write the report. Return 1 if a --fail-if holds, else 0."""
    from custmetrics_cli.cli.targets import annotate, benchmarks, targets, thresholds
    from custmetrics_cli.cli.terminal.messages import print_warnings
    from custmetrics_cli.cli.terminal.output import choose_format, write_document
    from custmetrics_cli.cli.terminal.progress import progress
    from custmetrics_cli.render.documents.report import ReportDocument

    format = choose_format(options)
    fail_if = thresholds("--fail-if", options.fail_if)
    beside = targets(options), benchmarks(options)
    with progress(options):
        report = _compute(options)
    report = report._replace(answer=annotate(report.answer, *beside))
    write_document(ReportDocument(report), options, format)
    print_warnings(report.answer.warnings, options.quiet)
    return int(any(_holds(report, metric, test, options.allow_incomplete) for metric, test in fail_if))


def _holds(report: Report, metric: Metric, test: Threshold, allow_incomplete: bool) -> bool:
    """Return True also for a metric that could not be computed: it cannot be shown to be good."""
    results = [result for result in report.answer.results if result.metric.name == metric.name]
    return not results or test.holds(report.answer._replace(results=results), allow_incomplete)


def _compute(options: ReportOptions) -> Report:
    from custmetrics_cli.cli.inputs import load_tables
    from custmetrics_cli.cli.request import base_question, question_without_period, questions_by_metric
    from custmetrics_cli.report.report import build_report, metrics_in_order, selection, with_other_definitions

    question = base_question(options) or question_without_period("report", options, *metrics_in_order())
    questions = questions_by_metric(question._replace(compare=options.compare), options.metric_texts)
    with load_tables(options, selection(questions, other_definitions=True)) as loaded:
        return build_report(with_other_definitions(questions, loaded), loaded, options.trend)


COMMAND = Command(run, ReportOptions, HELP, START, order=1, metric_options=all_options)
