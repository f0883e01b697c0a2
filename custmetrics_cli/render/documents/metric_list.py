"""The list of metrics, as a listing that every format can write."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from custmetrics_cli.core.result import Listing
from custmetrics_cli.render.parts.formulas import formula_text

if TYPE_CHECKING:
    from custmetrics_cli.core.metric import Metric

COLUMNS = ("family", "metric", "also", "title", "formula", "tables", "options")


def metric_list(metrics: Iterable[Metric]) -> Listing:
    """Return all metrics, by family and order."""
    ordered = sorted(metrics, key=lambda metric: metric.position)
    return Listing("metrics", "all metrics", COLUMNS, [_row(metric) for metric in ordered])


def _row(metric: Metric) -> tuple[str, ...]:
    tables = " or ".join("+".join(names) for names in metric.needs)
    formula = formula_text(metric.standard.formula.text)
    options = ", ".join(option.name for option in metric.options)
    return (metric.family, metric.name, ", ".join(metric.aliases), metric.title, formula, tables, options)
