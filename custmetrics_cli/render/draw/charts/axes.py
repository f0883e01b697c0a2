"""The axes and data that kinds of charts share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from custmetrics_cli.render.draw.charts import palette

if TYPE_CHECKING:
    from custmetrics_cli.core.formula import Number
    from custmetrics_cli.render.chart import Chart

Spec = dict[str, Any]
SCALES = {"ratio": 100}  # the values of a unit are drawn times this number
TICKS = {"ratio": "format(datum.value, ',~f') + ' %'", "months": "format(datum.value, ',~f')"}
PLAIN = "format(datum.value, ',~f')"


def drawn(value: Number | float | None, unit: str) -> float | None:
    """Return a value as it is drawn: shares in percent."""
    return None if value is None else float(value * SCALES.get(unit, 1))


def x_axis(chart: Chart) -> Spec:
    """Return the axis of labels, in the order of the chart."""
    return {"field": "x", "type": "ordinal", "sort": None, "axis": {"title": None}, "scale": {"padding": 0.3}}


def y_axis(unit: str, zero: bool, title: str | None = None) -> Spec:
    scale: Spec = {"zero": zero, "nice": True}
    return {"field": "y", "type": "quantitative", "axis": {"title": title, "labelExpr": TICKS.get(unit, PLAIN)}, "scale": scale}


def target_layers(chart: Chart) -> list[Spec]:
    """Return the target as a dashed line with its text."""
    if chart.target is None:
        return []
    data = {"values": [{"y": drawn(chart.target, chart.unit), "text": chart.target_text}]}
    y = {"field": "y", "type": "quantitative"}
    rule = {"data": data, "mark": {"type": "rule", "color": palette.BAD, "strokeDash": [5, 3]}, "encoding": {"y": y}}
    mark = {"type": "text", "align": "left", "baseline": "bottom", "dy": -3, "x": 2, "color": palette.BAD}
    return [rule, {"data": data, "mark": mark, "encoding": {"y": y, "text": {"field": "text"}}}]


def event_layers(chart: Chart) -> list[Spec]:
    """Return each event as a thin line with its text at the top."""
    if not chart.marks:
        return []
    rows = [{"x": chart.labels[mark.at], "text": mark.text[:40], "late": 2 * mark.at >= len(chart.labels)} for mark in chart.marks]
    data = {"values": rows}
    rule = {"data": data, "mark": {"type": "rule", "color": palette.MUTED, "strokeDash": [2, 2]}, "encoding": {"x": x_axis(chart)}}
    return [rule, _event_text(chart, data, "!datum.late", "left", 4), _event_text(chart, data, "datum.late", "right", -4)]


def _event_text(chart: Chart, data: Spec, test: str, align: str, gap: int) -> Spec:
    """Return the texts on the side of their line that has more room."""
    mark = {"type": "text", "baseline": "top", "y": 0, "color": palette.MUTED, "align": align, "dx": gap}
    encoding = {"x": x_axis(chart), "text": {"field": "text"}}
    return {"data": data, "transform": [{"filter": test}], "mark": mark, "encoding": encoding}


def partial_layers(chart: Chart) -> list[Spec]:
    """Return a label for each period that is not finished."""
    if not chart.partial:
        return []
    data = {"values": [{"x": chart.labels[at], "text": chart.partial_text} for at in chart.partial]}
    mark = {"type": "text", "baseline": "bottom", "y": "height", "dy": -3, "color": palette.MUTED}
    return [{"data": data, "mark": mark, "encoding": {"x": x_axis(chart), "text": {"field": "text"}}}]
