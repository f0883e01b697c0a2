"""`custmetrics report`: every metric that the files can answer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from custmetrics_cli.cli.command import START, Command
from custmetrics_cli.cli.options.declare import option, switch
from custmetrics_cli.cli.options.metric_options import all_options
from custmetrics_cli.cli.options.question import BENCHMARKS, COMPARE, STEPS, CompareOptions
from custmetrics_cli.cli.options.readers import number
from custmetrics_cli.core.options import OUTPUT, PERIOD
from custmetrics_cli.render.words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from custmetrics_cli.core.result import Listing, Report
    from custmetrics_cli.report.lists import WantedList

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
    every: str = option("Show a series: one value per day, week, month, quarter or year", "STEP", panel=PERIOD, choices=STEPS, common=True)
    title: str = option("Title of the report, such as the name of the company", "TEXT", panel=OUTPUT, common=True)
    key: list[str] = option("Show these metrics as key numbers", "METRIC", panel=OUTPUT, repeats=True, when_absent="a choice of all")
    families: list[str] = option("Show these families only", "FAMILY", panel=OUTPUT, repeats=True, when_absent="all")
    lists: list[str] = option(
        "List the customers behind these totals, or none", "METRIC.TOTAL", panel=OUTPUT, repeats=True, when_absent="lost and at risk"
    )
    mark: list[str] = option("Mark a day in charts: 2022-05-01=new prices; in settings: [events]", "DAY=NAME", panel=OUTPUT, repeats=True)
    rows: int = option("Rows shown of each list", "NUMBER", number(), "50", panel=OUTPUT)
    no_names: bool = switch("Leave out the ids of customers", panel=OUTPUT)
    hash_ids: bool = switch("Show a hash in place of each id of a customer", panel=OUTPUT)
    lang: str = option("Language of the report, and of --excel", "LANG", panel=OUTPUT, choices=LANGUAGES, when_absent="en")
    trend: int = option("Periods in the trend, this one included", "NUMBER", number(), "8", panel=PERIOD)
    allow_incomplete: bool = switch("Let --fail-if pass for a period that the data does not reach", panel=OUTPUT)
    fail_if: list[str] = option("Exit with 1 if true, such as 'churn > 5%'", "TEST", panel=OUTPUT, repeats=True, common=True)


def run(options: ReportOptions) -> int:
    """Write the report. Return 1 if a --fail-if holds, else 0."""
    from custmetrics_cli.cli.paper import check_paper, paper
    from custmetrics_cli.cli.targets import annotate, benchmarks, targets, thresholds
    from custmetrics_cli.cli.terminal.messages import print_failed_checks, print_warnings
    from custmetrics_cli.cli.terminal.output import choose_format, write_document
    from custmetrics_cli.cli.terminal.progress import progress
    from custmetrics_cli.render.documents.report import ReportDocument

    format = choose_format(options)
    fail_if = thresholds("--fail-if", options.fail_if)
    beside = targets(options), benchmarks(options)
    wanted = check_paper(options) if format.paper else []
    with progress(options):
        report, found = _compute(options, wanted, format.paper)
    answer = annotate(report.answer, *beside)
    report = report._replace(
        answer=answer._replace(checks=[test.check(metric, answer, options.allow_incomplete) for metric, test in fail_if])
    )
    write_document(ReportDocument(report, partial(paper, report, found, options)), options, format)
    print_warnings(report.answer.warnings, options.quiet)
    return print_failed_checks(report.answer.checks)


def _compute(options: ReportOptions, wanted: Sequence[WantedList], for_paper: bool) -> tuple[Report, list[Listing]]:
    """Return the report and its lists. for_paper: also compare with a year ago."""
    from custmetrics_cli.cli.definitions.profiled import check_policies, profile_named
    from custmetrics_cli.cli.inputs import load_tables
    from custmetrics_cli.cli.request import base_question, question_without_period, questions_by_metric
    from custmetrics_cli.report.lists import affordable, lists, with_comments
    from custmetrics_cli.report.report import Questions, build_report, metrics_in_order, selection, with_other_definitions
    from custmetrics_cli.report.silence import with_silence

    question = base_question(options, *metrics_in_order()) or question_without_period("report", options, *metrics_in_order())
    also = "year-ago" if for_paper and options.compare == "previous" else ""
    question = question._replace(compare=options.compare, compare_also=also, every=options.every)
    _ = question.periods  # raises E102 if --every does not divide the period
    profile = profile_named(options.profile, options) if options.profile else None
    if profile:
        check_policies(options, f"--profile {profile.name}")
    questions: Questions = questions_by_metric(question, options.metric_texts, profile)
    with load_tables(options, selection(with_comments(questions, wanted), other_definitions=True)) as loaded:
        asked = with_silence(with_other_definitions(questions, loaded), loaded)
        report = build_report(asked.questions, loaded, options.trend, asked.notices)
        shown = affordable(wanted, report)
        return report, list(lists(with_comments(asked.questions, shown), loaded, shown))


COMMAND = Command(run, ReportOptions, HELP, START, order=1, metric_options=all_options)
