"""The queries that Spark runs in its own way. Importing this file registers them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals.stable.v2 as nw
from narwhals._spark_like.expr import SparkLikeExpr

from custmetrics_cli.engines.cluster.failures import spark_failures
from custmetrics_cli.engines.query.period_lookup import FEW, period_numbers
from custmetrics_cli.engines.query.run import Frame, compute, materialise

SPARK = ("pyspark", "pyspark[connect]")  # as Narwhals names them
kept: list[Any] = []  # frames whose rows Spark keeps


@compute.on(*SPARK)
@spark_failures()
def _compute_in_spark(frame: Frame) -> nw.DataFrame[Any]:
    """Fetch the result as Arrow: toPandas would turn whole numbers with a null into floats."""
    return frame.collect("pyarrow")


@materialise.on(*SPARK)
@spark_failures()
def _materialise_in_spark(frame: Frame) -> Frame:
    """Keep the rows: a plan grows with each use, and Spark would run it again for each."""
    native = frame.to_native().persist()
    kept.append(native)
    result: Frame = nw.from_native(native).lazy()
    return result


def release() -> None:
    """Let Spark forget the rows that it keeps."""
    while kept:
        kept.pop().unpersist()


@period_numbers.on(*SPARK)
def _period_numbers_in_spark(frame: Frame, edges: Sequence[int], days: Mapping[str, str]) -> Frame:
    """Count in a list, or compare with a few edges."""
    if len(edges) <= FEW:
        return period_numbers.portable(frame, edges, days)
    from pyspark.sql import functions as sql

    listed = sql.expr(f"array({', '.join(map(str, edges))})")

    def passed(day: str) -> Any:
        return sql.size(sql.filter(listed, lambda edge: edge <= sql.col(day))).cast("bigint")

    result: Frame = nw.from_native(frame.to_native().withColumns({name: passed(day) for name, day in days.items()})).lazy()
    return result


def _divide_whole(self: Any, other: Any) -> Any:
    """Divide whole numbers exactly, rounding down. Narwhals divides as floats on Spark: wrong from 2^53 on, in silence."""
    from pyspark.sql import functions as sql

    def divide(number: Any, other: Any) -> Any:  # Narwhals passes it by this name
        return sql.call_function("div", number - sql.pmod(number, other), other)

    return self._with_binary(divide, other)


SparkLikeExpr.__floordiv__ = _divide_whole  # type: ignore[method-assign]
