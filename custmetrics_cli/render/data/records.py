"""Answers as records: the contract of schema.json. All data formats write these records and nothing else.

The same answer gives the same bytes: no clock, no engine, keys in one order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from custmetrics_cli import __version__
from custmetrics_cli.core.data.in_effect import asked_of, policies_of
from custmetrics_cli.render.data.exhibits import exhibits_record
from custmetrics_cli.render.data.figures import figure, interval_record, period_record
from custmetrics_cli.render.data.sources import result_sources
from custmetrics_cli.render.document import Record

if TYPE_CHECKING:
    from custmetrics_cli.core.data.check import Check
    from custmetrics_cli.core.data.comparison import Comparison, PerDays
    from custmetrics_cli.core.data.yardsticks import Benchmark
    from custmetrics_cli.core.errors import Problem
    from custmetrics_cli.core.formula import Number
    from custmetrics_cli.core.result import Answer, InputReport, Notice, Result
    from custmetrics_cli.core.time.period import Period

SCHEMA_VERSION = 1


def result_record(result: Result) -> Record:
    """Return one result. It has a currency only if some figure is money."""
    unit = result.unit
    return {
        "metric": result.metric.name,
        "title": result.metric.title,
        **({"label": result.label} if result.label else {}),
        "definition": result.definition,
        "unit": unit,
        **({"currency": result.currency} if result.has_money else {}),
        "period": {**period_record(result.period), "complete": result.complete},
        "group": dict(result.group),
        **({"folded": result.folded} if result.folded else {}),
        "value": figure(result.value, unit),
        "reason": result.reason,
        **({"band": result.band} if result.band else {}),
        "formula": result.formula,
        **result_sources(result),
        **({"options": options_record(result.options)} if result.options else {}),
        **({"options_by": dict(result.option_sources)} if result.option_sources else {}),
        "totals": {name: figure(value, result.units.get(name, "")) for name, value in result.totals.items()},
        **({"overlapping": list(result.overlapping)} if result.overlapping else {}),
        "interval": interval_record(result.interval, unit),
        **({"interval_reason": result.interval_reason} if result.interval_reason else {}),
        **({"comparison": _comparison(result.comparison, unit)} if result.comparison else {}),
        **({"target": {"test": result.target.text, "met": result.target.met}} if result.target else {}),
        **({"benchmarks": [_benchmark(each, unit) for each in result.benchmarks]} if result.benchmarks else {}),
        **({"model": dict(result.model)} if result.model else {}),
        **exhibits_record(result),
    }


def options_record(options: Mapping[str, str | Number]) -> dict[str, str | int | float]:
    """Return options with shares from 0 to 1."""
    return {name: float(value) if isinstance(value, Fraction) else value for name, value in options.items()}


def _comparison(compared: Comparison, unit: str) -> Record:
    part = {"period": period_record(compared.span), "value": figure(compared.value_of_span, unit)} if compared.span else None
    return {
        "period": {**period_record(compared.period), "complete": compared.complete},
        "value": figure(compared.value, unit),
        "compared": part,
        "difference": figure(compared.difference, unit),
        "interval": interval_record(compared.interval, unit),
        **({"interval_reason": compared.interval_reason} if compared.interval_reason else {}),
        **({"per_30_days": _per_days(compared.per_days, unit)} if compared.per_days else {}),
        "distinguishable": compared.is_significant,
        **({"verdict": compared.verdict} if compared.verdict else {}),
    }


def _per_days(rates: PerDays, unit: str) -> Record:
    return {"difference": figure(rates.difference, unit), "interval": interval_record(rates.interval, unit)}


def _benchmark(benchmark: Benchmark, unit: str) -> Record:
    """Return null for an empty text."""
    texts = {"industry": benchmark.industry, "period": benchmark.period, "source": benchmark.source, "year": benchmark.year}
    return {"value": figure(benchmark.value, unit), **{name: text or None for name, text in texts.items()}}


def rows_record(read: int, used: int, excluded: Mapping[str, int]) -> Record:
    return {"read": read, "used": used, "excluded": dict(excluded)}


def checks_record(checks: Sequence[Check]) -> Record:
    """Return the tests of --fail-if as the key `checks`, nothing without tests."""
    return {"checks": [_check(check) for check in checks]} if checks else {}


def _check(check: Check) -> Record:
    found = [{"period": str(each.period), "group": dict(each.group), "value": figure(each.value, each.unit)} for each in check.failed]
    return {"test": check.test, "failed": check.fails, "results": found}


def _input(report: InputReport) -> Record:
    rows = rows_record(report.read, report.used, report.excluded)
    columns = {each.column: {"header": each.header, "by": each.by} for each in report.columns}
    start = {"path": report.path, "table": report.table, "preset": report.preset or None}
    return {**start, "columns": columns, "sha256": report.sha256, "rows": rows}


def problem_record(problem: Problem) -> Record:
    """Return null for an unknown place."""
    return {
        "code": problem.code,
        "message": problem.message,
        "path": problem.place.path or None,
        "line": problem.place.line or None,
        "column": problem.place.column or None,
        "hint": problem.hint or None,
        "excerpt": problem.excerpt or None,
    }


def document(
    inputs: Sequence[InputReport], body: Mapping[str, Any], warnings: Sequence[Notice], policies: Mapping[str, str] | None = None
) -> Record:
    """Return a whole JSON document around the body of one kind."""
    return {
        "schema_version": SCHEMA_VERSION,
        "custmetrics": __version__,
        "inputs": [_input(report) for report in inputs],
        **({"asked": asked} if (asked := asked_of(policies or {})) else {}),
        **({"policies": own} if (own := policies_of(policies or {})) else {}),
        **body,
        "warnings": [{"code": each.code, "message": each.message, "decisive": each.is_decisive} for each in warnings],
    }


def optional_period(period: Period | None) -> Record | None:
    return period_record(period) if period else None


def paths(answer: Answer) -> list[str]:
    return [report.path for report in answer.inputs]
