"""A chart in a terminal: a bar of blocks for each value, or of plain characters where a terminal shows nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from custmetrics_cli.render.page import Header, Line, Page, Table

if TYPE_CHECKING:
    from custmetrics_cli.core.formula import Number
    from custmetrics_cli.render.chart import Chart, Series

WIDTH = 40  # characters of the longest bar
EIGHTHS = " \u258f\u258e\u258d\u258c\u258b\u258a\u2589\u2588"


def chart_page(chart: Chart, ascii: bool) -> Page:
    """Return the title, then a bar for each label of each series. A bar starts at zero; losses point left."""
    page: Page = [Line(chart.title, strong=True)]
    named = len(chart.series) > 1 and chart.kind != "bridge"
    sizes = [abs(Fraction(value)) for series in chart.series for value in series.values if value is not None]
    largest = max(sizes, default=Fraction(0))
    for series in [_merged(chart)] if chart.kind == "bridge" else chart.series:
        page += [Line(series.name)] if named else []
        page.append(Table((Header(""), Header("", right=True), Header("")), list(_rows(chart, series, largest, ascii)), boxed=False))
    return [*page, Line()]


def _merged(chart: Chart) -> Series:
    """Return the steps of a bridge as one series."""
    values = tuple(next((value for value in series.values if value is not None), None) for series in chart.series)
    texts = tuple(next((text for text in series.texts if text), "") for series in chart.series)
    return chart.series[0]._replace(values=values, texts=texts)


def _rows(chart: Chart, series: Series, largest: Number, ascii: bool) -> Iterator[tuple[str, ...]]:
    for at, label in enumerate(chart.labels):
        value, partial = series.values[at], at in chart.partial
        mark = f" ({chart.partial_text})" if partial else ""
        yield f"  {label}{mark}", series.texts[at], bar(value, largest, ascii)


def bar(value: Number | None, largest: Number, ascii: bool) -> str:
    """Return a bar whose length is in proportion to the value, with a minus sign before a negative one.

    >>> bar(1, 40, False), bar(-2, 40, True), bar(None, 2, False)
    ('█', '-##', '')
    """
    if value is None or not largest:
        return ""
    eighths = int(abs(Fraction(value)) * WIDTH * 8 // Fraction(largest))
    sign = "-" if value < 0 else ""
    if ascii:
        return sign + "#" * (eighths // 8)
    return (sign + EIGHTHS[8] * (eighths // 8) + EIGHTHS[eighths % 8]).rstrip()
