"""A chart with its numbers as a table, for readers who cannot see it and for print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custmetrics_cli.render.page import Header
from custmetrics_cli.render.paper import Figure, Grid, Picture

if TYPE_CHECKING:
    from custmetrics_cli.render.chart import Chart
    from custmetrics_cli.render.words import Words


def picture(chart: Chart, words: Words) -> Picture:
    """Return the chart with a row for each label and a column for each series."""
    if chart.kind == "bridge":
        steps = [(Figure(label), _figure(chart, at, at)) for at, label in enumerate(chart.labels)]
        return Picture(chart, Grid((Header(""), Header(words("column.value"), right=True)), steps), words("page.numbers"))
    headers = [Header(chart.axis), *(Header(series.name, right=True) for series in chart.series)]
    rows = [[Figure(label), *(_figure(chart, series, at) for series in range(len(chart.series)))] for at, label in enumerate(chart.labels)]
    if chart.band:
        headers.append(Header(chart.band.name, right=True))
        rows = [[*row, _interval(chart, at, words)] for at, row in enumerate(rows)]
    return Picture(chart, Grid(tuple(headers), [tuple(row) for row in rows]), words("page.numbers"))


def _figure(chart: Chart, series: int, at: int) -> Figure:
    one = chart.series[series]
    unit = "count" if chart.kind == "shares" and one.role != "net" else chart.unit
    return Figure(one.texts[at], one.values[at], unit, chart.currency)


def _interval(chart: Chart, at: int, words: Words) -> Figure:
    low, high = (chart.band.low[at], chart.band.high[at]) if chart.band else (None, None)
    return Figure("" if low is None or high is None else words.interval(low, high, chart.unit))
