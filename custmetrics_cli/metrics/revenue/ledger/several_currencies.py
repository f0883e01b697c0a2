"""Customers who pay in several currencies, day by day in plain Python: few, and no sum of one currency says what happened to them.

A span is a mapping of s, e, w, g, p, cur, b and f (see _spans.py). What they are worth is exact, at the rate of the day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from custmetrics_cli.core.data.counts import WHOLE, Counts
from custmetrics_cli.core.formula import Number
from custmetrics_cli.metrics.revenue.ledger.cells import ENDED, WALKED
from custmetrics_cli.metrics.shared.groups import Place
from custmetrics_cli.metrics.shared.rates import Counted, Rates, Row, detailed

Sums = dict[int, Number]  # by group


def _worth(rates: Rates, span: Row, day: int) -> Fraction:
    return Fraction(span["w"] * rates.money.rate(span["cur"], day))


def _running(spans: Sequence[Row], day: int) -> list[Row]:
    return [span for span in spans if span["s"] <= day < span["e"]]


def of_days(rates: Rates, named: bool, spans: Sequence[Row]) -> Counted:
    """What moved on each day on which a span begins or ends, row by row and over all."""
    first, last = rates.edges[0], rates.edges[-1]
    days = sorted({span[side] for span in spans for side in ("s", "e")})
    for day in (day for day in days if first <= day < last):
        k = sum(edge <= day for edge in rates.edges)
        facts = [_over(rates, _running(spans, at), day) for at in (day - 1, day)]
        for g, counts in _moved(rates, spans, day, day == days[0]):
            yield k, g, detailed(counts, (day, *facts)) if named else counts


def _sum(values: Iterable[Number]) -> Fraction:
    return sum(map(Fraction, values), Fraction(0))


def _over(rates: Rates, spans: Sequence[Row], day: int) -> Number:
    return _sum(_worth(rates, span, day) for span in spans)


def _moved(rates: Rates, spans: Sequence[Row], day: int, first: bool) -> Iterator[tuple[int, dict[str, Number]]]:
    rest, resumed, paused = _changes(rates, spans, day)
    total = _sum(rest.values())
    kind = _kind(total, bool(_running(spans, day - 1)) or bool(resumed), bool(_running(spans, day)), first)
    gained = _sum(n for n in rest.values() if n > 0)
    left_in = left_out = min(gained, gained - total)
    for p in sorted({*rest, *resumed, *paused}):
        own = Fraction(rest[p])
        moved_in, moved_out = min(left_in, max(own, Fraction(0))), min(left_out, max(-own, Fraction(0)))
        left_in, left_out = left_in - moved_in, left_out - moved_out
        size = abs(own) - moved_in - moved_out
        counts: dict[str, Number] = {"moved_in": moved_in, "moved_out": moved_out, "resumed": resumed[p], "paused": paused[p]}
        if size:
            counts |= {kind: size, f"{kind}_n": 1}
        yield p, counts
    whole: dict[str, Number] = {"resumed": _sum(resumed.values()), "paused": _sum(paused.values())}
    yield WHOLE, whole | ({kind: abs(total), f"{kind}_n": 1} if total else {})


def _changes(rates: Rates, spans: Sequence[Row], day: int) -> tuple[Sums, Sums, Sums]:
    """By group: the change but for pauses, what resumed, what paused."""
    rest: Sums = defaultdict(int)
    resumed: Sums = defaultdict(int)
    paused: Sums = defaultdict(int)
    for span in spans:
        if span["s"] == day:
            (resumed if span["b"] else rest)[span["p"]] += _worth(rates, span, day)
        if span["e"] == day:
            side, sign = (paused, 1) if span["f"] else (rest, -1)
            side[span["p"]] += sign * _worth(rates, span, day)
    return rest, resumed, paused


def _kind(total: Number, was: bool, stays: bool, first: bool) -> str:
    if total > 0:
        return "expansion" if was else "new" if first else "reactivation"
    return "contraction" if stays else "churned"


def of_edges(place: Place, rates: Rates, named: bool, spans: Sequence[Row]) -> Counted:
    """base, payers, kept and retained of one customer, and its cells."""
    for k in range(1, len(rates.edges)):
        opens, closes = rates.edges[k - 1] - 1, rates.edges[k] - 1
        was, stays = _running(spans, opens), _running(spans, closes)
        o, c = _over(rates, was, opens), _over(rates, stays, opens)
        less, facts = max(o - c, Fraction(0)), (o, c)
        for g in (place(_group(rates, was, opens)), WHOLE) if was else ():
            yield k - 1, g, _told(named, {"base": o, "payers": 1}, facts)
            flow = {"base": -o, "payers": -1, "kept": c - o, "retained": -less, "less": less, "more": c - o + less, (WALKED, o, c): 1}
            yield k, g, _told(named, flow, facts)
        for g in (place(_group(rates, stays, closes)), WHOLE) if stays else ():
            ends: Counts = {(ENDED, _over(rates, stays, closes)): 1}
            last: Counts = (
                {"payers": 1, "base": _over(rates, stays, closes)} if k == len(rates.edges) - 1 else {}
            )  # else the next period counts them, as those it opens with
            yield k, g, _told(named, {**ends, **last}, facts)


def _told(named: bool, counts: Counts, facts: tuple[Number | None, ...]) -> Counts:
    return detailed(counts, facts) if named else counts


def _group(rates: Rates, spans: Sequence[Row], day: int) -> int:
    """The group of the span with most MRR, then of the first by name."""
    return int(min(spans, key=lambda span: (-_worth(rates, span, day), span["g"]))["g"])
