"""Look up a column of another table for each row of the split table, as of the row's day.

The value comes from the customer's row that runs on that day, else from the latest earlier row, else
from the first row. Several rows give their first word by name. Words are codes in order of name; days are numbers.

Columns used here: _day a day asked for; _value the value (a code or a day); _start and _end of the other table's rows; _from the
day from which a value is valid; _found the value on a day.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.core.packing import Field, Packing
from custmetrics_cli.engines.query.run import Frame, materialise, sum_by, total

col, lit = nw.col, nw.lit
DAY = Field("day", 2 * FAR + 1, low=-FAR)
LATEST = Packing(DAY, Field("value", 2**32, low=-FAR))  # the largest one is the latest value
ORDER = Packing(DAY, Field("is_asked", 2))  # on one day, values come before the days asked for


class Lookup(NamedTuple):
    """A column of another table."""

    name: str  # of the column made from it
    table: str
    column: nw.Expr
    missing: int  # the value for customers that the other table does not have


def look_up(frame: Frame, day: str, other: Frame, days: Sequence[str], lookup: Lookup) -> Frame:
    """Return the frame with the column. day: the day of its rows. days: the start and, if rows last, the end in the other table."""
    start, *end = days
    spans = {"_start": col(start).cast(nw.Int64), "_end": col(end[0] if end else start).cast(nw.Int64)}
    values = materialise(other.select("id", **spans, _value=lookup.column.cast(nw.Int64)))
    extremes = materialise(values.group_by("id").agg(_low=col("_value").min(), _high=col("_value").max()))
    changing = extremes.filter(col("_low") != col("_high")).select("id")
    joined = frame.join(extremes.select("id", "_low"), on="id", how="left")
    found = col("_low")
    if total(changing.with_columns(n=lit(1)), "n"):
        of_changing = values.join(changing, on="id", how="semi")
        asked = frame.select("id", _day=col(day).cast(nw.Int64)).unique().join(changing, on="id", how="semi")
        dated = _as_of(asked, _values_of_spans(of_changing) if end else _values_of_days(of_changing))
        joined = joined.with_columns(_day=col(day).cast(nw.Int64)).join(dated, on=["id", "_day"], how="left").drop("_day")
        found = nw.coalesce(col("_found"), col("_low"))
    with_column = joined.with_columns(**{lookup.name: found.fill_null(lookup.missing).cast(nw.Int64)})
    return with_column.select(*frame.collect_schema().names(), lookup.name)


def _values_of_days(values: Frame) -> Frame:
    """Return the values of rows of one day: each is valid from its day until the next."""
    return values.group_by("id", "_start").agg(col("_value").min()).rename({"_start": "_from"})


def _values_of_spans(values: Frame) -> Frame:
    """Return the values of rows that last: they can change where a row starts or ends."""
    spans = materialise(_merged_spans(values))
    borders = materialise(nw.concat([spans.select("id", _day="_start"), spans.select("id", _day="_end")]).unique())
    pairs = borders.join(spans, on="id", how="inner").filter(col("_start") <= col("_day"), col("_day") < col("_end"))
    running = pairs.group_by("id", "_day").agg(col("_value").min())
    latest = _as_of(borders, _values_of_days(values)).join(running, on=["id", "_day"], how="left")
    return latest.select("id", _from="_day", _value=nw.coalesce(col("_value"), col("_found")).cast(nw.Int64))


def _merged_spans(values: Frame) -> Frame:
    """Merge the touching and overlapping rows of a customer with the same value into one span."""
    one = lit(1).cast(nw.Int64)
    steps = nw.concat([values.select("id", "_value", _day="_start", _step=one), values.select("id", "_value", _day="_end", _step=0 - one)])
    net = sum_by(steps, ["id", "_value", "_day"], ["_step"]).filter(col("_step") != 0)
    running = net.with_columns(_rows=col("_step").cum_sum().over("id", "_value", order_by="_day").cast(nw.Int64))
    edges = running.filter((col("_rows") == 0) | (col("_rows") == col("_step"))).rename({"_day": "_start"})
    spans = edges.with_columns(_end=col("_start").shift(-1).over("id", "_value", order_by="_start").fill_null(FAR).cast(nw.Int64))
    return spans.filter(col("_rows") > 0).select("id", "_value", "_start", "_end")


def _as_of(asked: Frame, values: Frame) -> Frame:
    """Return _found, the value on each day asked for: the latest one, or the first one for an earlier day.

    Values and days are sorted together by _order. _latest is the latest value so far.
    """
    first = values.with_columns(_first=col("_from").min().over("id"))
    since = nw.when(col("_from") == col("_first")).then(lit(-FAR)).otherwise(col("_from")).cast(nw.Int64)
    known = first.select("id", _order=ORDER.pack(day=since, is_asked=0), _latest=LATEST.pack(day=since, value=col("_value")))
    days = asked.select("id", _order=ORDER.pack(day=col("_day"), is_asked=1), _latest=lit(0).cast(nw.Int64))
    filled = nw.concat([known, days]).with_columns(col("_latest").cum_max().over("id", order_by="_order"))
    day, is_asked = ORDER.unpack(col("_order"))
    _, value = LATEST.unpack(col("_latest"))
    return filled.filter(is_asked == 1).select("id", _day=day, _found=value)


def count_unmatched(frame: Frame, other: Frame) -> int:
    """Return the number of rows whose customer the other table does not have, or that have no customer."""
    return total(frame.join(other.select("id").unique(), on="id", how="anti").with_columns(n=lit(1)), "n")
