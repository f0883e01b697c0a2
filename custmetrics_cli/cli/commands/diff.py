"""`custmetrics diff`: two exports of the same tables, and the effect of their differences on the metrics of a period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custmetrics_cli.cli.command import COMPARE_AND_PLAN, Command
from custmetrics_cli.cli.options.declare import argument, option, switch
from custmetrics_cli.cli.options.metric_options import all_options
from custmetrics_cli.cli.options.question import PeriodOptions
from custmetrics_cli.cli.options.readers import number
from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.core.options import OUTPUT

if TYPE_CHECKING:
    from custmetrics_cli.core.diff import Diff
    from custmetrics_cli.render.format import Format

HELP = """Compare two exports of the same tables: changed metrics and the rows behind them

Rewritten history is the most common reason for a changed number. It shows the rows that were added, removed \
or changed, with their customers and the metrics that they change.

Example: custmetrics diff sample_data/customers.csv sample_data/customers.csv --period 2022-Q2"""
ROWS = 20  # shown of each table, for people
PARTS = 3  # of the memory: both files, and their comparison


class DiffOptions(PeriodOptions):
    """The options of a comparison of two exports."""

    files: list[str] = argument("OLD NEW", "two exports: files, folders or TABLE=FILE", repeats=True)
    rows: int = option("Rows shown of each table", "NUMBER", number(), "0", panel=OUTPUT, when_absent="20 in a table, all in data")
    fail_if_changed: bool = switch("Exit with 1 if a metric of the period changed", panel=OUTPUT, common=True)


def run(options: DiffOptions) -> int:
    """Write the differences. Return 1 if --fail-if-changed is on and a metric changed, else 0."""
    from custmetrics_cli.cli.terminal.messages import print_warnings
    from custmetrics_cli.cli.terminal.output import choose_format, write_document
    from custmetrics_cli.cli.terminal.progress import progress
    from custmetrics_cli.render.documents.diff import DiffDocument

    _check(options)
    format = choose_format(options)
    with progress(options):
        diff = _compute(options, _row_limit(options, format))
    write_document(DiffDocument(diff), options, format)
    print_warnings(diff.warnings, options.quiet)
    return int(options.fail_if_changed and bool(diff.changed))


def _check(options: DiffOptions) -> None:
    """Raise CustmetricsError E167, E169, E182."""
    from custmetrics_cli.ingest.open.find import STDIN_TWICE

    if len(options.files) != 2:
        hint = "name a file or a folder for each: custmetrics diff OLD NEW --period 2022-Q2"
        raise CustmetricsError(Problem("E167", f"diff needs two inputs, OLD and NEW, not {len(options.files)}", hint=hint))
    if options.rejects:
        hint = "run custmetrics report --rejects FILE on one of them"
        raise CustmetricsError(Problem("E169", "--rejects does not work with two inputs", hint=hint))
    if all(file.rpartition("=")[2] == "-" for file in options.files):
        raise CustmetricsError(STDIN_TWICE)


def _row_limit(options: DiffOptions, format: Format) -> int | None:
    """Return the most rows to show, None for all. Data files get all rows."""
    return options.rows or (ROWS if format.paged else None)


def _compute(options: DiffOptions, rows: int | None) -> Diff:
    from custmetrics_cli.cli.inputs import load_tables
    from custmetrics_cli.cli.request import base_question, question_without_period, questions_by_metric
    from custmetrics_cli.ingest.compare.exports import Exports
    from custmetrics_cli.report.diff import compare_exports, full_selection
    from custmetrics_cli.report.report import metrics_in_order

    memory = options.memory // PARTS
    old, new = (options.replaced(files=[file], memory=memory) for file in options.files)
    question = base_question(new, *metrics_in_order()) or question_without_period("diff", new, *metrics_in_order())
    questions = questions_by_metric(question, options.metric_texts)
    selections = full_selection(questions)
    with load_tables(old, selections) as before, load_tables(new, selections) as after:
        return compare_exports(questions, Exports(before, after), memory, rows)


COMMAND = Command(run, DiffOptions, HELP, COMPARE_AND_PLAN, order=1, metric_options=all_options)
