"""Customers by their orders up to a day: repeat orders, the day of the last one, and the age.

Orders of one day count once, and a refund is not an order. A customer belongs to the group of the first order. All customers of a
group are fitted together, so an aggregation takes the columns of all rows.
"""

from __future__ import annotations

import datetime as dt
from functools import partial

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.core.data.counts import Aggregation
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.time.calendar import day_number
from custmetrics_cli.engines.query.run import Frame, flag, materialise, sum_by
from custmetrics_cli.metrics.customers.silence import order_days
from custmetrics_cli.metrics.shared.packings import FIRST_DAY
from custmetrics_cli.metrics.shared.periods import with_steps
from custmetrics_cli.metrics.shared.rates import Rates
from custmetrics_cli.metrics.value.order_counts import Window, count_customers

col, lit, long = nw.col, nw.lit, nw.Int64
ROUNDS_MODEL = "bg-bb"
ROUNDS = {"day": (1, 1), "week": (1, 7), "month": (16, 487)}  # rounds per day, as a fraction: a month is 365.25 / 12 days


def customers(view: TableView, scope: Scope, with_money: bool = False) -> list[Aggregation]:
    """Fit the orders of each period's customers up to its end."""
    if scope.options["model"] == ROUNDS_MODEL:
        return _rounds(view, scope)
    found = []
    for number, period in enumerate(scope.periods, 1):
        window = _window(scope, period.end_number - 1)
        rows = _by_customer(view, window)
        money = _spent(view, window) if with_money else None
        if money is not None:
            rows = rows.join(money, on="id", how="left").with_columns(nw.col("amount", "currency", "rate_step").fill_null(0).cast(long))
        rates = Rates(view.money, [-FAR]) if with_money else None
        found.append(Aggregation(rows, partial(count_customers, view, scope, window, number, rates), by="columns"))
    return found


def _window(scope: Scope, last: int) -> Window:
    """Return the days up to which orders are fitted, and up to which they are compared with the model."""
    until = scope.options.get("until")
    known = -FAR if scope.last_known_day is None else scope.last_known_day
    end = day_number(dt.date.fromisoformat(str(until))) if until else min(last, known)
    return Window(end - int(scope.options.get("holdout", 0)), end)


def _by_customer(view: TableView, window: Window) -> Frame:
    """Return id, first, last, orders, later (orders of the days held back), rounds, last_round and group."""
    days = order_days(view).filter(col("day") <= window.compared)
    is_fitted = flag(col("day") <= window.fitted)
    packed = FIRST_DAY.pack(day=col("day"), group=col("group"))
    marked = days.with_columns(
        is_fitted=is_fitted,
        later=1 - is_fitted,
        packed=packed,
        last=nw.when(col("day") <= window.fitted).then(col("day")).otherwise(lit(-FAR)),
    )
    per = marked.group_by("id").agg(col("is_fitted").sum(), col("later").sum(), col("packed").min(), col("last").max())
    first, group = FIRST_DAY.unpack(col("packed"))
    named = per.select("id", first=first, group=group, last=col("last").cast(long), orders=col("is_fitted").cast(long), later="later")
    return materialise(named.filter(col("orders") > 0).with_columns(col("later").cast(long)))


def _rounds(view: TableView, scope: Scope) -> list[Aggregation]:
    """Fit the orders by rounds of equal length: for the model in which a customer orders at most once in each."""
    found = []
    for number, period in enumerate(scope.periods, 1):
        window = _window(scope, period.end_number - 1)
        rows = _with_rounds(view, window, str(scope.options["unit"]))
        found.append(Aggregation(rows, partial(count_customers, view, scope, window, number, None), by="columns"))
    return found


def _with_rounds(view: TableView, window: Window, unit: str) -> Frame:
    """Count the whole rounds since the first order, and those with an order in them.

    last is the last such round, and age the number of rounds.
    """
    customers = _by_customer(view, window)
    per, days = ROUNDS[unit]
    joined = order_days(view).join(customers.select("id", "first"), on="id", how="inner").filter(col("day") <= window.compared)
    numbered = joined.select("id", round=((col("day") - col("first")) * per) // days, age=_age(window.fitted, per, days)).unique()
    fitted = flag((col("round") > 0) & (col("round") <= col("age")))
    later = flag(col("round") > col("age"))
    marked = numbered.with_columns(orders=fitted, later=later, last=fitted * col("round"))
    sums = marked.group_by("id").agg(col("orders").sum(), col("later").sum(), col("last").max(), col("age").max())
    cast = sums.with_columns(nw.col("orders", "later", "last", "age").cast(long))
    return materialise(customers.select("id", "first", "group").join(cast, on="id", how="inner"))


def _age(until: int, per: int, days: int) -> nw.Expr:
    """Return the whole rounds that have passed after the one of the first order."""
    passed = ((lit(until + 1).cast(long) - col("first")) * per) // days
    return nw.when(passed > 1).then(passed - 1).otherwise(lit(0).cast(long))


def _spent(view: TableView, window: Window) -> Frame:
    """Return what each customer paid after the day of the first order, by currency and exchange rate."""
    currency = view.currency() if view.money.converts else lit(0)
    orders = view.frame().filter(col("amount") >= 0, col("date") <= window.fitted)
    rows = orders.select("id", "date", "amount", currency=currency.cast(long))
    first = rows.group_by("id").agg(_first=col("date").min())
    repeats = rows.join(first, on="id", how="inner").filter(col("date") > col("_first"))
    keys = ["id", "currency", "rate_step"]
    stepped = with_steps(repeats, view.money.change_days, rate_step="date").with_columns(col("rate_step").cast(long))
    return sum_by(stepped.select(*keys, "amount"), keys, ["amount"])
