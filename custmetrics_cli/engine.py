"""The few things that differ by engine; the only place where a query runs.

Frames are lazy and hold whole numbers only (never null); what leaves here is small: Python integers, in rows. What is not, leaves in
columns: those of cells are added up, and pieces go to another query.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw

from custmetrics_cli.errors import CustmetricsError, Problem

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

Frame = nw.LazyFrame[Any]
_numbers = count()
TOO_LITTLE = Problem("E292", "the memory that DuckDB may use is not enough for this", hint="give it more with --memory, as --memory 4GB")


def flag(condition: nw.Expr) -> nw.Expr:
    """1 where the condition holds, else 0: what every engine can sum (frames hold no nulls)."""
    return condition.cast(nw.Int64)


def is_sql(frame: Frame) -> bool:
    return frame.implementation.is_duckdb()


@contextmanager
def within_memory() -> Iterator[None]:
    """Raises CustmetricsError E292 in place of DuckDB's own error, which is known by name: on pandas DuckDB is not imported."""
    try:
        yield
    except Exception as error:
        if type(error).__name__ != "OutOfMemoryException":
            raise
        raise CustmetricsError(TOO_LITTLE) from error


@within_memory()
def _found(frame: Frame) -> nw.DataFrame[Any]:
    return frame.collect("pyarrow") if is_sql(frame) else frame.collect()


def collect(frame: Frame) -> list[dict[str, Any]]:
    """Runs the query: a list of rows."""
    into = _found(frame)
    names, columns = into.columns, [into.get_column(name).to_list() for name in into.columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def columns(frame: Frame) -> dict[str, np.ndarray[Any, Any]]:
    """Runs the query: its columns by name, for as many rows as there are customers."""
    into = _found(frame)
    return {name: into.get_column(name).to_numpy() for name in into.columns}


def pieces(frame: Frame) -> Iterator[pa.Table]:
    """Runs the query: its columns, some rows at a time, for rows that are compared and not counted."""
    import pyarrow as pa

    if not is_sql(frame):
        yield frame.collect().to_arrow()
        return
    with within_memory():
        yield from (pa.Table.from_batches([batch]) for batch in pa.RecordBatchReader.from_stream(frame.to_native()))


def total(frame: Frame, name: str) -> int:
    """The sum of one column; 0 where there are no rows."""
    return int(collect(frame.select(nw.col(name).sum()))[0][name] or 0)


def keep(frame: Frame) -> Frame:
    """The same rows, computed once however often they are used."""
    return _kept(frame, "*") if is_sql(frame) else frame


@within_memory()
def _kept(frame: Frame, columns: str) -> Frame:
    """The frame stands on what making the table returns, and so on nothing else.

    After each new table DuckDB 2 plans all that a frame stands on anew. DuckDB 1 plans it once, and returns nothing.
    """
    native, name = frame.to_native(), f"kept_{next(_numbers)}"
    made = native.query("_kept", f"CREATE TABLE {name} AS FROM _kept")
    kept: Frame = nw.from_native((native if made is None else made).query("_made", f"SELECT {columns} FROM {name}")).lazy()
    return kept


def passed(frame: Frame, border: Sequence[int], days: Mapping[str, str]) -> Frame:
    """How many of the days of the border, in order, lie on or before each day. days: new column -> that of days.

    In SQL a calendar of few words is joined; in memory an array says the same ten times as quickly. Days of a frame without rows
    may be of any type.
    """
    if is_sql(frame):
        looked: Frame = nw.from_native(frame.to_native().query("_rows", _dated(border, days))).lazy()
        return looked
    import numpy as np

    rows, every = frame.collect().to_native(), np.arange(border[0] - 1, border[-1] + 1)
    numbers = np.searchsorted(np.array(border), every, "right")
    found = {name: numbers[(rows[day].to_numpy(np.int64) - every[0]).clip(0, len(every) - 1)] for name, day in days.items()}
    again: Frame = nw.from_native(rows.assign(**found)).lazy()
    return again


def _dated(border: Sequence[int], days: Mapping[str, str]) -> str:
    first, last = border[0] - 1, border[-1]
    spans = f"unnest({[first, *border]}) AS since, unnest({[*border, last + 1]}) AS until, unnest({[*range(len(border) + 1)]}) AS k"
    calendar = f"(SELECT unnest(range(since, until)) AS day, k::BIGINT AS k FROM (SELECT {spans}))"
    joins = [f"JOIN {calendar} AS of_{name} ON of_{name}.day = greatest({first}, least({last}, _rows.{day}))" for name, day in days.items()]
    return f"SELECT _rows.*, {', '.join(f'of_{name}.k AS {name}' for name in days)} FROM _rows {' '.join(joins)}"


def totalled(frame: Frame, keys: Sequence[str], names: Sequence[str]) -> Frame:
    """The sums of ready columns per key: simple sums, cast after (pandas is slow at anything else, DuckDB widens them)."""
    sums = frame.group_by(*keys).agg(*[nw.col(name).sum() for name in names])
    return sums.with_columns(nw.col(*names).cast(nw.Int64))


def repeated(frame: Frame, named: bool, key: str = "id") -> Frame:
    """The rows whose key stands several times.

    Where the key is text and nobody wants to see it (named), a number stands for it: sorting and grouping by numbers is
    twice as quick.
    """
    if not is_sql(frame):
        rows = frame.collect().to_native()
        several: Frame = nw.from_native(rows[rows[key].duplicated(keep=False)]).lazy()
        return several
    many = _kept(frame.group_by(key).agg(_n=nw.len()).filter(nw.col("_n") > 1).select(key), f"{key}, rowid::INTEGER AS _code")
    again = frame.join(many, on=key, how="inner")
    return keep(again.drop("_code") if named else again.drop(key).rename({"_code": key}))


def walked(frame: Frame, who: str, day: str, same: Sequence[str], names: Sequence[str]) -> Frame:
    """One line per who and day: sums of names; after, the first of them summed up to that day; first: 1 on the first day. same: as of who.

    In SQL a day's lines are told by where running sums stand after it and before it: grouping by who and day, and walking then, takes
    half as long again.
    """
    if is_sql(frame):
        rows: Frame = nw.from_native(frame.to_native().query("_steps", _walk(who, day, same, names))).lazy()
        return rows
    sums = totalled(frame, [who, day, *same], names)
    first = flag(nw.col(day) == nw.col(day).min().over(who))
    return sums.with_columns(after=nw.col(names[0]).cum_sum().over(who, order_by=day), first=first)


def _walk(who: str, day: str, same: Sequence[str], names: Sequence[str]) -> str:
    sums = [f"sum({name}) OVER walk AS after_{n}, sum({name}) OVER earlier AS before_{n}" for n, name in enumerate(names)]
    nets = [f"(after_{n} - coalesce(before_{n}, 0))::BIGINT AS {name}" for n, name in enumerate(names)]
    return f"""
        SELECT {", ".join([who, day, *same, *nets])}, after_0::BIGINT AS after, (before_0 IS NULL)::BIGINT AS first
        FROM (
            SELECT *, lead({day}) OVER walk AS next, {", ".join(sums)} FROM _steps
            WINDOW walk AS (PARTITION BY {who} ORDER BY {day}),
                   earlier AS (walk RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE GROUP)
        ) WHERE next IS DISTINCT FROM {day}"""
