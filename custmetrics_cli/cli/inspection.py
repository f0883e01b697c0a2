"""Inspected files: the metrics that they can answer, and the files with errors."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from custmetrics_cli.core.errors import Choice, CustmetricsError, Place, Problem
from custmetrics_cli.core.options import in_effect
from custmetrics_cli.report.report import metrics_in_order
from custmetrics_cli.tables import TABLES

if TYPE_CHECKING:
    from custmetrics_cli.core.inspection import Inspected, Inspection
    from custmetrics_cli.core.metric import Metric
    from custmetrics_cli.ingest.model import InputFile


def has_errors(file: Inspection, inputs: Sequence[InputFile]) -> bool:
    """Return True for a file with problems, except one of a folder or a workbook that is not a table."""
    found_in_folder = {each.path for each in inputs if not each.is_named}
    return bool(file.problems) and (bool(file.table) or not (file.may_be_skipped or file.path in found_in_folder))


def refuse_existing(path: str) -> None:
    """Refuse to overwrite a settings file, which may have been edited. Raises CustmetricsError E152."""
    if path and Path(path).is_file():
        raise CustmetricsError(Problem("E152", "this file already exists", Place(path), "choose another name, or delete it first"))


def answerable(inspected: Inspected) -> dict[str, list[str]]:
    """Return the metrics that each file can answer together with the other files, by path.

    A metric that only another definition answers is followed by it: cohorts (--definition orders).
    """
    tables = _tables(inspected)
    return {file.path: [name for m in metrics_in_order() if (name := _answer(file, tables, m))] for file in inspected.files}


def unanswerable(inspected: Inspected) -> dict[str, dict[str, list[str]]]:
    """Return the metrics that only lack columns of a file, by path and by the missing columns."""
    tables = _tables(inspected)
    return {file.path: _by_missing_columns(file, tables) for file in inspected.files}


def _tables(inspected: Inspected) -> set[str]:
    return {file.table for file in inspected.files if file.table}


def _by_missing_columns(file: Inspection, tables: set[str]) -> dict[str, list[str]]:
    by_columns: dict[str, list[str]] = {}
    for metric in metrics_in_order():
        missing = _missing_columns(file, metric, "standard") if _has_tables(file, tables, metric, "standard") else set()
        if missing and not _answer(file, tables, metric):
            by_columns.setdefault(", ".join(sorted(missing)), []).append(metric.name)
    return by_columns


def _answer(file: Inspection, tables: set[str], metric: Metric) -> str:
    """Return the name of the metric if the file can answer it, with the definition that does; '' if it cannot."""
    can = [name for name in metric.definitions if _has_tables(file, tables, metric, name) and not _missing_columns(file, metric, name)]
    if not can:
        return ""
    chosen = "standard" if "standard" in can else can[0]
    options = [*([] if chosen == "standard" else [str(Choice("definition", chosen))]), *_gap(file, metric, chosen)]
    return f"{metric.name} ({' '.join(options)})" if options else metric.name


def _gap(file: Inspection, metric: Metric, definition: str) -> list[str]:
    """Return the option that the definition needs where customers end by silence."""
    silent = TABLES[file.table].silent_end if file.table else ""
    needed = {column for total in metric.definitions[definition].needed_totals for column in total.needs}
    return ["--gap DAYS"] if silent in needed else []


def _has_tables(file: Inspection, tables: set[str], metric: Metric, definition: str) -> bool:
    return any(file.table in needed and tables.issuperset(needed) for needed in metric.definitions[definition].needs)


def _missing_columns(file: Inspection, metric: Metric, definition: str) -> set[str]:
    """Return the columns that the file lacks for a definition of the metric, or its survey question."""
    if file.surveys is not None and _survey_kinds(metric) - file.surveys:
        return {"question of this kind"}
    can = {*file.answers, TABLES[file.table].silent_end}
    return {column for total in metric.definitions[definition].needed_totals for column in total.needs if column not in can}


def _survey_kinds(metric: Metric) -> set[str]:
    """Return the kinds of survey that the metric needs; none if an option must name them."""
    try:
        return {kind for rows in metric.datasets if rows.check_context for kind in rows.check_context(in_effect(metric.options, {}))}
    except CustmetricsError:
        return set()
