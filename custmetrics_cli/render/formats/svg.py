"""SVG: one chart of a metric, as text."""

from __future__ import annotations

from custmetrics_cli.render.documents.charts import chart_of
from custmetrics_cli.render.draw.charts.image import svg
from custmetrics_cli.render.format import Format

FORMAT = Format((".svg",), lambda document, output: svg(chart_of(document)) + "\n", one_chart=True)
