"""`custmetrics diff`: two exports of the same tables, and what became of the metrics of a period between them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from custmetrics_cli.cli.terminal.messages import print_warnings
from custmetrics_cli.cli.terminal.output import choose_format, output_for, write_answer
from custmetrics_cli.cli.terminal.progress import working
from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.render.documents.diff import DiffDocument

if TYPE_CHECKING:
    from custmetrics_cli.cli.options.option_sets import DiffOptions
    from custmetrics_cli.core.diff import Diff
    from custmetrics_cli.render import Format

SHOWN = 20  # rows of each table in what is for people
SIDES = 3  # of the memory: both files, and their comparison


def run(options: DiffOptions) -> int:
    """Writes what differs; 0, or 1 when --fail-if-changed and a metric does."""
    _two(options)
    form = choose_format(options)
    with working(options):
        found = _diff(options, _most(options, form))
    write_answer(form.write(DiffDocument(found), output_for(options)), options.output)
    print_warnings(found.warnings, options.quiet)
    return int(options.fail_if_changed and bool(found.changed))


def _two(options: DiffOptions) -> None:
    """Raises CustmetricsError E167, E169, E182."""
    if len(options.files) != 2:
        given = f"{len(options.files)} {'is' if len(options.files) == 1 else 'are'} given"
        hint = "name a file or a folder for each: custmetrics diff OLD NEW --period 2022-Q2"
        raise CustmetricsError(Problem("E167", f"diff compares two, OLD and NEW; {given}", hint=hint))
    if options.rejects:
        hint = "custmetrics report with --rejects writes those of one side"
        raise CustmetricsError(Problem("E169", "--rejects would hold the bad rows of one of two sides", hint=hint))
    if all(file.rpartition("=")[2] == "-" for file in options.files):
        from custmetrics_cli.ingest.open.find import STDIN_TWICE

        raise CustmetricsError(STDIN_TWICE)


def _most(options: DiffOptions, form: Format) -> int | None:
    """Files of data hold all rows, unless it is said how many."""
    if options.rows:
        return options.rows
    return SHOWN if form.paged else None


def _diff(options: DiffOptions, most: int | None) -> Diff:
    from custmetrics_cli.cli.commands.report import each_asked
    from custmetrics_cli.cli.inputs import load_tables
    from custmetrics_cli.cli.options import values
    from custmetrics_cli.cli.request import base_question, missing_period_error, tables_of
    from custmetrics_cli.ingest.compare.exports import Exports
    from custmetrics_cli.report.diff import diff, everything
    from custmetrics_cli.report.report import metrics_in_order

    memory = values.size(options.memory) // SIDES
    old, new = (replace(options, files=[file], memory=f"{memory}B" if memory else "") for file in options.files)
    question = base_question(options)
    if question is None:
        with load_tables(new, tables_of(*metrics_in_order())) as loaded:
            raise missing_period_error("diff", options, loaded)
    each = each_asked(question, options)
    whole = everything(each)
    with load_tables(old, whole) as before, load_tables(new, whole) as after:
        return diff(each, Exports(before, after), memory, most)
