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
MOST_SORTED, MOST_LISTED = 1 << 24, 1000  # numbers of rows that are held in memory, and in a query
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
    """The rows whose key stands several times; named: see among."""
    if not is_sql(frame):
        rows = frame.collect().to_native()
        several: Frame = nw.from_native(rows[rows[key].duplicated(keep=False)]).lazy()
        return several
    return among(frame, frame.group_by(key).agg(_n=nw.len()).filter(nw.col("_n") > 1).select(key), named, key)


def among(frame: Frame, few: Frame, named: bool, key: str = "id") -> Frame:
    """The rows with a key of the few, which stand once each.

    Where the key is text and nobody wants to see it (named), a number stands for it: sorting and grouping by numbers is
    twice as quick.
    """
    if not is_sql(frame):
        return frame.join(few, on=key, how="semi")
    coded = _kept(few, f"{key}, rowid::INTEGER AS _code")
    again = frame.join(coded, on=key, how="inner")
    return keep(again.drop("_code") if named else again.drop(key).rename({"_code": key}))


def walked(frame: Frame, who: str, day: str, same: Sequence[str], names: Sequence[str]) -> Frame:
    """One line per who and day: sums of names; after, the first of them up to that day; first: 1 on the first day. same: as of who."""
    sums = totalled(frame, [who, day, *same], names)
    if is_sql(frame):
        walk = f"WINDOW walk AS (PARTITION BY {who} ORDER BY {day} ROWS UNBOUNDED PRECEDING)"
        ran = f"(sum({names[0]}) OVER walk)::BIGINT AS after, (row_number() OVER walk = 1)::BIGINT AS first"
        rows: Frame = nw.from_native(sums.to_native().query("_sums", f"SELECT *, {ran} FROM _sums {walk}")).lazy()
        return rows
    first = flag(nw.col(day) == nw.col(day).min().over(who))
    return sums.with_columns(after=nw.col(names[0]).cum_sum().over(who, order_by=day), first=first)


def few_alike(frame: Frame, names: Sequence[str]) -> Frame:
    """Without rows that surely stand once, by these columns: sorting a number of each row takes a third of grouping them.

    Of more rows than MOST_SORTED all are left, as are all of an engine in memory, for which grouping is the quicker.
    """
    import numpy as np

    if not is_sql(frame) or total(frame.select(n=nw.lit(1)), "n") > MOST_SORTED:
        return frame
    hashed, native = f"hash({', '.join(names)})", frame.to_native()
    numbers = np.sort(columns(nw.from_native(native.project(f"{hashed} AS _hash")).lazy())["_hash"])
    again = np.unique(numbers[1:][numbers[1:] == numbers[:-1]])
    if len(again) > MOST_LISTED:
        return frame
    few: Frame = nw.from_native(native.filter(f"{hashed} IN ({', '.join(map(str, again.tolist() or [0]))})")).lazy()
    return few
