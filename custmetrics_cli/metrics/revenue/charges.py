"""Recurring charges as subscriptions: charges of one customer and amount that follow each other by a month or a year.

A charge fits if the same customer was charged the same amount a month (26 to 35 days) or a year (358 to 372 days) before or after. It
lasts until the charge after it. The last one lasts a month (31 days) or a year (366 days), or until a charge of another amount that
follows by a month or a year: a change of price.
Further columns: interval, months from a charge to the next; before and after, the days of the charges around it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, cast

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.core.data.counts import WHOLE, Aggregation
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import Made, TableView
from custmetrics_cli.engines.query.run import Frame, flag, materialise, sum_by
from custmetrics_cli.metrics.revenue.ledger.frames import ledger as ledger_of_spans
from custmetrics_cli.metrics.shared.counting import Counted, Row
from custmetrics_cli.metrics.shared.periods import with_periods

col, lit, long = nw.col, nw.lit, nw.Int64
MONTH, YEAR = (26, 35), (358, 372)  # the fewest and the most days between two charges
LASTS = {1: 31, 12: 366}  # days of the last charge, by months
COLUMNS = ("started_at", "ended_at", "monthly")


class Charges:
    """The view of purchases with its recurring charges as rows of subscriptions."""

    def __init__(self, view: TableView) -> None:
        self._view = view

    def __getattr__(self, name: str) -> Any:
        return getattr(self._view, name)

    def frame(self, table: str = "") -> Frame:
        return self._view.once("recurring charges", lambda: materialise(_as_subscriptions(_fitting(self._view))))

    def can_answer(self, column: str) -> bool:
        return column in COLUMNS

    def is_read(self, column: str) -> bool:
        return column in COLUMNS

    def once(self, key: Any, make: Callable[[], Made]) -> Made:
        return self._view.once(("of charges", key), make)


def ledger(view: TableView, scope: Scope) -> list[Aggregation]:
    """Return MRR and its movements from recurring charges. A gap between charges ends them."""
    return ledger_of_spans(cast("TableView", Charges(view)), scope._replace(gap=0))


def fit(view: TableView, scope: Scope) -> list[Aggregation]:
    """Count charges, and those that recur, up to the end of each period."""
    dated = with_periods(_fitting(view), scope.periods, period="date").filter(col("period") <= len(scope.periods))
    ready = dated.with_columns(row_group=view.group_column().cast(long), count=lit(1).cast(long), recurring=flag(col("interval") > 0))
    keys, sums = ["period", "row_group", *(["id"] if scope.with_ids else [])], ["count", "recurring"]
    return [Aggregation(sum_by(ready.select(*keys, *sums), keys, sums), partial(_count))]


def _count(row: Row) -> Counted:
    for group in (row["row_group"], WHOLE):
        yield row["period"], group, {"charges": row["count"], "recurring_charges": row["recurring"]}


def _fitting(view: TableView) -> Frame:
    """Return all charges with their interval, 0 for one that does not recur."""
    return view.once("charges", lambda: materialise(_with_interval(view)))


def _with_interval(view: TableView) -> Frame:
    rows = view.frame().filter(col("amount") > 0)
    currency = view.currency().cast(long) if view.money.converts else lit(0).cast(long)
    rows = rows.with_columns(col("date").cast(long), money=currency)
    keys = ["id", "amount", "money"]
    days = rows.select(*keys, "date").unique()
    around = {name: col("date").shift(step).over(*keys, order_by="date").fill_null(missing).cast(long) for name, step, missing in STEPS}
    spaced = days.with_columns(**around)
    ahead, back = _months("date", "after"), _months("before", "date")
    marked = spaced.with_columns(ahead=ahead, interval=nw.when(ahead > 0).then(ahead).otherwise(back))
    return rows.join(materialise(marked), on=[*keys, "date"], how="inner")


STEPS = (("before", 1, -FAR), ("after", -1, FAR))


def _months(first: str, second: str) -> nw.Expr:
    """Return 1 or 12 for days that are a month or a year apart, else 0."""
    days = col(second) - col(first)
    return flag(days.is_between(*MONTH)) + 12 * flag(days.is_between(*YEAR))


def _as_subscriptions(charges: Frame) -> Frame:
    """Return the recurring charges with started_at, ended_at and monthly."""
    rows = charges.filter(col("interval") > 0)
    monthly = nw.when(col("interval") == 12).then((col("amount") + 6) // 12).otherwise(col("amount"))
    lasts = nw.when(col("interval") == 12).then(lit(LASTS[12])).otherwise(lit(LASTS[1]))
    own_end = nw.when(col("ahead") > 0).then(col("after")).otherwise(col("date") + lasts)
    joined = rows.with_columns(own_end=own_end.cast(long)).join(_changes(rows), on=["id", "date", "amount"], how="left")
    end = nw.coalesce(col("changed"), col("own_end")).cast(nw.Int32)
    return joined.with_columns(started_at=col("date").cast(nw.Int32), ended_at=end, monthly=monthly.cast(long))


def _changes(rows: Frame) -> Frame:
    """Return the last charges that a first charge of another amount follows by a month or a year, and its day."""
    firsts = rows.filter(_months("before", "date") == 0).select("id", begins="date", other="amount").unique()
    lasts = rows.filter(col("ahead") == 0).select("id", "date", "amount", "interval").unique()
    both = lasts.join(firsts, on="id", how="inner").filter(col("other") != col("amount"))
    following = both.filter(_months("date", "begins") == col("interval"))
    return following.group_by("id", "date", "amount").agg(changed=col("begins").min())
