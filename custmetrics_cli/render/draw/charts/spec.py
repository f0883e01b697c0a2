"""A chart as a Vega-Lite specification. One function draws each kind of chart."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from custmetrics_cli.render.draw.charts import flows, lines, palette, stacks
from custmetrics_cli.render.draw.charts.locales import number_locale
from custmetrics_cli.render.text import safe

if TYPE_CHECKING:
    from custmetrics_cli.render.chart import Chart

Spec = dict[str, Any]
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
DRAWN: dict[str, Callable[[Chart], Spec]] = {
    "line": lines.line,
    "spark": lines.spark,
    "curve": lines.curve,
    "steps": lines.curve,
    "fan": lines.curve,
    "movements": flows.movements,
    "bridge": flows.bridge,
    "shares": stacks.shares,
    "bars": stacks.bars,
    "dots": stacks.dots,
    "heat": stacks.heat,
}


def spec(chart: Chart) -> Spec:
    """Return the specification of a chart, complete with its data and its own style."""
    chart = _safe(chart)
    drawn = DRAWN[chart.kind](chart)
    return {
        "$schema": SCHEMA,
        "description": chart.summary,
        "width": palette.WIDTH,
        "height": palette.HEIGHT,
        "padding": 4,
        "autosize": {"type": "fit", "contains": "padding"},
        **drawn,
        "config": config(chart.language),
    }


def _safe(chart: Chart) -> Chart:
    """Return the chart without characters that could act on the text around it."""
    return chart._replace(
        title=safe(chart.title),
        labels=tuple(map(safe, chart.labels)),
        series=tuple(series._replace(name=safe(series.name)) for series in chart.series),
        marks=tuple(mark._replace(text=safe(mark.text)) for mark in chart.marks),
        summary=safe(chart.summary),
        axis=safe(chart.axis),
        target_text=safe(chart.target_text),
        partial_text=safe(chart.partial_text),
    )


def config(language: str) -> Spec:
    """Return the style: few lines, no frame, and text that is readable."""
    axis = {
        "labelColor": palette.MUTED,
        "labelFontSize": palette.SMALL,
        "titleColor": palette.MUTED,
        "titleFontSize": palette.SMALL,
        "titleFontWeight": "normal",
        "gridColor": palette.GRID,
        "domainColor": palette.LEVEL,
        "tickColor": palette.GRID,
        "domain": False,
        "ticks": False,
        "labelPadding": 6,
    }
    return {
        "font": palette.FONT,
        "background": palette.PAPER,
        "aria": False,
        "view": {"stroke": None},
        "axis": axis,
        "axisX": {"grid": False, "labelAngle": 0, "labelOverlap": True, "labelSeparation": 16},
        "axisY": {"tickCount": 5},
        "text": {"fontSize": palette.SMALL, "color": palette.INK},
        "locale": {"number": number_locale(language)},
        "legend": {
            "orient": "top",
            "title": None,
            "labelColor": palette.INK,
            "labelFontSize": palette.SMALL,
            "symbolType": "square",
            "columnPadding": 12,
            "offset": 6,
        },
    }
