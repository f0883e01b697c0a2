"""Rewrite snapshots as subscriptions of one month, in a private copy. Other files stay as they are."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from custmetrics_cli.core.errors import Problem
from custmetrics_cli.ingest.model import TextFile
from custmetrics_cli.ingest.open.temp_files import Scratch
from custmetrics_cli.ingest.open.unpack import recode
from custmetrics_cli.ingest.recognise.head import read_head
from custmetrics_cli.ingest.recognise.headers import normalise
from custmetrics_cli.ingest.recognise.roles.words import split_words
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.ingest.snapshots.long import Long, find_long
from custmetrics_cli.ingest.snapshots.months import check_gaps
from custmetrics_cli.ingest.snapshots.source import sources
from custmetrics_cli.ingest.snapshots.wide import Wide, find_wide
from custmetrics_cli.tables.shared.table import Selection
from custmetrics_cli.tables.subscriptions import TABLE
from custmetrics_cli.tables.words import amounts

Found = Wide | Long | Problem | TextFile
MADE = ("started_at", "ended_at", "interval")


def reshape_all(
    files: Iterable[TextFile], settings: Settings, scratch: Scratch, selections: Mapping[str, Selection] | None = None
) -> list[TextFile]:
    """Return the files, with a private copy in place of each snapshot. selections: the tables asked for; None = all."""
    files = list(files)
    if settings.presets or (selections is not None and TABLE.name not in selections):
        return files
    found = [_find(file, settings, scratch) if file.source.table in ("", TABLE.name) else file for file in files]
    months = frozenset(month for table in found if isinstance(table, Wide | Long) for month in table.months.all)
    return [_reshape(file, table, months, scratch) for file, table in zip(files, found, strict=True)]


def _reshape(file: TextFile, table: Found, months: frozenset[date], scratch: Scratch) -> TextFile:
    """Return a file or its copy. months: of all files, because a month is the last one only if no file has a later one."""
    if isinstance(table, TextFile):
        return table
    if isinstance(table, Problem):
        return file._replace(shape_problem=table)
    table = table._replace(months=table.months._replace(others=months))
    if problem := check_gaps(table.months, table.source.place(table.dated)):
        return file._replace(shape_problem=problem)
    path = _write(table, scratch)
    shift = file.row_shift + table.source.line - 1
    return file._replace(path=path, size=path.stat().st_size, checked=True, reshaped=table.reshaped(), row_shift=shift, typed=None)


def _find(file: TextFile, settings: Settings, scratch: Scratch) -> Found:
    """Return the snapshot in a file, the problem with it, or the file itself if it is another table."""
    try:
        for source in sources(file, read_head(file), settings):
            if found := find_wide(source) or find_long(source):
                return found
    except UnicodeDecodeError:
        return _find(recode(file, scratch, settings.encoding), settings, scratch)
    return file


def _write(table: Wide | Long, scratch: Scratch) -> Path:
    """Write the copy: the other columns of the file, then started_at, ended_at, interval and, for a column per month, the amount."""
    path = scratch.file()
    is_wide = isinstance(table, Wide)
    amount = table.amount if isinstance(table, Wide) else table.amount_header
    interval = "year" if amounts.YEAR.are_in(split_words(amount)) else "month"
    with path.open("w", encoding="utf-8", newline="") as copy:
        writer = csv.writer(copy, lineterminator="\n")
        made = (*MADE, amount) if is_wide else MADE
        taken = {normalise(name) for name in made}
        writer.writerow([*(f"{name} (column)" if normalise(name) in taken else name for name in table.names()), *made])
        for cells, month, text in table.rows():
            if not month:
                writer.writerow(cells) if cells else copy.write("\n")
            elif isinstance(table, Wide):
                writer.writerow([*cells, month.isoformat(), table.months.end_of(month), interval, text])
            else:
                cells[table.amount] = text
                writer.writerow([*cells, month.isoformat(), table.months.end_of(month), interval])
    return path
