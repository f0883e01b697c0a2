"""The few things that differ by engine; the only place where a query runs.

Frames are lazy and hold whole numbers only (never null); what leaves here is small: Python integers, in rows. What is not, leaves in
columns: those of cells are added up, and pieces go to another query.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw

from custmetrics_cli.core.errors import CustmetricsError, Problem

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
def _ran(frame: Frame) -> nw.DataFrame[Any]:
    return frame.collect("pyarrow") if is_sql(frame) else frame.collect()


def collect(frame: Frame) -> list[dict[str, Any]]:
    """Runs the query: a list of rows."""
    into = _ran(frame)
    names, columns = into.columns, [into.get_column(name).to_list() for name in into.columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def arrays(frame: Frame) -> dict[str, np.ndarray[Any, Any]]:
    """Runs the query: its columns by name, for as many rows as there are customers."""
    into = _ran(frame)
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


def materialise(frame: Frame) -> Frame:
    """The same rows, computed once however often they are used."""
    return materialise_as(frame, "*") if is_sql(frame) else frame


@within_memory()
def materialise_as(frame: Frame, columns: str) -> Frame:
    """On DuckDB: the same as a table, with columns in SQL. The frame stands on what making the table returns, and so on nothing else.

    After each new table DuckDB 2 plans all that a frame stands on anew. DuckDB 1 plans it once, and returns nothing.
    """
    native, name = frame.to_native(), f"kept_{next(_numbers)}"
    made = native.query("_kept", f"CREATE TABLE {name} AS FROM _kept")
    kept: Frame = nw.from_native((native if made is None else made).query("_made", f"SELECT {columns} FROM {name}")).lazy()
    return kept


def sum_by(frame: Frame, keys: Sequence[str], names: Sequence[str]) -> Frame:
    """The sums of ready columns per key: simple sums, cast after (pandas is slow at anything else, DuckDB widens them)."""
    sums = frame.group_by(*keys).agg(*[nw.col(name).sum() for name in names])
    return sums.with_columns(nw.col(*names).cast(nw.Int64))
