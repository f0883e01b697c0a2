"""What differs between two exports, as plain data of the contract: metrics, totals, rows."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from custmetrics_cli.render.data.records import figure
from custmetrics_cli.render.document import Record

if TYPE_CHECKING:
    from custmetrics_cli.core.answers.answer import Answer
    from custmetrics_cli.core.answers.diff import MetricChange, RowChange, TotalChange, Unanswered
    from custmetrics_cli.core.formula import Number
    from custmetrics_cli.render.document import Cell

Line = dict[str, "Cell"]


def paths(answer: Answer) -> list[str]:
    return [report.path for report in answer.inputs]


def change_record(each: MetricChange) -> Record:
    """A currency only where some figure is money, as of a result; two where they differ."""
    old, new, unit = each.old, each.new, each.new.unit
    return {
        "metric": new.metric.name,
        "title": new.metric.title,
        "unit": unit,
        **({"currency": {"old": old.currency, "new": new.currency}} if old.has_money or new.has_money else {}),
        "old": figure(old.value, unit),
        "new": figure(new.value, unit),
        "difference": figure(each.difference, unit),
        "reason": {"old": old.reason, "new": new.reason},
        "complete": {"old": old.complete, "new": new.complete},
        "totals": {total.name: _total(total) for total in each.totals},
        "uses": list(each.uses),
        **({"grid": True} if each.grid else {}),
    }


def _total(total: TotalChange) -> Record:
    return {
        "old": figure(total.old, total.unit),
        "new": figure(total.new, total.unit),
        "difference": figure(total.difference, total.unit),
        "by": None if total.customers is None else {customer: figure(added, total.unit) for customer, added in total.customers},
    }


def unanswered_record(each: Unanswered) -> Record:
    return {"metric": each.metric.name, "old": each.old and each.old.message, "new": each.new and each.new.message}


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


def flat_change(each: MetricChange) -> Iterator[Line]:
    record = change_record(each)
    metric = {"metric": record["metric"], "currency": each.new.currency if each.new.has_money else None}
    own = {name: record[name] for name in ("old", "new", "difference", "unit")}
    yield {"what": "metric", "name": record["metric"], **metric, **own}
    for total in each.totals:
        moved = {
            name: figure(number, total.unit) for name, number in (("old", total.old), ("new", total.new), ("difference", total.difference))
        }
        yield {"what": "total", "name": total.name, **metric, **moved, "unit": total.unit}


def flat_row(row: RowChange) -> Iterator[Line]:
    """A line per cell; one at least."""
    key = "; ".join(f"{name} {_cell(value)}" for name, value in row.key.items() if value is not None)
    moves = None if row.moves is None else ", ".join(row.moves)
    own: Line = {"what": row.kind, "table": row.table, "customer_id": row.customer, "key": key, "moves": moves}
    yield from ({**own, "name": each.column, "old": _cell(each.old), "new": _cell(each.new)} for each in row.cells)
    if row.skip_reasons[0] != row.skip_reasons[1] or not row.cells:
        yield {**own, "name": "set aside", "old": row.skip_reasons[0], "new": row.skip_reasons[1]}
