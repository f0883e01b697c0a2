"""Charts of a ledger: movements by period, and the bridge from opening to closing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from custmetrics_cli.render.parts.charts.common import Drawing, labels_of, make_chart, make_series, over_time
from custmetrics_cli.render.parts.moments import Moment
from custmetrics_cli.render.parts.totals import roll_forward

if TYPE_CHECKING:
    from custmetrics_cli.core.formula import Number
    from custmetrics_cli.core.result import Result
    from custmetrics_cli.render.chart import Chart, Series
    from custmetrics_cli.render.words import Words


def movement_name(name: str, result: Result, words: Words) -> str:
    """Return the name of a total in a ledger, without the ending that all of its totals have: new_mrr is new."""
    ledger = [each for each in roll_forward(result) if each in result.totals]
    endings = {each.rpartition("_")[2] for each in ledger}
    short = name.rpartition("_")[0] if len(endings) == 1 and "_" in name else name
    return words.name("totals", name, short.replace("_", " "))


def movements(result: Result, past: Sequence[Moment], drawing: Drawing) -> Chart:
    """Return what was added and taken away in each period, as diverging bars with a net mark."""
    signed = {name: sign for name, sign in roll_forward(result).items() if sign in ("+", "-")}
    start, end = _ends(result)
    series = [
        make_series(
            movement_name(name, result, drawing.words),
            [_signed(moment.totals.get(name), sign) for moment in past],
            result,
            drawing,
            "gain" if sign == "+" else "loss",
        )
        for name, sign in signed.items()
    ]
    net = [_net(moment, start, end) for moment in past]
    series.append(make_series(drawing.words("chart.net"), net, result, drawing, "net"))
    return make_chart(
        "movements",
        result,
        labels_of(past, drawing),
        series,
        drawing,
        **over_time(past, result, drawing),
    )


def _signed(value: Number | None, sign: str) -> Number | None:
    return None if value is None else -value if sign == "-" else value


def _net(moment: Moment, start: str, end: str) -> Number | None:
    first, last = moment.totals.get(start), moment.totals.get(end)
    return None if first is None or last is None else last - first


def _ends(result: Result) -> tuple[str, str]:
    """Return the opening and the closing total of a ledger."""
    signed = roll_forward(result)
    return next(name for name, sign in signed.items() if not sign), next(name for name, sign in signed.items() if sign == "=")


def bridge(result: Result, drawing: Drawing) -> Chart:
    """Return the way from the opening total to the closing one."""
    signed = roll_forward(result)
    start, end = _ends(result)
    steps = [(start, "level"), *((name, "gain" if sign == "+" else "loss") for name, sign in signed.items() if sign in ("+", "-"))]
    steps.append((end, "level"))
    names = [movement_name(name, result, drawing.words) for name, _ in steps]
    series = [_step(at, result.totals[name], role, len(steps), result, drawing) for at, (name, role) in enumerate(steps)]
    chart = make_chart("bridge", result, names, series, drawing)
    return chart._replace(title=f"{chart.title}, {drawing.words.period(result.period.name)}")


def _step(at: int, value: Number, role: str, steps: int, result: Result, drawing: Drawing) -> Series:
    """Return one step of a bridge: a series with one value, at its position."""
    values: list[Number | None] = [None] * steps
    values[at] = -value if role == "loss" else value
    return make_series(role, values, result, drawing, role)
