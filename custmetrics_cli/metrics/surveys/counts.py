"""From scores to counts, in plain Python."""

from __future__ import annotations

from collections.abc import Callable

from custmetrics_cli.columns.score import scale_of
from custmetrics_cli.core.data.counts import Counts, CountsByPeriod
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.metrics.surveys.scales import Options, easy_from, is_good, low_is_good, positive_from, scale, score_name
from custmetrics_cli.stats.pair_counts import PairCounts
from custmetrics_cli.stats.sums import Joint


def count_nps(options: Options, score: int, count: int) -> Counts:
    return {"answers": count, score_name(score): count}


PLACES = {"top_box": 1, "top_two": 2, "top_three": 3, "top_five": 5}  # best scores that count


def by_place(options: Options, name: str, score: int, count: int) -> Counts:
    """Count an answer by its place on the scale, from the best score, and by the length of the scale."""
    low, high = scale_of(name)
    place, size = (score - low if low_is_good(options) else high - score) + 1, high - low + 1
    counts: dict[str, int] = {f"of_{size}": count}
    counts |= {f"{each}_of_{size}": count for each, places in PLACES.items() if place <= places}
    counts |= {f"low_three_of_{size}": count} if place > size - 3 else {}
    return {**counts, **({"top_box": count} if place == 1 else {})}


def count_csat(options: Options, score: int, count: int) -> Counts:
    name = "positive" if is_good(score, positive_from(options), options) else "not_positive"
    return {"answers": count, "score_sum": score * count, name: count, **by_place(options, scale("csat", options), score, count)}


def count_ces(options: Options, score: int, count: int) -> Counts:
    name = "easy" if is_good(score, easy_from(options), options) else "not_easy"
    return {"answers": count, "score_sum": score * count, name: count, **by_place(options, scale("ces", options), score, count)}


COUNT: dict[str, Callable[[Options, int, int], Counts]] = {"nps": count_nps, "csat": count_csat, "ces": count_ces}


def customers(view: TableView, scope: Scope, counts: CountsByPeriod, period: int) -> PairCounts:
    """Return customers by their number of answers, and by the sum of what they answered."""
    return PairCounts.of((answers, part, int(count)) for (part, answers), count in counts.during(period).items())


def of_both(view: TableView, scope: Scope, counts: CountsByPeriod, period: int) -> Joint:
    """Return the sums over customers who answered in the first and in the last period."""
    during = counts.during(period)
    return Joint(*(int(during.get(name, 0)) for name in Joint._fields))
