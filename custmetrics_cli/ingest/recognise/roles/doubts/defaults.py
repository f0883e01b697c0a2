"""Warnings about decisive columns that a file does not have: the default that is used, and why it may be wrong."""

from __future__ import annotations

from collections.abc import Iterator

from custmetrics_cli.columns import ColumnFormat
from custmetrics_cli.columns.interval import INTERVAL, INTERVALS
from custmetrics_cli.ingest.model import Remark
from custmetrics_cli.ingest.recognise.headers import Header
from custmetrics_cli.ingest.recognise.match_table import TableMatch
from custmetrics_cli.ingest.recognise.roles.doubts.days import read_days
from custmetrics_cli.ingest.recognise.roles.sample import Sample
from custmetrics_cli.ingest.recognise.roles.words import split_words

LONG = 360  # days of a contract that was hardly paid by the month
SHORTEST = 3  # letters of an interval word inside a name: d, w and q are initials
SHOWN = 3


def default_remarks(match: TableMatch, header: Header, sample: Sample) -> Iterator[Remark]:
    """Yield W270 where amounts are read as monthly without evidence, and W271 where names contain other intervals."""
    if "interval" not in match.table.by_name or match.preset or "interval" in match.columns or "interval" in match.constants:
        return
    doubt = "; the rows last 12 months or more" if _rows_are_long(match, sample) else ""
    text = f"no billing interval found, so amounts are read as monthly{doubt}; for yearly amounts pass --interval year"
    yield Remark("W270", text, "interval")
    for at, name in enumerate(header.cells):
        if name and at not in match.columns.values() and (named := _named_intervals(sample, at)):
            shown = ", ".join(map(repr, named[:SHOWN]))
            yield Remark("W271", f"the cells of '{name}' name other intervals ({shown}), but amounts are read as monthly", "interval")


def _rows_are_long(match: TableMatch, sample: Sample) -> bool:
    """Return whether every row with an end lasts a year or more, and some row has one."""
    start, end = match.columns.get("started_at", -1), match.columns.get("ended_at", -1)
    rows = [(row[start], row[end]) for row in sample.rows if row[start] and row[end]] if min(start, end) >= 0 else []
    if not rows:
        return False
    starts, ends = (read_days(list(texts)) for texts in zip(*rows, strict=True))
    lengths = [last - first for first, last in zip(starts, ends, strict=True) if first is not None and last is not None]
    return bool(lengths) and min(lengths) >= LONG


def _named_intervals(sample: Sample, at: int) -> list[str]:
    """Return the cells of a column that contain an interval other than a month."""
    return [cell for cell in sample.distinct(at) if any(map(_is_other_interval, split_words(cell)))]


def _is_other_interval(word: str) -> bool:
    if len(word) < SHORTEST or INTERVAL.fits([word]) < 1:
        return False
    return bool(INTERVAL.read_cell(word, ColumnFormat()) != INTERVALS.index("month"))
