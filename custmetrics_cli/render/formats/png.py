"""PNG: one chart of a metric, as a picture."""

from __future__ import annotations

from custmetrics_cli.render.documents.charts import chart_of
from custmetrics_cli.render.draw.charts.image import png
from custmetrics_cli.render.format import Format

FORMAT = Format((".png",), lambda document, output: png(chart_of(document)), binary=True, one_chart=True)
