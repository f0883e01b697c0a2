"""The parts that charts of results share: titles, series, events and summaries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.core.formula import Number
from custmetrics_cli.render.chart import Chart, Mark, Series
from custmetrics_cli.render.parts.moments import Moment

if TYPE_CHECKING:
    import datetime as dt

    from custmetrics_cli.core.result import Result
    from custmetrics_cli.render.words import Words

Events = Mapping["dt.date", str]


class Drawing(NamedTuple):
    """The parts that all charts of a document share."""

    words: Words
    events: Events = MappingProxyType({})
    by: Sequence[str] = ()


def make_chart(kind: str, result: Result, labels: Sequence[str], series: Sequence[Series], drawing: Drawing, **more: object) -> Chart:
    """Return a chart with the title, the unit and the summary of its result."""
    title = drawing.words(f"chart.{kind}", title=chart_title(result, drawing), by=", ".join(drawing.by))
    chart = Chart(kind, title, tuple(labels), tuple(series), result.unit, result.currency or "", language=drawing.words.language)
    return chart._replace(summary=_summary(chart, drawing), **more)  # type: ignore[arg-type]


def chart_title(result: Result, drawing: Drawing) -> str:
    title = drawing.words.name("metrics", result.metric.name, result.metric.title)
    return title if result.definition == "standard" else f"{title} ({result.definition})"


def _summary(chart: Chart, drawing: Drawing) -> str:
    texts = [(label, text) for series in chart.series for label, text in zip(chart.labels, series.texts, strict=True) if text]
    if chart.kind in ("line", "curve", "steps", "fan"):
        texts = texts[: len(chart.labels)]
    if not texts:
        return chart.title
    (first_label, first), (last_label, last) = texts[0], texts[-1]
    return drawing.words("chart.summary", title=chart.title, first=first, first_label=first_label, last=last, last_label=last_label)


def make_series(
    name: str, values: Sequence[Number | None], result: Result, drawing: Drawing, role: str = "value", unit: str = ""
) -> Series:
    unit = unit or result.unit
    texts = tuple("" if value is None else drawing.words.value(value, unit) for value in values)
    return Series(name, tuple(values), texts, role)


def labels_of(past: Sequence[Moment], drawing: Drawing) -> list[str]:
    """Return the names of the periods."""
    return [drawing.words.period(moment.period.name) for moment in past]


def over_time(past: Sequence[Moment], result: Result, drawing: Drawing) -> dict[str, object]:
    """Return the events, the target and the unfinished periods of a chart over time."""
    marks = [
        Mark(at, text) for day, text in drawing.events.items() for at, each in enumerate(past) if each.period.start <= day < each.period.end
    ]
    partial = tuple(at for at, moment in enumerate(past) if not moment.complete)
    return {
        "marks": tuple(marks),
        "partial": partial,
        "partial_text": drawing.words("text.partial"),
        "axis": drawing.words("column.period"),
    }
