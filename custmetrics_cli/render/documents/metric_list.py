"""The list of metrics, as a listing that every format can write."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from custmetrics_cli.core.result import Listing
from custmetrics_cli.render.documents.listing import ListingDocument
from custmetrics_cli.render.page import Header, Line, Page, Table
from custmetrics_cli.render.parts.formulas import formula_text

if TYPE_CHECKING:
    from custmetrics_cli.core.metric import Metric

MORE = "custmetrics METRIC --help shows the formula, the tables and the options; --format csv lists them all"
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


class MetricListDocument(ListingDocument):
    """The list of metrics. People see the names and titles by family; other formats have all columns."""

    def page(self, ascii: bool) -> Page:
        """Return a table for each family."""
        return [
            *(part for family, rows in groupby(self.listing.rows, key=itemgetter(0)) for part in _family(str(family), rows)),
            Line(MORE),
        ]


def _family(family: str, rows: Iterable[Sequence[object]]) -> Page:
    names = [(f"{name} ({also})" if also else str(name), str(title)) for _, name, also, title, *_ in rows]
    return [Line(family, strong=True), Table((Header("metric", strong=True), Header("title")), names), Line()]
