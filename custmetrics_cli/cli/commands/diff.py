"""`custmetrics diff`: two exports of the same tables, and what became of the metrics of a period between them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from custmetrics_cli.cli.terminal.messages import warned
from custmetrics_cli.cli.terminal.output import form_of, paper, send
from custmetrics_cli.cli.terminal.progress import working
from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.render.documents.diff import DiffDocument

if TYPE_CHECKING:
    from custmetrics_cli.cli.options.option_sets import Diffing
    from custmetrics_cli.core.diff import Diff
    from custmetrics_cli.render import Format

SHOWN = 20  # rows of each table in what is for people
SIDES = 3  # of the memory: both files, and their comparison


def diffing(asked: Diffing) -> int:
    """Writes what differs; 0, or 1 when --fail-if-changed and a metric does."""
    _two(asked)
    form = form_of(asked)
    with working(asked):
        found = _diff(asked, _most(asked, form))
    send(form.write(DiffDocument(found), paper(asked)), asked.output)
    warned(found.warnings, asked.quiet)
    return int(asked.fail_if_changed and bool(found.changed))


def _two(asked: Diffing) -> None:
    """Raises CustmetricsError E167, E169, E182."""
    if len(asked.files) != 2:
        given = f"{len(asked.files)} {'is' if len(asked.files) == 1 else 'are'} given"
        hint = "name a file or a folder for each: custmetrics diff OLD NEW --period 2022-Q2"
        raise CustmetricsError(Problem("E167", f"diff compares two, OLD and NEW; {given}", hint=hint))
    if asked.rejects:
        hint = "custmetrics report with --rejects writes those of one side"
        raise CustmetricsError(Problem("E169", "--rejects would hold the bad rows of one of two sides", hint=hint))
    if all(file.rpartition("=")[2] == "-" for file in asked.files):
        from custmetrics_cli.ingest.open.find import TWICE

        raise CustmetricsError(TWICE)


def _most(asked: Diffing, form: Format) -> int | None:
    """Files of data hold all rows, unless it is said how many."""
    if asked.rows:
        return asked.rows
    return SHOWN if form.paged else None


def _diff(asked: Diffing, most: int | None) -> Diff:
    from custmetrics_cli.cli.commands.report import each_asked
    from custmetrics_cli.cli.inputs import loaded_for
    from custmetrics_cli.cli.options import values
    from custmetrics_cli.cli.request import no_period, of_no_metric, tables_of
    from custmetrics_cli.ingest.compare.row_diff import Both
    from custmetrics_cli.report.diff import diff, everything
    from custmetrics_cli.report.report import ordered

    memory = values.size(asked.memory) // SIDES
    old, new = (replace(asked, files=[file], memory=f"{memory}B" if memory else "") for file in asked.files)
    question = of_no_metric(asked)
    if question is None:
        with loaded_for(new, tables_of(*ordered())) as loaded:
            raise no_period("diff", asked, loaded)
    each = each_asked(question, asked)
    whole = everything(each)
    with loaded_for(old, whole) as before, loaded_for(new, whole) as after:
        return diff(each, Both(before, after), memory, most)
