"""The queries that every metric uses. Frames are computed here and nowhere else.

Frames are lazy and hold whole numbers only, never null. Results are small: counts as Python integers, or columns of equal customers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw

from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.engines.query.per_engine import per_engine

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

Frame = nw.LazyFrame[Any]
_numbers = count()
OUT_OF_MEMORY = Problem("E292", "DuckDB needs more memory than --memory allows", hint="allow more memory: --memory 4GB")


@contextmanager
def within_memory() -> Iterator[None]:
    """Raise CustmetricsError E292 when DuckDB runs out of memory."""
    try:
        yield
    except Exception as error:
        import duckdb

        if not isinstance(error, duckdb.OutOfMemoryException):
            raise
        raise CustmetricsError(OUT_OF_MEMORY) from error


@per_engine
def compute(frame: Frame) -> nw.DataFrame[Any]:
    """Run the query."""
    return frame.collect()


@compute.on("duckdb")
@within_memory()
def _compute_in_duckdb(frame: Frame) -> nw.DataFrame[Any]:
    return frame.collect("pyarrow")


def collect(frame: Frame) -> list[dict[str, Any]]:
    """Run the query and return its rows."""
    result = compute(frame)
    names, columns = result.columns, [result.get_column(name).to_list() for name in result.columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def arrays(frame: Frame) -> dict[str, np.ndarray[Any, Any]]:
    """Run the query and return its columns: for results of as many rows as there are customers."""
    result = compute(frame)
    return {name: result.get_column(name).to_numpy() for name in result.columns}


@per_engine
def pieces(frame: Frame) -> Iterator[pa.Table]:
    """Run the query and yield its rows in pieces: for all rows of a table."""
    yield compute(frame).to_arrow()


@pieces.on("duckdb")
def _pieces_in_duckdb(frame: Frame) -> Iterator[pa.Table]:
    import pyarrow as pa

    with within_memory():
        yield from (pa.Table.from_batches([batch]) for batch in pa.RecordBatchReader.from_stream(frame.to_native()))


def total(frame: Frame, name: str) -> int:
    """Run the query and return the sum of one column, 0 without rows."""
    return int(collect(frame.select(nw.col(name).sum()))[0][name] or 0)


@per_engine
def materialise(frame: Frame) -> Frame:
    """Return the same rows, computed once however often they are used."""
    return frame


@materialise.on("duckdb")
def _materialise_in_duckdb(frame: Frame) -> Frame:
    return as_duckdb_table(frame, "*")


@within_memory()
def as_duckdb_table(frame: Frame, columns: str) -> Frame:
    """Make a DuckDB table of a frame, and return these columns (SQL) of it.

    The result is built on what CREATE TABLE returns, so that it depends on nothing else: after each new table DuckDB 2 plans all that
    a frame depends on again. DuckDB 1 plans once, and returns None.
    """
    native, name = frame.to_native(), f"kept_{next(_numbers)}"
    created = native.query("_kept", f"CREATE TABLE {name} AS FROM _kept")
    result: Frame = nw.from_native((native if created is None else created).query("_made", f"SELECT {columns} FROM {name}")).lazy()
    return result


def flag(condition: nw.Expr) -> nw.Expr:
    """Return 1 where a condition holds, else 0: every engine can sum it."""
    return condition.cast(nw.Int64)


@per_engine
def sum_by(frame: Frame, keys: Sequence[str], names: Sequence[str]) -> Frame:
    """Return the sums of columns per key.

    They are simple sums, cast afterwards: pandas is slow at anything else, and DuckDB widens its sums.
    """
    sums = frame.group_by(*keys).agg(*[nw.col(name).sum() for name in names])
    return sums.with_columns(nw.col(*names).cast(nw.Int64))


@sum_by.on("pandas")
def _sum_in_pandas(frame: Frame, keys: Sequence[str], names: Sequence[str]) -> Frame:
    """Add up in arrays where the keys have few values."""
    import pandas as pd

    from custmetrics_cli.engines.query.dense_sums import dense_sums

    rows = frame.collect().to_native()
    sums = dense_sums({name: rows[name].to_numpy() for name in (*keys, *names)}, keys, names)
    return sum_by.portable(frame, keys, names) if sums is None else nw.from_native(pd.DataFrame(sums, copy=False)).lazy()
