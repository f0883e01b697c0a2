"""What looks wrong in stints without being an error: counted in a warning, listed by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from custmetrics_cli.columns import FAR
from custmetrics_cli.core.data.dataset import DataWarning, Scope
from custmetrics_cli.core.data.table_view import TableView

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

    from custmetrics_cli.metrics.customers.stints import Stints


def _stints(view: TableView, scope: Scope) -> Stints | None:
    """None for subscriptions: their items run side by side."""
    from custmetrics_cli.metrics.customers.stints import stints

    if view.tables != ("customers",):
        return None
    return stints(view, scope)


def _repeated(view: TableView, scope: Scope) -> nw.LazyFrame[Any] | None:
    """One row per span that stands too often: the same customer, the same first and last day."""
    import narwhals.stable.v2 as nw

    found, twice = _stints(view, scope), _overlapping(view, scope)
    if found is None or twice is None:
        return None
    rows = found.again.join(twice.select("id"), on="id", how="semi")
    spans = rows.group_by("id", "s", "e").agg(n=nw.len()).filter(nw.col("n") > 1)
    return spans.select("id", started_at="s", ended_at="e", n=nw.col("n").cast(nw.Int64) - 1)


def _overlapping(view: TableView, scope: Scope) -> nw.LazyFrame[Any] | None:
    """One row per customer whose rows together serve more days than the stints made of them."""
    found = _stints(view, scope)
    return None if found is None else view.once(("overlapping", scope.gap, scope.with_ids), lambda: _served_twice(found.events))


def _served_twice(events: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    import narwhals.stable.v2 as nw

    from custmetrics_cli.engines.query.run import materialise, sum_by

    day = nw.col("day").cast(nw.Int64)
    sums = sum_by(events.select("id", days=day * (nw.col("delta") - nw.col("d"))), ["id"], ["days"])
    return materialise(sums.filter(nw.col("days") != 0).select("id", n=nw.lit(1)))


def _alike(view: TableView, scope: Scope) -> nw.LazyFrame[Any] | None:
    """One row per customer, days and price that stand too often among the rows that serve in the periods."""
    import narwhals.stable.v2 as nw

    from custmetrics_cli.engines.query.repeats import possible_duplicates

    first, last = scope.periods[0].start_number, scope.periods[-1].end_number
    rows = view.frame().filter(nw.col("started_at") < last, nw.col("ended_at") >= first, nw.col("monthly") > 0)
    same = ("id", "started_at", "ended_at", "monthly")
    spans = possible_duplicates(rows, same).group_by(*same).agg(n=nw.len()).filter(nw.col("n") > 1)
    return spans.select("id", "started_at", "ended_at", n=nw.col("n").cast(nw.Int64) - 1)


def _day_after(view: TableView, scope: Scope) -> nw.LazyFrame[Any] | None:
    """Stints that begin the day after another one of the customer ended, where rows that begin on the very day are fewer."""
    import narwhals.stable.v2 as nw

    from custmetrics_cli.engines.query.run import materialise, total

    found = _stints(view, scope)
    if found is None:
        return None
    day, d, delta, one = nw.col("day"), nw.col("d"), nw.col("delta"), nw.lit(1)
    again = found.events.filter(delta == 1, nw.col("first") == 0).select("id", "day", n=one)
    ended = found.events.filter(delta == -1).select("id", day=day + 1)
    late = materialise(again.join(ended, on=["id", "day"], how="semi"))
    many = total(late, "n")
    if many < FEWEST or many <= total(found.events.filter(d == 1, delta == 0), "d"):
        return None
    return late.select("id", "n", started_at="day")


def _unclear(view: TableView, scope: Scope) -> nw.LazyFrame[Any] | None:
    """One row per row of who left for a reason that says neither a decision nor a payment."""
    import narwhals.stable.v2 as nw

    from custmetrics_cli.metrics.customers.reasons import kind

    if not view.can_answer("reason"):
        return None
    unclear = view.frame().filter(view.matches("reason", lambda word: bool(word) and kind(word) == 0))
    return unclear.select("id", "started_at", "ended_at", n=nw.lit(1)).filter(nw.col("ended_at") < FAR)


def _disagreement(view: TableView, scope: Scope) -> nw.LazyFrame[Any] | None:
    """Customers at the closing by one table who are not by the other."""
    import narwhals.stable.v2 as nw

    if not (view.has_table("customers") and view.has_table("subscriptions")):
        return None
    end = scope.periods[-1].end_number

    def there(table: str) -> nw.LazyFrame[Any]:
        frame = view.frame(table)
        return frame.filter(nw.col("started_at") < end, nw.col("ended_at") >= end).select("id").unique()

    one, other = there("customers"), there("subscriptions")
    odd = nw.concat([one.join(other, on="id", how="anti"), other.join(one, on="id", how="anti")])
    return odd.select("id", n=nw.lit(1))


FEWEST = 5  # rows that start the day after another ended: fewer may be chance
REPEATED = DataWarning("repeated", "W301", "{n} rows repeat the customer, first and last day of another row; they count once", _repeated)
ALIKE = DataWarning(
    "alike",
    "W305",
    "{n} rows repeat the customer, first and last day and price of another row; each counts: take them out if they are copies",
    _alike,
)
OVERLAPPING = DataWarning(
    "overlapping",
    "W302",
    "{n} customers have rows that run at the same time; together they count as one stint",
    _overlapping,
)
DAY_AFTER = DataWarning(
    "day_after",
    "W204",
    "{n} rows start the day after another row of the same customer ended, so each counts as lost and back; "
    "if ended_at is the last day served, say --ends inclusive",
    _day_after,
)
UNCLEAR = DataWarning(
    "unclear",
    "W304",
    "{n} rows end for a reason that says neither a decision nor a payment; they are neither voluntary nor involuntary",
    _unclear,
    for_totals=("voluntary", "involuntary"),
)
DISAGREEMENT = DataWarning(
    "disagreement",
    "W303",
    "customers and subscriptions disagree on {n} customers at the end of the period; customer metrics use customers",
    _disagreement,
)
