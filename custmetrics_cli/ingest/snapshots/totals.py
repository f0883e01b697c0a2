"""Recognise tables of monthly totals: they have no customers, so no metric of customers can read them."""

from __future__ import annotations

from collections.abc import Iterable

from custmetrics_cli.columns.money import MONEY
from custmetrics_cli.core.errors import Place, Problem
from custmetrics_cli.ingest.model import TextFile
from custmetrics_cli.ingest.recognise.head import Head
from custmetrics_cli.ingest.recognise.roles.words import rank_of
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.ingest.snapshots.month_texts import is_month_name, months_of
from custmetrics_cli.ingest.snapshots.source import NINE_IN_TEN, Source, sources
from custmetrics_cli.ingest.snapshots.wide import FEWEST_MONTHS, is_of_measures, month_columns
from custmetrics_cli.tables import Table
from custmetrics_cli.tables.words import snapshots

HINT = "give a file with one row per customer: these metrics are computed from customers, not from totals"


def totals_problem(text_file: TextFile, head: Head, settings: Settings, wanted: Iterable[Table]) -> Problem | None:
    """Return E329 if all wanted tables need customers, and the file has a row or a column for each month and no customers."""
    if not all("customer_id" in (column.name for column in table.required) for table in wanted):
        return None
    for source in sources(text_file, head, settings):
        if _has_row_per_month(source) or _has_row_per_measure(source):
            place = Place(text_file.source.path, source.line)
            return Problem("E329", "a table of monthly totals; it has no customers", place, HINT, head.excerpt(source.line))
    return None


def _has_row_per_month(source: Source) -> bool:
    """Return whether one column names a different month in each row, and all others are numbers."""
    dated = [at for at, cell in enumerate(source.cells) if rank_of(cell, snapshots.DATE) in (snapshots.STRONGEST, snapshots.STRONG)]
    return any(_is_once_per_row(source, at) and _are_numbers(source, at) for at in dated)


def _is_once_per_row(source: Source, at: int) -> bool:
    cells = [cell for cell in source.sample.column(at) if cell.casefold() not in snapshots.TOTAL_ROW]
    distinct = {*cells}
    is_named = bool(months_of(distinct, source.settings.order)) or all(map(is_month_name, distinct))
    return len(cells) >= FEWEST_MONTHS and len(distinct) == len(cells) and is_named


def _are_numbers(source: Source, month: int) -> bool:
    fits = [source.sample.fit(at, MONEY) for at, _ in enumerate(source.cells) if at != month]
    known = [fit for fit in fits if fit is not None]
    return bool(known) and min(known) >= NINE_IN_TEN


def _has_row_per_measure(source: Source) -> bool:
    """Return whether the columns are months, and the first column names measures."""
    columns = month_columns(source, source.cells) or [cell for cell in source.cells if is_month_name(cell)]
    return len(columns) >= FEWEST_MONTHS and is_of_measures(source, 0)
