"""Vega-Lite: the specification of the chart of a metric, for notebooks and web pages."""

from __future__ import annotations

from custmetrics_cli.render.data.json_text import json_text
from custmetrics_cli.render.documents.charts import chart_of
from custmetrics_cli.render.draw.charts.spec import spec
from custmetrics_cli.render.format import Format

FORMAT = Format((".vl.json",), lambda document, output: json_text(spec(chart_of(document)), output), one_chart=True)
