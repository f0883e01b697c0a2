"""Stored parts as frames of Spark: its workers read the files, and no row passes through this process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from itertools import groupby
from typing import TYPE_CHECKING, Any

from custmetrics_cli.columns import MONEY_PARTS
from custmetrics_cli.engines.base import TableSpec
from custmetrics_cli.engines.cluster.files import quoted, read_parquet
from custmetrics_cli.engines.stored.money import DENOMINATOR, DIGITS, NUMERATOR
from custmetrics_cli.engines.stored.part import DAY, KEY, MONEY, NUMBER, ROUNDED, SKIPPED_BY, StoredColumn, StoredPart

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

Words = Mapping[str, Sequence[str]]


def can_read(parts: Sequence[StoredPart]) -> bool:
    """Return False for parts with a key: its numbers are shared with other tables."""
    return all(column.kind != KEY for part in parts for column in part.columns.values())


def words_of(session: SparkSession, parts: Sequence[StoredPart], name: str) -> list[str]:
    """Return the distinct words of a column of the frame, in order of name."""
    from pyspark.sql import functions as sql

    frames = []
    for column, same in _grouped([part for part in parts if name in part.columns], lambda part: part.columns[name].name):
        rows = read_parquet(session, [part.path for part in same], {column: "string"})
        frames.append(rows.select(sql.col(quoted(column)).alias("word")).distinct())
    found = reduce(lambda one, other: one.union(other), frames).distinct().toArrow() if frames else None
    return sorted({*found["word"].to_pylist()} - {None, ""}) if found else []


def rows_of(session: SparkSession, table: TableSpec, parts: Sequence[StoredPart], words: Words) -> DataFrame:
    """Return the rows of the parts with the columns of the frame, without its constants."""
    frames = [_rows(session, table, same, words) for _, same in _grouped(parts, lambda part: repr(part._replace(path=None, rows=0)))]
    return reduce(lambda one, other: one.union(other), frames)


def _grouped(parts: Sequence[StoredPart], key: Any) -> Iterator[tuple[str, list[StoredPart]]]:
    """Yield the parts that are read in the same way, together."""
    for value, same in groupby(sorted(parts, key=key), key=key):
        yield value, [*same]


def _rows(session: SparkSession, table: TableSpec, parts: Sequence[StoredPart], words: Words) -> DataFrame:
    from pyspark.sql import functions as sql

    part = parts[0]
    types = {column.name: _type(column) for column in part.columns.values()}
    rows = read_parquet(session, [each.path for each in parts], {**types, **({SKIPPED_BY: "bigint"} if part.skip_rules else {})})
    if part.skip_rules:
        rows = rows.where(sql.col(SKIPPED_BY).isin(sorted(part.skip_rules)))
    identity = part.columns.get("id")
    ids = sql.coalesce(sql.col(quoted(identity.name)), sql.lit("")) if identity else sql.lit("")
    numbers = [_number(part, name).cast("int" if name in table.days else "bigint").alias(name) for name in table.numbers]
    codes = [_code(part.columns.get(name), words[name]).cast("int").alias(name) for name in table.words]
    return rows.select(ids.alias("id"), *numbers, *codes)


def _type(column: StoredColumn) -> str:
    return {DAY: "date", NUMBER: "bigint", MONEY: f"decimal({DIGITS}, {column.places})"}.get(column.kind, "string")


def _number(part: StoredPart, name: str) -> Column:
    from pyspark.sql import functions as sql

    column = part.columns.get(name)
    if column is None:
        return sql.lit(part.numbers[name])
    stored = sql.col(quoted(column.name))
    if column.kind == DAY:
        stored = sql.coalesce(sql.unix_date(stored), sql.lit(column.empty))
    elif column.kind == MONEY:
        stored = _parts_of(stored, column.places)
    return stored + part.added[name] if part.added.get(name) else stored


def _parts_of(amount: Column, places: int) -> Column:
    """Return the parts of money of a decimal, exactly as from_decimals."""
    from pyspark.sql import functions as sql

    unscaled = (amount * sql.lit(10**places)).cast("bigint")
    if places != ROUNDED:
        return unscaled * sql.lit(MONEY_PARTS // 10**places)
    rest = sql.pmod(unscaled, sql.lit(NUMERATOR))
    whole = sql.call_function("div", unscaled - rest, sql.lit(NUMERATOR))
    nearest = sql.call_function("div", rest * (2 * DENOMINATOR) + NUMERATOR, sql.lit(2 * NUMERATOR))
    return whole * DENOMINATOR + nearest


def _code(column: StoredColumn | None, words: Sequence[str]) -> Column:
    """Return the number of a word, and the number after the last one where a row has none."""
    from pyspark.sql import functions as sql

    if column is None or not words:
        return sql.lit(len(words))
    place = sql.array_position(sql.array(*map(sql.lit, words)), sql.col(quoted(column.name)))  # from 1; 0 or null = none
    return sql.coalesce(sql.nullif(place, sql.lit(0)) - 1, sql.lit(len(words)))
