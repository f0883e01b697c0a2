"""Native charts: the data is written to the sheet, and the chart beside it refers to the cells."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any

from custmetrics_cli.render.draw.charts import palette
from custmetrics_cli.render.draw.charts.flows import colours
from custmetrics_cli.render.draw.xlsx.styles import cell
from custmetrics_cli.render.text import safe

if TYPE_CHECKING:
    from custmetrics_cli.render.chart import Chart, Series
    from custmetrics_cli.render.draw.xlsx.sheet import Sheet

KINDS = {
    "line": {"type": "line"},
    "curve": {"type": "scatter", "subtype": "straight"},
    "steps": {"type": "scatter", "subtype": "straight"},
    "fan": {"type": "scatter", "subtype": "straight"},
    "spark": {"type": "line"},
    "movements": {"type": "column", "subtype": "stacked"},
    "bridge": {"type": "bar", "subtype": "stacked"},
    "shares": {"type": "column", "subtype": "percent_stacked"},
    "bars": {"type": "bar"},
    "heat": {"type": "bar"},
    "dots": {"type": "bar"},
}
BARS = ("bridge", "bars", "heat", "dots")
SIZE = {"width": 560, "height": 300}


def add_chart(sheet: Sheet, chart: Chart) -> int:
    """Write the data at the next row and the chart beside it. Return the number of rows of the data."""
    for at, label in enumerate(chart.labels):
        sheet.text(sheet.row + 1 + at, 0, label)
    drawn, columns = _bridge(sheet, chart) if chart.kind == "bridge" else _drawn(sheet, chart)
    _finish(drawn, chart)
    options = {"description": safe(chart.summary or chart.title), "object_position": 1}
    sheet.sheet.insert_chart(sheet.row, columns + 2, drawn, options)
    return len(chart.labels) + 2


def _drawn(sheet: Sheet, chart: Chart) -> tuple[Any, int]:
    """Return the chart with a series for each column, and the number of columns."""
    drawn, net = sheet.book.add_chart(KINDS[chart.kind]), None
    colors = [palette.ACCENT] if chart.kind == "bars" else _colors(chart)
    for column, (series, color) in enumerate(zip(chart.series, colors, strict=False), 1):
        _write(sheet, column, safe(series.name), series.values, chart, series)
        if series.role != "net":
            drawn.add_series(_series(sheet, chart, column, color))
        elif chart.kind != "shares":  # the score of stacked shares has its own scale, so it is not drawn
            net = _net(sheet, chart, column, color)
    if net is not None:
        drawn.combine(net)
    if not chart.band or chart.numeric:
        return drawn, len(chart.series)
    area = _band(sheet, chart, len(chart.series) + 1)
    area.combine(drawn)
    return area, len(chart.series) + 2


def _bridge(sheet: Sheet, chart: Chart) -> tuple[Any, int]:
    """Return bars that float from the end of the one before, on an invisible base."""
    values = [next(value for value in series.values if value is not None) for series in chart.series]
    reached, bases = values[0], [0 * values[0]]
    for value in values[1:-1]:
        bases.append(min(reached, reached + value))
        reached += value
    bases.append(0 * values[0])
    columns: list[tuple[str, list[Any]]]
    columns = [(chart.title, values), ("base", bases), ("step", [abs(value) for value in values])]
    for column, (name, numbers) in enumerate(columns, 1):
        _write(sheet, column, safe(name), tuple(numbers), chart, chart.series[0])
    drawn = sheet.book.add_chart(KINDS["bridge"])
    drawn.add_series({**_series(sheet, chart, 2, palette.PAPER), "fill": {"none": True}})
    points = [{"fill": {"color": color}} for color in colours(chart)]
    drawn.add_series({**_series(sheet, chart, 3, palette.ACCENT), "points": points})
    return drawn, 3


def _colors(chart: Chart) -> list[str]:
    if chart.kind == "shares":
        middle = [palette.MIDDLE] * (len(chart.series) - 3)
        return [palette.GAINS[0], *middle, palette.LOSSES[0], palette.INK]
    return colours(chart)


def _write(sheet: Sheet, column: int, name: str, values: tuple[Any, ...], chart: Chart, series: Series) -> None:
    unit = "count" if chart.kind == "shares" and series.role != "net" else chart.unit
    sheet.text(sheet.row, column, name, sheet.styles.header)
    for at, value in enumerate(values):
        if value is not None and isfinite(value):
            number = cell(value, unit, chart.currency)
            sheet.sheet.write_number(sheet.row + 1 + at, column, number.number, sheet.styles(num_format=number.format))


def _range(sheet: Sheet, chart: Chart, column: int) -> list[Any]:
    return [sheet.name, sheet.row + 1, column, sheet.row + len(chart.labels), column]


def _series(sheet: Sheet, chart: Chart, column: int, color: str) -> dict[str, Any]:
    series: dict[str, Any] = {
        "name": [sheet.name, sheet.row, column],
        "categories": _range(sheet, chart, 0),
        "values": _range(sheet, chart, column),
    }
    if chart.kind in ("line", "curve", "steps", "fan", "spark"):
        return series | {"line": {"color": color, "width": 2}, "marker": {"type": "none"}}
    return series | {"fill": {"color": color}, "gap": 60}


def _net(sheet: Sheet, chart: Chart, column: int, color: str) -> Any:
    """Return a line chart that shows only its marks."""
    line = sheet.book.add_chart({"type": "line"})
    mark = {"type": "long_dash", "size": 12, "border": {"color": color}, "fill": {"color": color}}
    line.add_series({**_series(sheet, chart, column, color), "line": {"none": True}, "marker": mark})
    return line


def _band(sheet: Sheet, chart: Chart, column: int) -> Any:
    """Write the lower end and the width of the band, and return a stacked area of them for below the line."""
    assert chart.band
    ends = list(zip(chart.band.low, chart.band.high, strict=True))
    widths = tuple(None if low is None or high is None else high - low for low, high in ends)
    area = sheet.book.add_chart({"type": "area", "subtype": "stacked"})
    for at, (name, values) in enumerate((("low", chart.band.low), (safe(chart.band.name), widths))):
        _write(sheet, column + at, name, values, chart, chart.series[0])
        style = {"fill": {"color": palette.BAND} if at else {"none": True}, "line": {"none": True}, "border": {"none": True}}
        area.add_series({**_series(sheet, chart, column + at, palette.BAND), **style})
    return area


def _finish(drawn: Any, chart: Chart) -> None:
    """Set the title, size, legend and axes. A bar chart has its labels from top to bottom."""
    drawn.set_title({"name": safe(chart.title)[:200], "name_font": {"size": 12}})
    drawn.set_size(SIZE)
    drawn.set_chartarea({"border": {"none": True}})
    alone = chart.kind in BARS or (len(chart.series) == 1 and not chart.band)
    hidden = {"delete_series": [0]} if chart.band and not chart.numeric else {}
    drawn.set_legend({"none": True} if alone else {"position": "bottom", **hidden})
    values: dict[str, Any] = {"major_gridlines": {"visible": True, "line": {"color": palette.GRID}}, "line": {"none": True}}
    if chart.unit == "ratio" and chart.kind != "shares":
        values["num_format"] = "0%"
    labels: dict[str, Any] = {} if chart.numeric else {"label_position": "low"}
    drawn.set_x_axis(values if chart.kind in BARS else labels)
    drawn.set_y_axis({"reverse": True} if chart.kind in BARS else values)
