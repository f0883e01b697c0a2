"""Movements: diverging bars with a net mark, and the bridge from opening to closing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from custmetrics_cli.render.draw.charts import palette
from custmetrics_cli.render.draw.charts.axes import Spec, drawn, event_layers, partial_layers, x_axis, y_axis

if TYPE_CHECKING:
    from custmetrics_cli.render.chart import Chart

ROLES = {"gain": palette.GAINS, "loss": palette.LOSSES, "level": (palette.LEVEL,), "net": (palette.INK,)}
SIGNS = {"gain": "+ ", "loss": "\u2212 "}


def colours(chart: Chart) -> list[str]:
    """Return a colour for each series: shades of green for gains, of red for losses."""
    used: dict[str, int] = {}
    found = []
    for series in chart.series:
        shades = ROLES.get(series.role, palette.LINES)
        found.append(shades[used.get(series.role, 0) % len(shades)])
        used[series.role] = used.get(series.role, 0) + 1
    return found


def movements(chart: Chart) -> Spec:
    """Return bars above zero for gains and below for losses, and a dash for the net."""
    shown = [(series, color) for series, color in zip(chart.series, colours(chart), strict=True) if series.role != "net"]
    rows = [
        {"x": label, "y": drawn(value, chart.unit), "series": f"{SIGNS[series.role]}{series.name}", "order": number}
        for number, (series, _) in enumerate(shown)
        for label, value in zip(chart.labels, series.values, strict=True)
        if value
    ]
    names = [f"{SIGNS[series.role]}{series.name}" for series, _ in shown]
    color = {"field": "series", "type": "nominal", "scale": {"domain": names, "range": [color for _, color in shown]}}
    legend = {"columns": 3}
    bars = {
        "data": {"values": rows},
        "mark": {"type": "bar"},
        "encoding": {"x": x_axis(chart), "y": y_axis(chart.unit, True), "color": {**color, "legend": legend}, "order": {"field": "order"}},
    }
    return {"layer": [bars, *_zero(), *_net(chart), *event_layers(chart), *partial_layers(chart)]}


def _zero() -> list[Spec]:
    return [{"data": {"values": [{}]}, "mark": {"type": "rule", "color": palette.LEVEL}, "encoding": {"y": {"datum": 0}}}]


def _net(chart: Chart) -> list[Spec]:
    layers = []
    for series in chart.series:
        if series.role == "net":
            rows = [{"x": label, "y": drawn(value, chart.unit)} for label, value in zip(chart.labels, series.values, strict=True)]
            mark = {"type": "tick", "color": palette.INK, "thickness": 2.5, "size": max(3, min(26, 260 / len(chart.labels)))}
            layers.append({"data": {"values": rows}, "mark": mark, "encoding": {"x": x_axis(chart), "y": y_axis(chart.unit, True)}})
    return layers


def bridge(chart: Chart) -> Spec:
    """Return floating bars from the opening to the closing total, one below the other, each with its number."""
    y = {"field": "x", "type": "ordinal", "sort": None, "axis": {"title": None, "labelColor": palette.INK, "labelLimit": 130}}
    low = {**y_axis(chart.unit, True), "field": "low"}
    color = {"field": "color", "type": "nominal", "scale": None}
    bars = {"mark": {"type": "bar"}, "encoding": {"y": y, "x": low, "x2": {"field": "high"}, "color": color}}
    values = {"y": y, "x": {"field": "at", "type": "quantitative"}, "text": {"field": "text"}}
    right = {"mark": {"type": "text", "align": "left", "dx": 5, "fontWeight": "bold"}, "transform": [{"filter": "!datum.left"}]}
    left = {"mark": {"type": "text", "align": "right", "dx": -5, "fontWeight": "bold"}, "transform": [{"filter": "datum.left"}]}
    texts = [{**each, "encoding": values} for each in (right, left)]
    return {"data": {"values": list(_steps(chart))}, "layer": [bars, *texts]}


def _steps(chart: Chart) -> Iterator[Spec]:
    """Yield each bar with both ends. Losses follow the gains downward."""
    values = [next(value for value in series.values if value is not None) for series in chart.series]
    ends = [0, values[0]]
    for value in values[1:-1]:
        ends.append(ends[-1] + value)
    spans = [(0, values[0]), *pairwise(ends[1:]), (0, values[-1])]
    middle = (max(*ends, values[-1]) + min(0, *ends, values[-1])) / 2
    for at, (series, (low, high), color) in enumerate(zip(chart.series, spans, colours(chart), strict=True)):
        level, left = series.role == "level", (low + high) / 2 > middle
        edge = high if level else min(low, high) if left else max(low, high)
        sign = "+" if series.role == "gain" else ""
        row: Spec = {"x": chart.labels[at], "text": sign + series.texts[at].replace("-", "\u2212"), "color": color}
        yield {
            **row,
            "low": drawn(low, chart.unit),
            "high": drawn(high, chart.unit),
            "at": drawn(edge, chart.unit),
            "left": left and not level,
        }
