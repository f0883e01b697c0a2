"""Days in the cells of a sample."""

from __future__ import annotations

from custmetrics_cli.columns import ColumnFormat
from custmetrics_cli.columns.day import DAY


def read_days(texts: list[str]) -> list[int | None]:
    """Return the days, in the date order that most of the texts fit; None for another text."""
    import pyarrow as pa

    evidence = DAY.gather(pa.array(texts)) if DAY.gather else None
    order = evidence.resolve(ColumnFormat()).order if evidence else ""
    return [_read_day(text, order) for text in texts]


def _read_day(text: str, order: str) -> int | None:
    try:
        return int(DAY.read_cell(text, ColumnFormat(order=order)))
    except ValueError:
        return None
