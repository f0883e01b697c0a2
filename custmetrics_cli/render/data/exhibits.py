"""Exhibits as data: JSON records and flat rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from custmetrics_cli.core.exhibits import Curve, Point, Table
from custmetrics_cli.core.time.period import Period
from custmetrics_cli.render.data.figures import figure, interval_record, period_record
from custmetrics_cli.render.document import Cell, Record

if TYPE_CHECKING:
    from custmetrics_cli.core.result import Result


def exhibits_record(result: Result) -> Record:
    """Return the keys for exhibits: "trend", "rows" for the first table, "exhibits" for all others."""
    tables, curves, trend = result.tables, result.curves, result.trend
    others = [*(_named("table", each) for each in tables[1:]), *(_named("curve", each) for each in curves)]
    return {
        **({"trend": [_trend_point(point, trend.unit) for point in trend.points]} if trend else {}),
        **({"rows": table_record(tables[0])} if tables else {}),
        **({"exhibits": others} if others else {}),
    }


def table_record(table: Table) -> Record:
    rows = [
        {"name": row.name, "size": figure(row.size, table.size_unit), "cells": [figure(cell, table.unit) for cell in row.cells]}
        for row in table.rows
    ]
    return {
        "head": table.row_header,
        "columns": list(table.columns),
        "rows": rows,
        "unit": table.unit,
        "size_unit": table.size_unit,
        "means": [figure(mean, table.unit) for mean in table.averages],
        "weighed": table.averaged_by,
    }


def curve_record(curve: Curve) -> Record:
    points = [
        {"at": _position(point), "value": figure(point.value, curve.unit), "interval": interval_record(point.interval, curve.unit)}
        for point in curve.points
    ]
    return {"name": curve.name, "axis": curve.axis, "unit": curve.unit, "points": points}


RECORDS: dict[type, Callable[[Any], Record]] = {Table: table_record, Curve: curve_record}


def _named(kind: str, exhibit: Table | Curve) -> Record:
    return {"kind": kind, **RECORDS[type(exhibit)](exhibit)}


def _trend_point(point: Point, unit: str) -> Record:
    assert isinstance(point.at, Period)
    return {"period": period_record(point.at), "value": figure(point.value, unit)}


def _position(point: Point) -> Cell:
    return point.at.name if isinstance(point.at, Period) else figure(point.at, "count")


def flat_table(table: Record) -> Iterator[dict[str, Cell]]:
    """Yield one row for each row of a table record."""
    names = (table["head"], "size", *table["columns"])
    return (dict(zip(names, (row["name"], row["size"], *row["cells"]), strict=True)) for row in table["rows"])


def flat_curve(curve: Record) -> Iterator[dict[str, Cell]]:
    """Yield one row for each point of a curve record: position, value and the ends of the interval."""
    name = curve["name"]
    for point in curve["points"]:
        interval = point["interval"] or {"low": None, "high": None}
        yield {curve["axis"]: point["at"], name: point["value"], f"{name}_low": interval["low"], f"{name}_high": interval["high"]}
