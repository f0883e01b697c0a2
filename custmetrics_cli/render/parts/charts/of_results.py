"""The charts of the results of one metric."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from custmetrics_cli.core import exhibits
from custmetrics_cli.core.time.period import Period
from custmetrics_cli.render.chart import Band, Chart, Series
from custmetrics_cli.render.parts.charts import ledgers
from custmetrics_cli.render.parts.charts.common import Drawing, chart_title, labels_of, make_chart, make_series, over_time
from custmetrics_cli.render.parts.exhibits import position_text
from custmetrics_cli.render.parts.groups import group_cells
from custmetrics_cli.render.parts.moments import Moment, moments
from custmetrics_cli.render.parts.totals import roll_forward

if TYPE_CHECKING:
    from custmetrics_cli.core.result import Result

MOST_GROUPS = 12  # bars of one chart
MOST_LINES = 6


def charts_of(results: Sequence[Result], drawing: Drawing) -> Iterator[Chart]:
    """Yield the charts of the results of one metric in one definition."""
    groups: dict[tuple[str | None, ...], list[Result]] = {}
    for result in results:
        groups.setdefault(tuple(result.group.values()), []).append(result)
    if len(groups) > 1:
        yield from _charts_by_group(list(groups.values()), drawing)
        return
    past = moments(results)
    known = [moment for moment in past if moment.value is not None]
    ledger = roll_forward(results[-1])
    if len(known) > 1:
        shares = results[-1].metric.definitions[results[-1].definition].shares
        yield _line(results[-1], past, drawing)
        yield from ([ledgers.movements(results[-1], past, drawing)] if ledger else [])
        yield from ([_shares(results[-1], shares, past, drawing)] if shares else [])
    if ledger and results[-1].value is not None:
        yield ledgers.bridge(results[-1], drawing)
    for result in results[-1:]:
        yield from (_curve(result, curve, drawing) for curve in result.curves)


def _line(result: Result, past: Sequence[Moment], drawing: Drawing) -> Chart:
    """Return the values by period, with the interval as a band and the target as a line."""
    values = make_series(chart_title(result, drawing), [moment.value for moment in past], result, drawing)
    intervals = [moment.interval for moment in past]
    more = over_time(past, result, drawing)
    if any(intervals):
        low, high = (tuple(getattr(each, end) if each else None for each in intervals) for end in ("low", "high"))
        more["band"] = Band(drawing.words("chart.interval"), low, high)
    if result.target and result.target.limit is not None:
        more |= {"target": result.target.limit, "target_text": drawing.words("chart.target", target=result.target.text)}
    return make_chart("line", result, labels_of(past, drawing), [values], drawing, **more)


def _shares(result: Result, names: Sequence[str], past: Sequence[Moment], drawing: Drawing) -> Chart:
    """Return the totals that divide a whole, as stacked shares, with the value as text."""
    series = [
        make_series(
            drawing.words.name("totals", name, name.replace("_", " ")),
            [moment.totals.get(name) for moment in past],
            result,
            drawing,
            unit="count",
        )
        for name in names
    ]
    net = make_series(chart_title(result, drawing), [moment.value for moment in past], result, drawing, "net")
    labels = labels_of(past, drawing)
    return make_chart("shares", result, labels, [*series, net], drawing, **over_time(past, result, drawing))


def _curve(result: Result, curve: exhibits.Curve, drawing: Drawing) -> Chart:
    """Return a curve along a scale: a line or steps, with its band."""
    texts = [position_text(point) for point in curve.points]
    values = Series(curve.name, tuple(p.value for p in curve.points), tuple(drawing.words.value(p.value, curve.unit) for p in curve.points))
    positions = tuple(point.at for point in curve.points if not isinstance(point.at, Period))
    kind = "curve" if len(positions) == len(curve.points) else "line"
    chart = make_chart(kind, result, texts, [values], drawing, axis=curve.axis, positions=positions if kind == "curve" else ())
    chart = chart._replace(unit=curve.unit, title=f"{chart.title}: {curve.name}")
    if any(point.interval for point in curve.points):
        low, high = (tuple(getattr(p.interval, end) if p.interval else None for p in curve.points) for end in ("low", "high"))
        chart = chart._replace(band=Band(drawing.words("chart.interval"), low, high))
    return chart


def _charts_by_group(groups: Sequence[Sequence[Result]], drawing: Drawing) -> Iterator[Chart]:
    """Yield bars of the groups, the largest first; lines, if there are several periods."""
    known = [group for group in groups if group[-1].value is not None]
    largest = sorted(known, key=lambda group: -(group[-1].value or 0))
    if not largest:
        return
    first = largest[0]
    if len(first) > 1:
        shown = largest[:MOST_LINES]
        series = [make_series(_group_name(group[-1]), [each.value for each in group], group[-1], drawing) for group in shown]
        past = moments(first)
        yield make_chart(
            "line",
            first[-1],
            labels_of(past, drawing),
            series,
            drawing,
            **over_time(past, first[-1], drawing),
        )
        return
    shown = largest[:MOST_GROUPS]
    values = make_series(chart_title(first[-1], drawing), [group[-1].value for group in shown], first[-1], drawing)
    yield make_chart("bars", first[-1], [_group_name(group[-1]) for group in shown], [values], drawing)


def _group_name(result: Result) -> str:
    return ", ".join(group_cells(result, tuple(result.group) or (("",) if result.folded else ())))
