"""What another table says of a customer on a day, as a column of the table that is split.

It is what the customer's row of the other table says that ran on that day; else the last that had begun by then, else the first
of all; of several the first by name. Words are codes in order of name, days are numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.engines.query.run import Frame, materialise, sum_by, total

col, lit = nw.col, nw.lit
WIDE = 2**32  # room for a code or a day, raised by FAR so that none is negative


class Lookup(NamedTuple):
    """A column of another table. name: that of the column made of it. missing: what it is for customers whom the other does not know."""

    name: str
    table: str
    column: nw.Expr
    missing: int


def look_up(frame: Frame, day: str, other: Frame, days: Sequence[str], lookup: Lookup) -> Frame:
    """The frame with the column. day: that on which its rows ask. days: of the other table, see Table.days."""
    first, *over = days
    spans = {"_s": col(first).cast(nw.Int64), "_e": col(over[0] if over else first).cast(nw.Int64)}
    said = materialise(other.select("id", **spans, _v=lookup.column.cast(nw.Int64) + FAR))
    sides = materialise(said.group_by("id").agg(_low=col("_v").min(), _high=col("_v").max()))
    several = sides.filter(col("_low") != col("_high")).select("id")
    joined = frame.join(sides.select("id", "_low"), on="id", how="left")
    found = col("_low")
    if total(several.with_columns(n=lit(1)), "n"):
        mine = said.join(several, on="id", how="semi")
        asked = frame.select("id", _day=col(day).cast(nw.Int64)).unique().join(several, on="id", how="semi")
        dated = _asked(asked, _lasting(mine) if over else _latest(mine))
        joined = joined.with_columns(_day=col(day).cast(nw.Int64)).join(dated, on=["id", "_day"], how="left").drop("_day")
        found = nw.coalesce(col("_then"), col("_low"))
    made = joined.with_columns(**{lookup.name: found.fill_null(lookup.missing + FAR).cast(nw.Int64) - FAR})
    return made.select(*frame.collect_schema().names(), lookup.name)


def _latest(said: Frame) -> Frame:
    """What is said from a day _b on, until the next, where rows are of one day."""
    return said.group_by("id", "_s").agg(col("_v").min()).rename({"_s": "_b"})


def _lasting(said: Frame) -> Frame:
    """The same where rows last: it can change where what is said begins or is over."""
    spans = materialise(_unbroken(said))
    borders = materialise(nw.concat([spans.select("id", _day="_s"), spans.select("id", _day="_e")]).unique())
    both = borders.join(spans, on="id", how="inner").filter(col("_s") <= col("_day"), col("_day") < col("_e"))
    running = both.group_by("id", "_day").agg(col("_v").min())
    known = _asked(borders, _latest(said)).join(running, on=["id", "_day"], how="left")
    return known.select("id", _b="_day", _v=nw.coalesce(col("_v"), col("_then")).cast(nw.Int64))


def _unbroken(said: Frame) -> Frame:
    """From when until when each customer had each word: few lines, however many rows say the same."""
    one = lit(1).cast(nw.Int64)
    steps = nw.concat([said.select("id", "_v", _day="_s", _d=one), said.select("id", "_v", _day="_e", _d=0 - one)])
    net = sum_by(steps, ["id", "_v", "_day"], ["_d"]).filter(col("_d") != 0)
    ran = net.with_columns(_n=col("_d").cum_sum().over("id", "_v", order_by="_day").cast(nw.Int64))
    edges = ran.filter((col("_n") == 0) | (col("_n") == col("_d"))).rename({"_day": "_s"})
    until = edges.with_columns(_e=col("_s").shift(-1).over("id", "_v", order_by="_s").fill_null(FAR).cast(nw.Int64))
    return until.filter(col("_n") > 0).select("id", "_v", "_s", "_e")


def _asked(asked: Frame, said: Frame) -> Frame:
    """_then: what is said on each day that is asked for; before the first day on which anything is said, what is said then."""
    begun = said.with_columns(_first=col("_b").min().over("id"))
    since = nw.when(col("_b") == col("_first")).then(lit(0)).otherwise(col("_b") + FAR).cast(nw.Int64)
    known = begun.select("id", _key=since * 2, _last=since * WIDE + col("_v"))
    days = asked.select("id", _key=(col("_day") + FAR) * 2 + 1, _last=lit(0).cast(nw.Int64))
    ran = nw.concat([known, days]).with_columns(col("_last").cum_max().over("id", order_by="_key"))
    return ran.filter(col("_key") % 2 == 1).select("id", _day=col("_key") // 2 - FAR, _then=col("_last") % WIDE)


def unknown(frame: Frame, other: Frame) -> int:
    """How many rows are of customers whom the other table does not know, or of nobody."""
    return total(frame.join(other.select("id").unique(), on="id", how="anti").with_columns(n=lit(1)), "n")
