"""Stacked shares, bars by group and heat tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custmetrics_cli.render.draw.charts import palette
from custmetrics_cli.render.draw.charts.axes import Spec, drawn, event_layers, partial_layers, x_axis, y_axis

if TYPE_CHECKING:
    from custmetrics_cli.render.chart import Chart, Series


def shares(chart: Chart) -> Spec:
    """Return bars that fill 100 %, from the worst at the bottom to the best at the top, and the score above each."""
    parts = [series for series in chart.series if series.role != "net"]
    rows = [
        {"x": label, "y": float(value), "series": series.name, "order": -number}
        for number, series in enumerate(parts)
        for label, value in zip(chart.labels, series.values, strict=True)
        if value
    ]
    scale = {"domain": [series.name for series in parts], "range": _colours(len(parts))}
    y = {**y_axis("ratio", True), "stack": "normalize", "axis": {"title": None, "format": ".0%"}}
    encoding = {
        "x": x_axis(chart),
        "y": y,
        "color": {"field": "series", "type": "nominal", "scale": scale, "legend": {"offset": 22}},
        "order": {"field": "order"},
    }
    bars = {"data": {"values": rows}, "mark": {"type": "bar"}, "encoding": encoding}
    return {"layer": [bars, *_scores(chart), *event_layers(chart), *partial_layers(chart)]}


def _colours(count: int) -> list[str]:
    """Return green for the best, red for the worst, grey between."""
    return [palette.GAINS[0], *[palette.MIDDLE] * (count - 2), palette.LOSSES[0]][:count] if count > 1 else [palette.ACCENT]


def _scores(chart: Chart) -> list[Spec]:
    score: Series | None = next((series for series in chart.series if series.role == "net"), None)
    if score is None:
        return []
    rows = [{"x": label, "text": text.split(" ")[0]} for label, text in zip(chart.labels, score.texts, strict=True)]
    mark = {"type": "text", "y": 0, "dy": -6, "baseline": "bottom", "fontWeight": "bold", "clip": False}
    return [{"data": {"values": rows}, "mark": mark, "encoding": {"x": x_axis(chart), "text": {"field": "text"}}}]


def bars(chart: Chart) -> Spec:
    """Return one horizontal bar for each group, with its number."""
    values, texts = chart.series[0].values, chart.series[0].texts
    rows = [
        {"x": label[:40], "y": drawn(value, chart.unit), "text": text}
        for label, value, text in zip(chart.labels, values, texts, strict=True)
    ]
    x = {**y_axis(chart.unit, True), "axis": None}
    y = {"field": "x", "type": "ordinal", "sort": None, "axis": {"title": None, "labelLimit": 140}}
    layers = [
        {"mark": {"type": "bar", "color": palette.ACCENT}, "encoding": {"x": x, "y": y}},
        {"mark": {"type": "text", "align": "left", "dx": 4}, "encoding": {"x": x, "y": y, "text": {"field": "text"}}},
    ]
    return {"height": {"step": 24}, "data": {"values": rows}, "layer": layers}


def dots(chart: Chart) -> Spec:
    """Return one dot for each label, with its number. The marked ones have another colour."""
    values, texts, marked = chart.series[0].values, chart.series[0].texts, {mark.at for mark in chart.marks}
    rows = [
        {"x": label[:60], "y": drawn(value, chart.unit), "text": text, "marked": at in marked}
        for at, (label, value, text) in enumerate(zip(chart.labels, values, texts, strict=True))
    ]
    x = {**y_axis(chart.unit, False), "scale": {"zero": False}}
    y = {"field": "x", "type": "ordinal", "sort": None, "axis": {"title": None, "labelLimit": 200}}
    color = {"condition": {"test": "datum.marked", "value": palette.LOSSES[0]}, "value": palette.ACCENT}
    layers = [
        {"mark": {"type": "point", "filled": True, "size": 70}, "encoding": {"x": x, "y": y, "color": color}},
        {"mark": {"type": "text", "align": "left", "dx": 8}, "encoding": {"x": x, "y": y, "text": {"field": "text"}}},
    ]
    return {"height": {"step": 24}, "data": {"values": rows}, "layer": layers}


def heat(chart: Chart) -> Spec:
    """Return a cell for each label and series, shaded by its value."""
    rows = [
        {"x": series.name, "y": label, "value": drawn(value, chart.unit), "text": text}
        for series in chart.series
        for label, value, text in zip(chart.labels, series.values, series.texts, strict=True)
        if value is not None
    ]
    axes = {
        "x": {"field": "x", "type": "ordinal", "sort": None, "axis": {"title": None, "orient": "top"}},
        "y": {"field": "y", "type": "ordinal", "sort": None, "axis": {"title": chart.axis or None}},
    }
    color = {"field": "value", "type": "quantitative", "legend": None, "scale": {"range": [palette.PAPER, palette.GAINS[1]]}}
    layers = [
        {"mark": {"type": "rect"}, "encoding": {**axes, "color": color}},
        {"mark": {"type": "text"}, "encoding": {**axes, "text": {"field": "text"}}},
    ]
    return {"height": {"step": 22}, "width": {"step": 56}, "autosize": {"type": "pad"}, "data": {"values": rows}, "layer": layers}
