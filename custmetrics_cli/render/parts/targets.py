"""What stands beside a value: its target, and what others published."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from custmetrics_cli.render.numbers import value_text
from custmetrics_cli.render.page import Line, Page, aligned

if TYPE_CHECKING:
    from custmetrics_cli.core.result import Benchmark, Result, Target

MET = {True: "met", False: "missed", None: "not known"}


def target_text(target: Target | None) -> str:
    return f"{target.text} {MET[target.met]}" if target else ""


def benchmark_lines(results: Iterable[Result]) -> Page:
    """All that are beside any of the results, each once."""
    every = {(each, result.unit): result.metric.name for result in results for each in result.benchmarks}
    rows = [
        (f"  {name}", value_text(each.value, unit, each.currency), each.industry, _length(each), f"{each.source} {each.year}".strip())
        for (each, unit), name in every.items()
    ]
    return [Line("what others published:"), *aligned(rows, right=frozenset({1}))] if rows else []


def _length(benchmark: Benchmark) -> str:
    return f"a {benchmark.period}" if benchmark.period else ""


def target_record(target: Target) -> dict[str, Any]:
    return {"test": target.text, "met": target.met}


def benchmarks_text(benchmarks: Sequence[dict[str, Any]]) -> str:
    """In one cell."""
    return "; ".join(f"{each['value']} {each['industry'] or ''} ({each['source'] or 'no source'})" for each in benchmarks)
