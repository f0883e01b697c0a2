"""`custmetrics inspect`: what each file is taken for, and what it could answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from custmetrics_cli.cli.exit_status import REFUSED
from custmetrics_cli.cli.inputs import input_files, settings_of
from custmetrics_cli.cli.terminal.messages import print_warnings
from custmetrics_cli.cli.terminal.output import choose_format, output_for, write_answer, write_file
from custmetrics_cli.cli.terminal.progress import working
from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.core.options import in_effect
from custmetrics_cli.metrics import METRICS
from custmetrics_cli.render.documents.inspection import InspectionDocument

if TYPE_CHECKING:
    from custmetrics_cli.cli.options.option_sets import InspectOptions
    from custmetrics_cli.core.answers.inspection import Inspected, Inspection
    from custmetrics_cli.core.metric import Metric


def run(options: InspectOptions) -> int:
    """Shows what was found out, and saves it with --write; 3 when something is wrong with a file.

    A file that merely lies in a folder, and is no table, is nothing wrong.
    """
    from custmetrics_cli.ingest.inspection.inspect_files import inspect
    from custmetrics_cli.ingest.inspection.settings_file import settings_text

    settings = settings_of(options)
    refuse_taken(options.write)
    givens = input_files(options)
    with working(options):
        found = inspect(givens, settings)
    write_answer(
        choose_format(options).write(InspectionDocument(found, answerable(found), unanswerable(found)), output_for(options)), options.output
    )
    if options.write:
        write_file(options.write, settings_text(found, settings))
    print_warnings(found.warnings, options.quiet)
    beside = {given.path for given in givens if not given.is_named}
    return REFUSED if any(file.problems and (file.table or file.path not in beside) for file in found.files) else 0


def refuse_taken(path: str) -> None:
    """A settings file may have been written by hand: it is not overwritten."""
    if path and Path(path).is_file():
        raise CustmetricsError(Problem("E152", "there is such a file already", Place(path), "write to another one, or remove it first"))


def answerable(found: Inspected) -> dict[str, list[str]]:
    """Path of a file -> the metrics that it, with the other files, can answer."""
    tables = {file.table for file in found.files if file.table}
    ordered = sorted(METRICS.values(), key=lambda metric: (metric.family, metric.order))
    return {file.path: [metric.name for metric in ordered if _answers(file, tables, metric)] for file in found.files}


def unanswerable(found: Inspected) -> dict[str, dict[str, list[str]]]:
    """Path of a file -> what it lacks -> the metrics that it cannot answer for that; the tables that they need are there."""
    tables = {file.table for file in found.files if file.table}
    return {file.path: _unanswered(file, tables) for file in found.files}


def _unanswered(file: Inspection, tables: set[str]) -> dict[str, list[str]]:
    lacking: dict[str, list[str]] = {}
    for metric in sorted(METRICS.values(), key=lambda metric: (metric.family, metric.order)):
        missing = _missing(file, metric) if _there(file, tables, metric) else set()
        if missing:
            lacking.setdefault(", ".join(sorted(missing)), []).append(metric.name)
    return lacking


def _surveys(metric: Metric) -> set[str]:
    """The kinds of survey that it asks for, where it needs no option to say so."""
    try:
        return {kind for rows in metric.datasets if rows.check_context for kind in rows.check_context(in_effect(metric.options, {}))}
    except CustmetricsError:
        return set()


def _there(file: Inspection, tables: set[str], metric: Metric) -> bool:
    return any(file.table in needed and tables.issuperset(needed) for needed in metric.needs)


def _answers(file: Inspection, tables: set[str], metric: Metric) -> bool:
    return _there(file, tables, metric) and not _missing(file, metric)


def _missing(file: Inspection, metric: Metric) -> set[str]:
    """The columns that the file lacks for it, or the answers."""
    if file.surveys is not None and _surveys(metric) - file.surveys:
        return {"question of this kind"}
    return {column for total in metric.standard.needed_totals for column in total.needs if column not in file.answers}
