"""Lines with bands: values over time, curves along a scale, steps, fans and sparklines."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

from custmetrics_cli.render.draw.charts import palette
from custmetrics_cli.render.draw.charts.axes import Spec, drawn, event_layers, partial_layers, target_layers, x_axis, y_axis

if TYPE_CHECKING:
    from custmetrics_cli.render.chart import Chart, Series

FEW = 16  # points are marked one by one up to this number


def line(chart: Chart) -> Spec:
    """Return lines over time with the band of the first, events, targets and the last value as text."""
    x, zero = x_axis(chart), _starts_at_zero(chart)
    layers = [*_band(chart, x, zero), *_lines(chart, x, zero), *_last_value(chart, x)]
    return {"layer": [*layers, *target_layers(chart), *event_layers(chart), *partial_layers(chart)]}


def _starts_at_zero(chart: Chart) -> bool:
    """Return True unless the values stay far from zero: a line may start elsewhere, a bar may not."""
    ends = [end for band in (chart.band,) if band for end in (*band.low, *band.high) if end is not None and isfinite(end)]
    known = [float(value) for series in chart.series for value in series.values if value is not None] + ends
    return bool(known) and 0 <= min(known) < max(known) / 2


def _rows(chart: Chart, series: Series) -> list[Spec]:
    rows = zip(_places(chart), series.values, strict=True)
    return [{"x": x, "y": drawn(value, chart.unit), "series": series.name} for x, value in rows]


def _places(chart: Chart) -> list[Any]:
    return [float(position) for position in chart.positions] or list(chart.labels)


def _band(chart: Chart, x: Spec, zero: bool, shape: str = "linear") -> list[Spec]:
    if not chart.band:
        return []
    ends = zip(_places(chart), chart.band.low, chart.band.high, strict=True)
    rows = [{"x": at, "y": drawn(low, chart.unit), "high": drawn(high, chart.unit)} for at, low, high in ends if _finite(low, high)]
    mark = {"type": "area", "color": palette.BAND, "interpolate": shape}
    return [{"data": {"values": rows}, "mark": mark, "encoding": {"x": x, "y": y_axis(chart.unit, zero), "y2": {"field": "high"}}}]


def _finite(low: float | None, high: float | None) -> bool:
    return low is not None and high is not None and isfinite(low) and isfinite(high)


def _lines(chart: Chart, x: Spec, zero: bool, shape: str = "linear") -> list[Spec]:
    layers = []
    for number, series in enumerate(chart.series):
        color = palette.LINES[number % len(palette.LINES)]
        point: Any = {"filled": True, "size": 28, "color": color} if len(chart.labels) <= FEW and shape == "linear" else False
        mark = {"type": "line", "color": color, "point": point, "interpolate": shape, "strokeWidth": 2}
        encoding = {"x": x, "y": y_axis(chart.unit, zero)}
        layers.append({"data": {"values": _rows(chart, series)}, "mark": mark, "encoding": encoding})
    return layers


def _last_value(chart: Chart, x: Spec) -> list[Spec]:
    """Return the text of the last value of each line, directly beside the line."""
    layers = []
    for number, series in enumerate(chart.series):
        known = [at for at, value in enumerate(series.values) if value is not None]
        if not known or not series.texts:
            continue
        text = series.texts[known[-1]] if len(chart.series) == 1 else series.name[:24]
        row = {**_rows(chart, series)[known[-1]], "text": text}
        color = palette.INK if len(chart.series) == 1 else palette.LINES[number % len(palette.LINES)]
        mark = {"type": "text", "align": "right", "dx": 2, "dy": -11, "fontWeight": "bold", "color": color}
        encoding = {"x": x, "y": {"field": "y", "type": "quantitative"}, "text": {"field": "text"}}
        layers.append({"data": {"values": [row]}, "mark": mark, "encoding": encoding})
    return layers


def curve(chart: Chart) -> Spec:
    """Return values along a scale: steps for a survival curve, a line otherwise."""
    zero = _starts_at_zero(chart)
    shape = "step-after" if chart.kind == "steps" else "linear"
    x: Spec = {"field": "x", "type": "quantitative", "axis": {"title": chart.axis or None, "labelExpr": "format(datum.value, ',~f')"}}
    return {"layer": [*_band(chart, x, zero, shape), *_lines(chart, x, zero, shape), *_last_value(chart, x)]}


def spark(chart: Chart) -> Spec:
    """Return a line without axes."""
    x = {**x_axis(chart), "axis": None}
    y = {"field": "y", "type": "quantitative", "axis": None, "scale": {"zero": False}}
    mark = {"type": "line", "color": palette.ACCENT}
    rows = _rows(chart, chart.series[0])
    return {"height": 32, "width": 120, "data": {"values": rows}, "mark": mark, "encoding": {"x": x, "y": y}}
