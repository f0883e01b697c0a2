"""The forecast of one period and group, from its counted months."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from statistics import fmean
from typing import Any, NamedTuple

from custmetrics_cli.columns import MONEY_PARTS
from custmetrics_cli.core.data.counts import Counts, CountsByPeriod
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.fitted import Fitted, exact, rounded
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.exhibits import Curve, Point, Table, TableRow
from custmetrics_cli.core.time.calendar import after
from custmetrics_cli.core.time.period import Period
from custmetrics_cli.core.words import plural
from custmetrics_cli.metrics.forecast.months import months_of
from custmetrics_cli.stats.intervals import Interval
from custmetrics_cli.stats.models import forecast as models

PARTS = {"mrr": MONEY_PARTS, "customers": 1, "revenue": MONEY_PARTS}
CHURNED = {"mrr": "churned", "customers": "lost"}
SHOWN = 24  # months of the past in the chart
DISTANCES = (1, 3, 6, 12)
METHOD = "past errors"
NOT_POSITIVE = "the last months have no {subject} to go on from"


class Goal(NamedTuple):
    """A level to reach by the end of a month."""

    least: Fraction
    month: dt.date


def forecast(view: TableView, scope: Scope, counts: CountsByPeriod, period: int, subject: str) -> Fitted:
    """Return the level or flow in the last of the next months, with the way to it."""
    months = [month for month in months_of(view, scope, subject) if month.end <= scope.periods[period - 1].end]
    facts: dict[str, Any] = {"name": "forecast", "unit": "month", "customers": 0, "months": len(months)}
    if len(months) < models.FEWEST:
        return Fitted(f"{plural(len(months), 'month')} of data are too few for a forecast: it needs {models.FEWEST}", facts=facts)
    history = _history(counts.during(period), len(months), subject)
    if history.values[-1] <= 0:
        return Fitted(NOT_POSITIVE.format(subject=subject), facts=facts)
    ahead = int(scope.options["months"])
    made = models.forecast(history, ahead, str(scope.options.get("method", "")))
    return _fitted(made, history, months, subject, facts, _goal(scope))


def _history(found: Counts, months: int, subject: str) -> models.History:
    """Return the values by month, in units of the answer."""
    part = PARTS[subject]

    def value(month: int, name: str) -> float:
        return float(Fraction(found.get((month, name), 0)) / part)

    if subject == "revenue":
        return models.History(tuple(value(month, "paid") for month in range(1, months + 1)))
    level, levels = value(0, "net"), []
    for month in range(1, months + 1):
        level += value(month, "net")
        levels.append(level)
    churned = tuple(value(month, CHURNED[subject]) for month in range(2, months + 1))
    gains = tuple(now - before + lost for before, now, lost in zip(levels[:-1], levels[1:], churned, strict=True))
    return models.History(tuple(levels), gains, churned)


def _fitted(
    made: models.Forecast, history: models.History, months: list[Period], subject: str, facts: dict[str, Any], goal: Goal | None
) -> Fitted:
    following, start = [], months[-1].end
    for _ in made.values:
        following.append(Period(start, after(start, "month")))
        start = following[-1].end
    unit = "count" if subject == "customers" else "money"
    last = Interval(rounded(made.low[-1]), rounded(made.high[-1]), METHOD, models.LEVEL)
    lines = [_method_line(made, len(months)), *_goal_lines(made, following, goal, subject)]
    forecasts = [
        {"month": month.name, "value": rounded(value), "low": rounded(low), "high": rounded(high)}
        for month, value, low, high in zip(following, made.values, made.low, made.high, strict=True)
    ]
    errors = {name: rounded(models.mean_error(each)) for name, each in made.errors.items()}
    facts |= {"name": made.method, "forecast": forecasts, "mean_errors": errors}
    return Fitted(
        numbers={"forecast": _shown(made.values[-1], subject)},
        units={"forecast": unit},
        facts=facts,
        interval=last,
        exhibits=(_fan(made, history, months, following, subject), _backtest(made)),
        lines=tuple(lines),
    )


def _shown(value: float, subject: str) -> Fraction:
    return exact(round(value)) if subject == "customers" else exact(value)


def _fan(made: models.Forecast, history: models.History, months: list[Period], following: list[Period], subject: str) -> Curve:
    """Return the last months and the forecast with its intervals. A page lists the forecast."""
    past = [Point(month, _shown(value, subject)) for month, value in zip(months, history.values, strict=True)][-SHOWN:]
    ahead = [
        Point(month, _shown(value, subject), Interval(rounded(low), rounded(high), METHOD, models.LEVEL))
        for month, value, low, high in zip(following, made.values, made.low, made.high, strict=True)
    ]
    unit = "count" if subject == "customers" else "money"
    return Curve("forecast", (*past, *ahead), unit, "month", tuple(range(len(past), len(past) + len(ahead))))


def _backtest(made: models.Forecast) -> Table:
    """Return the mean absolute error of each method at some distances, as shares of the level at the origin."""
    known = [each for each in DISTANCES if each <= max(error.distance for error in made.errors[made.method])]
    best = sorted(made.errors, key=lambda name: (name != made.method, models.mean_error(made.errors[name])))
    rows = tuple(
        TableRow(name, len(made.errors[name]), tuple(_mean_at(made.errors[name], distance) for distance in known)) for name in best
    )
    return Table("error of past forecasts", tuple(f"{plural(each, 'month')} ahead" for each in known), rows, "ratio")


def _mean_at(errors: tuple[models.Error, ...], distance: int) -> Fraction | None:
    same = [abs(each.error) for each in errors if each.distance == distance]
    return exact(fmean(same)) if same else None


def _method_line(made: models.Forecast, months: int) -> str:
    return f"method {made.method}: the smallest mean error in the past; fitted to {months} months; 80 % intervals from its own errors"


def _goal(scope: Scope) -> Goal | None:
    text = scope.options.get("goal")
    if not text:
        return None
    least, month = str(text).split(" by ")
    return Goal(Fraction(least), dt.date.fromisoformat(f"{month}-01"))


def _goal_lines(made: models.Forecast, following: list[Period], goal: Goal | None, subject: str) -> list[str]:
    """Return how likely a goal is."""
    if goal is None:
        return []
    distance = next((number for number, month in enumerate(following, 1) if month.start == goal.month), None)
    if distance is None:
        return [f"goal: {goal.month:%Y-%m} is not one of the forecast months"]
    chance = made.chance(distance, float(goal.least))
    return [f"goal: {subject} of at least {float(goal.least):,.0f} by {goal.month:%Y-%m}: {100 * chance:.0f} % likely"]
