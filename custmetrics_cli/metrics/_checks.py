"""What looks wrong in stints without being an error: counted in a warning, listed by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from custmetrics_cli.metric import Ask, Check, Source

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw


def _spans(source: Source, ask: Ask) -> nw.LazyFrame[Any] | None:
    """Spans of customers with several rows, and the number n of rows that have each. Not of subscriptions: items run together."""
    import narwhals.stable.v2 as nw

    from custmetrics_cli.engine import keep
    from custmetrics_cli.metrics._stints import stints

    if source.tables != ("customers",):
        return None
    again = source.once(("stints", ask.gap, ask.named), lambda: stints(source, ask)).again
    return source.once(("spans", ask.named), lambda: keep(again.group_by("id", "s", "e").agg(n=nw.len())))


def _repeated(source: Source, ask: Ask) -> nw.LazyFrame[Any] | None:
    """One row per span that stands too often."""
    import narwhals.stable.v2 as nw

    spans = _spans(source, ask)
    if spans is None:
        return None
    return spans.filter(nw.col("n") > 1).select("id", started_at="s", ended_at="e", n=nw.col("n").cast(nw.Int64) - 1)


def _overlapping(source: Source, ask: Ask) -> nw.LazyFrame[Any] | None:
    """One row per stint that begins before an earlier one of the same customer has ended; repeated rows count once."""
    import narwhals.stable.v2 as nw

    from custmetrics_cli.metrics._stints import reaching

    spans = _spans(source, ask)
    if spans is None:
        return None
    late = reaching(spans).filter(nw.col("s") < nw.col("before"))
    return late.select("id", started_at="s", ended_at="e", n=nw.lit(1))


def _disagreement(source: Source, ask: Ask) -> nw.LazyFrame[Any] | None:
    """Customers at the closing by one table who are not by the other."""
    import narwhals.stable.v2 as nw

    if not (source.loaded("customers") and source.loaded("subscriptions")):
        return None
    end = ask.periods[-1].end_number

    def there(table: str) -> nw.LazyFrame[Any]:
        frame = source.frame(table)
        return frame.filter(nw.col("started_at") < end, nw.col("ended_at") >= end).select("id").unique()

    one, other = there("customers"), there("subscriptions")
    odd = nw.concat([one.join(other, on="id", how="anti"), other.join(one, on="id", how="anti")])
    return odd.select("id", n=nw.lit(1))


REPEATED = Check("repeated", "W301", "{n} rows repeat the customer, first and last day of another row; they count once", _repeated)
OVERLAPPING = Check(
    "overlapping", "W302", "{n} stints begin before an earlier stint of the same customer has ended; they count as one", _overlapping
)
DISAGREEMENT = Check(
    "disagreement",
    "W303",
    "customers and subscriptions disagree on {n} customers at the end of the period; customer metrics use customers",
    _disagreement,
)
