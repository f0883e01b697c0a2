"""Days in the cells of a sample."""

from __future__ import annotations

from custmetrics_cli.columns import ColumnFormat
from custmetrics_cli.columns.day import DAY


def read_days(texts: list[str]) -> list[int | None]:
    """Return the days, in the date order that most of the texts fit; None for another text."""
    import pyarrow as pa

    distinct = list(dict.fromkeys(texts))
    words = pa.array(distinct, pa.string())
    evidence = DAY.gather(pa.array(texts)) if DAY.gather else None
    read = DAY.read_column(words, ColumnFormat(order=evidence.resolve(ColumnFormat()).order if evidence else ""))
    days = [day if is_day else None for day, is_day in zip(read.values.tolist(), read.ok.tolist(), strict=True)]
    by_text = dict(zip(distinct, days, strict=True))
    return [by_text[text] for text in texts]
