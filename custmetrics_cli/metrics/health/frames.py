"""Customers with their signals on a day, and on past days together with those who left in the 90 days after it."""

from __future__ import annotations

from functools import partial

import narwhals.stable.v2 as nw

from custmetrics_cli.core.data.counts import Aggregation
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.engines.query.run import Frame, collect, flag, materialise, sum_by
from custmetrics_cli.metrics.customers.stints import make_stints
from custmetrics_cli.metrics.health.days import day_of_state, first_open_day, last_day
from custmetrics_cli.metrics.health.records import History, Observed
from custmetrics_cli.metrics.health.scores import count_customers
from custmetrics_cli.metrics.health.signals import NAMES, NONE, first_use, with_answers, with_money, with_status, with_use
from custmetrics_cli.metrics.survival.frames import single_spans

col, lit, long = nw.col, nw.lit, nw.Int64
OUTCOME, STEP, MOST = 90, 30, 12  # days in which customers leave; days between observations, and their number
MONTH = 30  # days of an age
PEAK, FEWEST_AT_AGE = 1.5, 50  # a risky age: its hazard by that of all; customers seen at it


def customers(view: TableView, scope: Scope) -> list[Aggregation]:
    """Return the customers at the end of each period, with their signals."""
    stints = materialise(single_spans(make_stints(view, scope._replace(with_ids=True))))
    found = []
    for number, period in enumerate(scope.periods, 1):
        day, settled = day_of_state(scope, period), first_open_day(scope)
        is_now = day > last_day(scope)
        history = view.once(("health", day, scope.gap), partial(_history, view, stints, min(day, settled)))
        state = materialise(_state(view, stints, day, is_now))
        found.append(Aggregation(state, partial(count_customers, view, scope, history, day, number), "columns"))
    return found


def _state(view: TableView, stints: Frame, day: int, is_now: bool) -> Frame:
    """Return a row for each customer on a day: id, group, start, the flags and what they come from."""
    here = stints.filter(col("start") < day, col("end") >= day).select("id", "group", "start", "end")
    aged = _with_age(here, stints, day)
    return with_use(with_status(with_money(with_answers(aged, view, day), view, day), view, day, is_now), view, day)


def _with_age(here: Frame, stints: Frame, day: int) -> Frame:
    """Add the flag risky_age: many customers left at the age that this customer reaches in the next three months."""
    ages = risky_ages(stints, day)
    months = (lit(day) - col("start").cast(long)) // MONTH
    soon = sorted({age - ahead for age in ages for ahead in range(OUTCOME // MONTH) if age >= ahead})
    marked = here.with_columns(age=months)
    if ages is not None and soon:
        return marked.with_columns(risky_age=flag(col("age").is_in(soon)))
    return marked.with_columns(risky_age=lit(0 if ages else NONE).cast(long))


def risky_ages(stints: Frame, day: int) -> list[int]:
    """Return the ages in months whose hazard was high, by what was known before a day."""
    seen = stints.filter(col("start") < day).with_columns(ended=flag(col("end") < day), count=lit(1).cast(long))
    until = nw.when(col("end") < day).then(col("end").cast(long)).otherwise(lit(day).cast(long))
    aged = seen.with_columns(age=(until - col("start").cast(long)) // MONTH)
    rows = collect(sum_by(aged.select("age", "ended", "count"), ["age", "ended"], ["count"]))
    counted = sorted((row["age"], row["ended"], row["count"]) for row in rows)
    at_risk, hazards = sum(count for *_, count in counted), {}
    for age in range(max((row[0] for row in counted), default=-1) + 1):
        here = [(ended, count) for at, ended, count in counted if at == age]
        left = sum(count for ended, count in here if ended)
        hazards[age] = (left, at_risk)
        at_risk -= sum(count for _, count in here)
    everybody, months = sum(left for left, _ in hazards.values()), sum(count for _, count in hazards.values())
    if not everybody:
        return []
    return [age for age, (left, of) in hazards.items() if of >= FEWEST_AT_AGE and left * months > PEAK * everybody * of]


def _history(view: TableView, stints: Frame, day: int) -> History:
    """Observe customers on earlier days, at least 90 days before `day`, and count those who left in the 90 days after it."""
    first = view.first_day(view.tables[0])
    days = [day - OUTCOME - STEP * number for number in range(MOST)]
    observed = [_observe(view, stints, each) for each in days if first is not None and each > first + OUTCOME]
    return History(tuple(reversed(observed)), STEP, OUTCOME, first_use(view))


def _observe(view: TableView, stints: Frame, day: int) -> Observed:
    state = _state(view, stints, day, is_now=False)
    names = [*NAMES, "naive"]
    marked = state.with_columns(left=flag(col("end") < day + OUTCOME), count=lit(1).cast(long))
    rows = collect(sum_by(marked.select(*names, "left", "count"), [*names, "left"], ["count"]))
    counts: dict[tuple[int, ...], tuple[int, int]] = {}
    for row in rows:
        flags = tuple(int(row[name]) for name in names)
        stayed, left = counts.get(flags, (0, 0))
        more = int(row["count"])
        counts[flags] = (stayed, left + more) if row["left"] else (stayed + more, left)
    return Observed(day, counts)
