"""The differences between two exports as records and flat rows: metrics, totals, rows."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from custmetrics_cli.render.data.figures import figure
from custmetrics_cli.render.document import Record

if TYPE_CHECKING:
    from custmetrics_cli.core.diff import MetricChange, RowChange, TotalChange, Unanswered
    from custmetrics_cli.core.formula import Number
    from custmetrics_cli.render.document import Cell

Row = dict[str, "Cell"]
SKIPPED = "set aside"  # the name of a skip reason in csv; programs may rely on it, so it stays


def change_record(change: MetricChange) -> Record:
    """Return a metric that differs. It has both currencies if some figure is money."""
    old, new, unit = change.old, change.new, change.new.unit
    return {
        "metric": new.metric.name,
        "title": new.metric.title,
        "unit": unit,
        **({"currency": {"old": old.currency, "new": new.currency}} if old.has_money or new.has_money else {}),
        "old": figure(old.value, unit),
        "new": figure(new.value, unit),
        "difference": figure(change.difference, unit),
        "reason": {"old": old.reason, "new": new.reason},
        "complete": {"old": old.complete, "new": new.complete},
        "totals": {total.name: _total(total) for total in change.totals},
        "uses": list(change.uses),
        **({"grid": True} if change.exhibits_differ else {}),
    }


def _total(total: TotalChange) -> Record:
    parts = None if total.customers is None else {customer: figure(part, total.unit) for customer, part in total.customers}
    return {**_figures(total), "by": parts}


def _figures(total: TotalChange) -> Row:
    figures = {"old": total.old, "new": total.new, "difference": total.difference}
    return {name: figure(number, total.unit) for name, number in figures.items()}


def unanswered_record(metric: Unanswered) -> Record:
    return {"metric": metric.metric.name, "old": metric.old and metric.old.message, "new": metric.new and metric.new.message}


def row_record(row: RowChange) -> Record:
    return {
        "table": row.table,
        "kind": row.kind,
        "customer_id": row.customer,
        "key": {name: _cell(value) for name, value in row.key.items()},
        "cells": [{"column": each.column, "old": _cell(each.old), "new": _cell(each.new)} for each in row.cells],
        "aside": {"old": row.skip_reasons[0], "new": row.skip_reasons[1]},
        "moves": None if row.moves is None else list(row.moves),
    }


def _cell(value: str | Number | None) -> Cell:
    return figure(value, "money") if isinstance(value, Fraction) else value


def flat_change(change: MetricChange) -> Iterator[Row]:
    """Yield a row for the metric, then one for each total that differs."""
    record = change_record(change)
    metric = {"metric": record["metric"], "currency": change.new.currency if change.new.has_money else None}
    own = {name: record[name] for name in ("old", "new", "difference", "unit")}
    yield {"what": "metric", "name": record["metric"], **metric, **own}
    for total in change.totals:
        yield {"what": "total", "name": total.name, **metric, **_figures(total), "unit": total.unit}


def flat_row(row: RowChange) -> Iterator[Row]:
    """Yield a row for each cell, or one row without any cell."""
    key = "; ".join(f"{name} {_cell(value)}" for name, value in row.key.items() if value is not None)
    moves = None if row.moves is None else ", ".join(row.moves)
    own: Row = {"what": row.kind, "table": row.table, "customer_id": row.customer, "key": key, "moves": moves}
    yield from ({**own, "name": each.column, "old": _cell(each.old), "new": _cell(each.new)} for each in row.cells)
    if row.skip_reasons[0] != row.skip_reasons[1] or not row.cells:
        yield {**own, "name": SKIPPED, "old": row.skip_reasons[0], "new": row.skip_reasons[1]}
