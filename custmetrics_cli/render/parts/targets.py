"""Targets and published benchmarks of values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from custmetrics_cli.render.numbers import value_text
from custmetrics_cli.render.page import Line, Page, aligned

if TYPE_CHECKING:
    from custmetrics_cli.core.data.yardsticks import Target
    from custmetrics_cli.core.result import Result

MET = {True: "met", False: "missed", None: "unknown"}


def target_text(target: Target | None) -> str:
    return f"{target.text} {MET[target.met]}" if target else ""


def benchmark_lines(results: Iterable[Result]) -> Page:
    """Return a line for each benchmark of the results, each once."""
    units = {(each, result.unit): result.metric.name for result in results for each in result.benchmarks}
    rows = [
        (
            f"  {name}",
            value_text(each.value, unit, each.currency),
            each.industry,
            f"per {each.period}" if each.period else "",
            f"{each.source} {each.year}".strip(),
        )
        for (each, unit), name in units.items()
    ]
    return [Line("published benchmarks:"), *aligned(rows, right=frozenset({1}))] if rows else []
