"""The one chart of a document, for formats that hold nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from custmetrics_cli.core.errors import CustmetricsError, Problem

if TYPE_CHECKING:
    from custmetrics_cli.render.chart import Chart
    from custmetrics_cli.render.document import Document

HINT = "ask for several values: add --every month, --by COLUMN or a longer period"


@runtime_checkable
class HasCharts(Protocol):
    """A document that can be drawn."""

    def charts(self) -> Iterable[Chart]:
        """Yield the charts, the most important one first."""


def chart_of(document: Document) -> Chart:
    """Return the first chart. Raises CustmetricsError E138 if the document has none."""
    drawn = document.charts() if isinstance(document, HasCharts) else ()
    chart = next(iter(drawn), None)
    if chart is None:
        raise CustmetricsError(Problem("E138", "this answer has no chart", hint=HINT))
    return chart
