"""Answers as plain data: the contract of schema.json. json, jsonl, csv and tsv write these records and nothing else.

Numbers are the correctly rounded double of the exact value; whole totals stay whole numbers; money has at most four
decimals. The same answer gives the same bytes: no clock, no engine, keys in one order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import isinf
from typing import TYPE_CHECKING, Any

from custmetrics_cli import __version__
from custmetrics_cli.render.document import Record
from custmetrics_cli.render.parts.options import options_record
from custmetrics_cli.render.parts.targets import target_record

if TYPE_CHECKING:
    from custmetrics_cli.core.errors import Problem
    from custmetrics_cli.core.formula import Number
    from custmetrics_cli.core.result import Benchmark, Comparison, Grid, InputReport, Notice, Point, Result
    from custmetrics_cli.core.time.period import Period
    from custmetrics_cli.stats.intervals import Interval

SCHEMA_VERSION = 1
MONEY_DECIMALS = 4


def figure(value: Number | None, unit: str) -> int | float | None:
    """
    >>> figure(Fraction(1171), "count"), figure(Fraction(1, 8), "ratio"), figure(Fraction(2, 3), "money")
    (1171, 0.125, 0.6667)
    """
    if value is not None and unit == "money":
        return float(round(Fraction(value), MONEY_DECIMALS))
    if value is None or isinstance(value, int):
        return value
    return value.numerator if unit == "count" and value.denominator == 1 else float(value)


def _period(period: Period) -> Record:
    return {"name": period.name, "start": period.start.isoformat(), "end": period.end.isoformat()}


def _interval(interval: Interval | None, unit: str) -> Record | None:
    if interval is None:
        return None
    return {"level": interval.level, "low": _end(interval.low, unit), "high": _end(interval.high, unit), "method": interval.method}


def _end(end: float, unit: str) -> float | None:
    """None for one that is infinite. Adding 0.0 makes a negative zero plain."""
    if isinf(end):
        return None
    return round(end, MONEY_DECIMALS) + 0.0 if unit == "money" else end + 0.0


def _comparison(compared: Comparison, unit: str) -> Record:
    part = {"period": _period(compared.span), "value": figure(compared.value_of_span, unit)} if compared.span else None
    return {
        "period": {**_period(compared.period), "complete": compared.complete},
        "value": figure(compared.value, unit),
        "compared": part,
        "difference": figure(compared.difference, unit),
        "interval": _interval(compared.interval, unit),
        "distinguishable": compared.is_significant,
    }


def _point(point: Point, unit: str) -> Record:
    return {"period": _period(point.period), "value": figure(point.value, unit)}


def _benchmark(known: Benchmark, unit: str) -> Record:
    """What is not said is null."""
    said = {"industry": known.industry, "period": known.period, "source": known.source, "year": known.year}
    return {"value": figure(known.value, unit), **{name: text or None for name, text in said.items()}}


def _grid(grid: Grid) -> Record:
    rows = [
        {"name": row.name, "size": figure(row.size, grid.size_unit), "cells": [figure(cell, grid.unit) for cell in row.cells]}
        for row in grid.rows
    ]
    return {
        "head": grid.head,
        "columns": list(grid.columns),
        "rows": rows,
        "unit": grid.unit,
        "size_unit": grid.size_unit,
        "means": [figure(mean, grid.unit) for mean in grid.averages],
        "weighed": grid.averaged_by,
    }


def result_record(result: Result) -> Record:
    """One result; a currency only where some figure is money."""
    unit = result.unit
    return {
        "metric": result.metric.name,
        "title": result.metric.title,
        "definition": result.definition,
        "unit": unit,
        **({"currency": result.currency} if result.has_money else {}),
        "period": {**_period(result.period), "complete": result.complete},
        "group": dict(result.group),
        "value": figure(result.value, unit),
        "reason": result.reason,
        **({"band": result.band} if result.band else {}),
        "formula": result.formula,
        **({"options": options_record(result.options)} if result.options else {}),
        "totals": {name: figure(value, result.units.get(name, "")) for name, value in result.totals.items()},
        **({"overlapping": list(result.overlapping)} if result.overlapping else {}),
        "interval": _interval(result.interval, unit),
        **({"comparison": _comparison(result.comparison, unit)} if result.comparison else {}),
        **({"target": target_record(result.target)} if result.target else {}),
        **({"benchmarks": [_benchmark(each, unit) for each in result.benchmarks]} if result.benchmarks else {}),
        **({"trend": [_point(point, unit) for point in result.trend]} if result.trend else {}),
        **({"rows": _grid(result.grid)} if result.grid else {}),
    }


def rows_record(read: int, used: int, excluded: Mapping[str, int]) -> Record:
    return {"read": read, "used": used, "excluded": dict(excluded)}


def _input(report: InputReport) -> Record:
    rows = rows_record(report.read, report.used, report.excluded)
    return {"path": report.path, "table": report.table, "preset": report.preset or None, "sha256": report.sha256, "rows": rows}


def problem_record(problem: Problem) -> Record:
    """A place that is not known is null."""
    return {
        "code": problem.code,
        "message": problem.message,
        "path": problem.place.path or None,
        "line": problem.place.line or None,
        "column": problem.place.column or None,
        "hint": problem.hint or None,
        "excerpt": problem.excerpt or None,
    }


def policies_text(policies: Mapping[str, str]) -> str:
    """
    >>> policies_text({"past-due": "keep", "discounts": "subtract"})
    'past-due keep; discounts subtract'
    """
    return "; ".join(f"{name} {choice}" for name, choice in policies.items())


def document(
    inputs: Sequence[InputReport], body: Mapping[str, Any], warnings: Sequence[Notice], policies: Mapping[str, str] | None = None
) -> Record:
    return {
        "schema_version": SCHEMA_VERSION,
        "custmetrics": __version__,
        "inputs": [_input(report) for report in inputs],
        **({"policies": dict(policies)} if policies else {}),
        **body,
        "warnings": [{"code": warned.code, "message": warned.message} for warned in warnings],
    }


def listing_period(period: Period | None) -> Record | None:
    return _period(period) if period else None
