"""Rows that share a key: rows of repeated keys, possible duplicates, running sums per customer."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals.stable.v2 as nw

from custmetrics_cli.engines.query.per_engine import per_engine
from custmetrics_cli.engines.query.run import Frame, arrays, as_duckdb_table, collect, flag, materialise, sum_by
from custmetrics_cli.engines.stored.part import NUMBERED, SEVERAL

MOST_SORTED = 1 << 24  # rows, each with a number in memory
MOST_LISTED = 1000  # numbers that a query lists


@per_engine
def with_repeated_keys(frame: Frame, named: bool, key: str = "id") -> Frame:
    """Return the rows whose key is in several rows. named: see with_keys."""
    return with_keys(frame, frame.group_by(key).agg(_n=nw.len()).filter(nw.col("_n") > 1).select(key), named, key)


@with_repeated_keys.on("pandas")
def _repeated_in_pandas(frame: Frame, named: bool, key: str = "id") -> Frame:
    rows = frame.collect().to_native()
    result: Frame = nw.from_native(rows[rows[key].duplicated(keep=False)]).lazy()
    return result


def may_repeat(frame: Frame) -> Frame:
    """Return the rows whose id may be in several rows, as far as the frame shows that; else all."""
    name = next((name for name in (SEVERAL, NUMBERED) if name in frame.collect_schema().names()), "")
    return frame.filter(nw.col(name) != 0) if name else frame


def has_numbers(frame: Frame) -> bool:
    """Return whether a column numbers the ids that may be in several rows."""
    return NUMBERED in frame.collect_schema().names()


def by_number(frame: Frame) -> Frame:
    """Return rows with the numbers of their ids in the place of the ids."""
    return frame.drop("id").rename({NUMBERED: "id"})


@per_engine
def with_keys(frame: Frame, few: Frame, named: bool, key: str = "id") -> Frame:
    """Return the rows whose key is in `few`, a frame of distinct keys.

    named: the key must keep its values. Otherwise the result may number the keys.
    """
    return frame.join(few, on=key, how="semi")


@with_keys.on("duckdb")
def _with_keys_in_duckdb(frame: Frame, few: Frame, named: bool, key: str = "id") -> Frame:
    """Number the keys where they need not keep their text: sorting and grouping by numbers is twice as fast."""
    coded = as_duckdb_table(few, f"{key}, rowid::INTEGER AS _code")
    joined = frame.join(coded, on=key, how="inner")
    return materialise(joined.drop("_code") if named else joined.drop(key).rename({"_code": key}))


@per_engine
def running_sums(frame: Frame, who: str, day: str, same: Sequence[str], names: Sequence[str]) -> Frame:
    """Return one row per customer and day: the sums of `names`, `after` (the running sum of the first), `is_first` (1 on the first day).

    who: the column of the customer. same: columns that are equal in all rows of a customer.
    """
    sums = sum_by(frame, [who, day, *same], names)
    first = flag(nw.col(day) == nw.col(day).min().over(who))
    return sums.with_columns(after=nw.col(names[0]).cum_sum().over(who, order_by=day), is_first=first)


@running_sums.on("duckdb")
def _running_sums_in_duckdb(frame: Frame, who: str, day: str, same: Sequence[str], names: Sequence[str]) -> Frame:
    """Sum the rows of a day in the window that also sums the days before: a quarter faster than grouping them first."""
    kept = ", ".join(f'"{name}"' for name in (who, day, *same))
    own = ", ".join(f'(sum("{name}") OVER (walk RANGE BETWEEN CURRENT ROW AND CURRENT ROW))::BIGINT AS "{name}"' for name in names)
    added = f'(sum("{names[0]}") OVER (walk RANGE UNBOUNDED PRECEDING))::BIGINT AS after, (rank() OVER walk = 1)::BIGINT AS is_first'
    one_a_day = f'WINDOW walk AS (PARTITION BY "{who}" ORDER BY "{day}") QUALIFY row_number() OVER walk = rank() OVER walk'
    result: Frame = nw.from_native(frame.to_native().query("_steps", f"SELECT {kept}, {own}, {added} FROM _steps {one_a_day}")).lazy()
    return result


@per_engine
def with_running_sum(frame: Frame, name: str, of: str, order: Sequence[str]) -> Frame:
    """Add the running sum of a column over the rows of a customer, in an order without ties that matter."""
    return frame.with_columns(**{name: nw.col(of).cum_sum().over("id", order_by=list(order)).cast(nw.Int64)})


@with_running_sum.on("pandas")
def _with_running_sum_in_pandas(frame: Frame, name: str, of: str, order: Sequence[str]) -> Frame:
    """Sort once, and sum the customers one after the other: twice as fast."""
    import numpy as np

    rows = frame.collect().to_native()
    ids = rows["id"].to_numpy()
    sorted_rows = np.lexsort([rows[each].to_numpy() for each in (*reversed(order), "id")])
    summed = np.cumsum(rows[of].to_numpy(np.int64)[sorted_rows])
    in_order = ids[sorted_rows]
    first = np.flatnonzero(in_order[1:] != in_order[:-1]) + 1  # rows where another customer begins
    before = np.repeat(np.concatenate([[0], summed[first - 1]]), np.diff(first, prepend=0, append=len(ids)))
    result = np.empty(len(ids), np.int64)
    result[sorted_rows] = summed - before
    added: Frame = nw.from_native(rows.assign(**{name: result})).lazy()
    return added


@per_engine
def possible_duplicates(frame: Frame, names: Sequence[str]) -> Frame:
    """Return all rows that equal another row in these columns, and maybe others: fewer rows to group."""
    return frame


@possible_duplicates.on("duckdb")
def _possible_duplicates_in_duckdb(frame: Frame, names: Sequence[str]) -> Frame:
    """Compare a hash of each row: sorting hashes takes a third of the time of grouping rows.

    The hashes are not within --memory: 16 bytes a row. Too many rows are all returned.
    """
    import numpy as np

    if collect(frame.select(n=nw.len()))[0]["n"] > MOST_SORTED:
        return frame
    columns, native = ", ".join(f'"{name}"' for name in names), frame.to_native()
    hash_of = f"hash({columns})"
    hashes = np.sort(arrays(nw.from_native(native.project(f"{hash_of} AS _hash")).lazy())["_hash"])
    repeated = np.unique(hashes[1:][hashes[1:] == hashes[:-1]])
    if len(repeated) > MOST_LISTED:
        return frame
    listed = ", ".join(map(str, repeated.tolist() or [0]))  # an empty list is not valid SQL; any hash will do
    result: Frame = nw.from_native(native.filter(f"{hash_of} IN ({listed})")).lazy()
    return result
