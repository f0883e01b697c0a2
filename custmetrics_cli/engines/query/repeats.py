"""Rows by who they are of: those who stand several times, and what adds up to a day."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals.stable.v2 as nw

from custmetrics_cli.engines.query.run import Frame, arrays, collect, flag, is_sql, materialise, materialise_as, sum_by

MOST_SORTED = 1 << 24  # rows, each with a number in memory
MOST_LISTED = 1000  # numbers that a query lists


def with_repeated_keys(frame: Frame, named: bool, key: str = "id") -> Frame:
    """The rows whose key stands several times; named: see among."""
    if not is_sql(frame):
        rows = frame.collect().to_native()
        several: Frame = nw.from_native(rows[rows[key].duplicated(keep=False)]).lazy()
        return several
    return with_keys(frame, frame.group_by(key).agg(_n=nw.len()).filter(nw.col("_n") > 1).select(key), named, key)


def with_keys(frame: Frame, few: Frame, named: bool, key: str = "id") -> Frame:
    """The rows with a key of the few, which stand once each.

    Where the key is text and nobody wants to see it (named), a number stands for it: sorting and grouping by numbers is
    twice as quick.
    """
    if not is_sql(frame):
        return frame.join(few, on=key, how="semi")
    coded = materialise_as(few, f"{key}, rowid::INTEGER AS _code")
    again = frame.join(coded, on=key, how="inner")
    return materialise(again.drop("_code") if named else again.drop(key).rename({"_code": key}))


def running_sums(frame: Frame, who: str, day: str, same: Sequence[str], names: Sequence[str]) -> Frame:
    """One line per who and day: sums of names; after, the first of them up to that day; is_first: 1 on the first day. same: as of who."""
    sums = sum_by(frame, [who, day, *same], names)
    if is_sql(frame):  # numbering rows is a fifth quicker than looking for the first day
        walk = f'WINDOW walk AS (PARTITION BY "{who}" ORDER BY "{day}" ROWS UNBOUNDED PRECEDING)'
        ran = f'(sum("{names[0]}") OVER walk)::BIGINT AS after, (row_number() OVER walk = 1)::BIGINT AS is_first'
        rows: Frame = nw.from_native(sums.to_native().query("_sums", f"SELECT *, {ran} FROM _sums {walk}")).lazy()
        return rows
    first = flag(nw.col(day) == nw.col(day).min().over(who))
    return sums.with_columns(after=nw.col(names[0]).cum_sum().over(who, order_by=day), is_first=first)


def possible_duplicates(frame: Frame, names: Sequence[str]) -> Frame:
    """The rows that may stand several times, by these columns, and perhaps others: what is to be grouped is less.

    In SQL sorting a number of each row takes a third of grouping them; the numbers are outside of what --memory bounds (16 bytes a row).
    Of too many rows, and in memory, all are given back as they are.
    """
    import numpy as np

    if not is_sql(frame) or collect(frame.select(n=nw.len()))[0]["n"] > MOST_SORTED:
        return frame
    columns, native = ", ".join(f'"{name}"' for name in names), frame.to_native()
    hashed = f"hash({columns})"
    numbers = np.sort(arrays(nw.from_native(native.project(f"{hashed} AS _hash")).lazy())["_hash"])
    again = np.unique(numbers[1:][numbers[1:] == numbers[:-1]])
    if len(again) > MOST_LISTED:
        return frame
    sought = ", ".join(map(str, again.tolist() or [0]))  # where none is repeated any will do: an empty list is no SQL
    few: Frame = nw.from_native(native.filter(f"{hashed} IN ({sought})")).lazy()
    return few
