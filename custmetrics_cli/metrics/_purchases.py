"""Purchases: what was paid once, by day. A refund is a negative amount."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from custmetrics_cli.metric import WHOLE, Ask, Counts, Harvest, Rows, Source, Told, Total

if TYPE_CHECKING:
    from custmetrics_cli.metrics._mrr_counts import Rates


def _make(source: Source, ask: Ask) -> Sequence[Harvest]:
    """Sums of money by period, group, currency and rate; with ask.named each day of a customer by itself."""
    import narwhals.stable.v2 as nw

    from custmetrics_cli.engine import totalled
    from custmetrics_cli.metrics._calendar import edges, looked_up, numbered
    from custmetrics_cli.metrics._mrr_counts import Rates

    currency = source.currency() if source.money.converts else nw.lit(0)
    rows = source.frame().select("id", "date", "amount", p=source.placed(), cur=currency, t=nw.col("date").cast(nw.Int64))
    dated = looked_up(numbered(rows, ask.periods, k="date"), source.money.cuts, x="date")
    keys = ["k", "x", "cur", "p", *(["id", "t"] if ask.named else [])]
    within = dated.filter(nw.col("k") > 0, nw.col("k") <= len(ask.periods))
    return [Harvest(totalled(within.select(*keys, "amount"), keys, ["amount"]), partial(_unfold, Rates(source.money, edges(ask.periods))))]


def _unfold(rates: Rates, row: Mapping[str, Any]) -> Iterator[tuple[int, int, Counts]]:
    counts = Told(paid=row["amount"] * rates.at(row["cur"], row["x"]))
    counts.facts = (row["t"],) if "t" in row else ()
    for g in (row["p"], WHOLE):
        yield row["k"], g, counts


REVENUE = Rows("purchases", (("purchases",),), _make, reads=("date", "amount"), tells={"date": "day"})
one_off = Total("one_off", "paid for purchases in the period, refunds taken off", REVENUE, "paid", unit="money", parts=100)
