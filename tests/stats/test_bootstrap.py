"""The bootstrap: its intervals have the width of theory for any number of pairs, and do not depend on order or unit."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import replace
from fractions import Fraction
from math import sqrt
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from custmetrics_cli.metrics import METRICS
from custmetrics_cli.metrics.shared.intervals import lesser, lost_money
from custmetrics_cli.stats import bootstrap
from custmetrics_cli.stats.intervals import Interval
from custmetrics_cli.stats.pair_counts import PairCounts, Part, split
from tests.metrics.revenue.test_mrr import END, FEW, PERIOD, RATES_CSV, START, Crowd, by_customer, crowds, csv, in_euros
from tests.support.asking import ENGINES, ask, question, written
from tests.support.reference_mrr import Rate, one_for_one, totals

Line = tuple[int, int, int]
LINES = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(-3, 3)))
PARTS = {"nrr": bootstrap.all_of_y, "grr": lesser, "gross churn": lost_money}


def random_customers(many: int, amounts: int) -> list[Line]:
    """Return MRR before and after: some customers leave, some stay the same, some pay another of the amounts."""
    dice = Random(many)
    paid = [dice.randint(1_000, 10**7) for _ in range(amounts)]
    lines = []
    for _ in range(many):
        before, fate = dice.choice(paid), dice.random()
        lines.append((before, 0 if fate < 0.2 else before if fate < 0.8 else dice.choice(paid), 1))
    return lines


def half_width_in_theory(lines: list[Line], part: Part) -> float:
    """Return 1.96 standard errors of a ratio of sums, linearised (Cochran 1977, chapter 6)."""
    x, y, _ = (np.array(column, float) for column in zip(*lines, strict=True))
    parts = part(x, y)
    return float(1.96 * sqrt(((parts - x * parts.sum() / x.sum()) ** 2).sum()) / x.sum())


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize(("many", "amounts"), [(900, 10**6), (1500, 10**6), (20_000, 10**6), (20_000, 200), (20_000, 4)])
def test_the_interval_has_the_width_of_theory(many: int, amounts: int, name: str) -> None:
    lines, part = random_customers(many, amounts), PARTS[name]
    found = bootstrap.ratio(PairCounts.of(lines), part)
    assert found is not None
    assert (found.high - found.low) / 2 == pytest.approx(half_width_in_theory(lines, part), rel=0.12)


@pytest.mark.parametrize("amounts", [4, 10**6])
def test_the_interval_of_a_difference_has_the_width_of_theory(amounts: int) -> None:
    one, other = random_customers(3000, amounts), random_customers(5000, amounts)
    found = bootstrap.difference(PairCounts.of(one), PairCounts.of(other), lesser)
    assert found is not None
    expected = sqrt(half_width_in_theory(one, lesser) ** 2 + half_width_in_theory(other, lesser) ** 2)
    assert (found.high - found.low) / 2 == pytest.approx(expected, rel=0.12)


@pytest.mark.parametrize("amounts", [4, 10**6])
def test_the_interval_of_churn_mirrors_that_of_retention(amounts: int) -> None:
    pairs = PairCounts.of(random_customers(3000, amounts))
    kept, lost = bootstrap.ratio(pairs, lesser), bootstrap.ratio(pairs, PARTS["gross churn"])
    assert kept is not None
    assert lost is not None
    assert (lost.low, lost.high) == pytest.approx((1 - kept.high, 1 - kept.low))


@pytest.mark.parametrize("amounts", [4, 10**6])
def test_order_and_unit_make_no_difference(amounts: int) -> None:
    lines = random_customers(2000, amounts)
    found, again = bootstrap.ratio(PairCounts.of(lines)), bootstrap.ratio(PairCounts.of(reversed(lines)))
    assert found is not None
    assert found == again
    in_thirds = bootstrap.ratio(PairCounts.of(lines).times(Fraction(1, 3)))
    assert in_thirds is not None
    assert (in_thirds.low, in_thirds.high) == pytest.approx((found.low, found.high))


@given(st.lists(LINES))
def test_pair_counts_add_up_as_counters_do(several: list[list[Line]]) -> None:
    expected: Counter[tuple[int, int]] = Counter()
    for x, y, n in (line for lines in several for line in lines):
        expected[x, y] += n
    found = sum((PairCounts.of(lines) for lines in several), PairCounts())
    assert list(found) == [(x, y, n) for (x, y), n in sorted(expected.items()) if n]
    assert found.customers == expected.total()
    assert found.sum(lambda x, y: x - y) == sum((x - y) * n for (x, y), n in expected.items())


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2), st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(-1, 2)))))
def test_split_groups_lines_by_their_keys(lines: list[tuple[int, int, Line]]) -> None:
    expected: dict[tuple[int, ...], Counter[tuple[int, int]]] = defaultdict(Counter)
    for one, other, (x, y, n) in lines:
        expected[one, other][x, y] += n
    columns = [np.array(column, np.int64) for column in zip(*((one, other, *line) for one, other, line in lines), strict=True)]
    one, other, x, y, n = columns or [np.zeros(0, np.int64)] * 5
    found = {keys: list(pairs) for keys, pairs in split((one, other), x, y, n)}
    there = {keys: [(x, y, n) for (x, y), n in sorted(counts.items()) if n] for keys, counts in expected.items()}
    assert {keys: lines for keys, lines in found.items() if lines} == {keys: lines for keys, lines in there.items() if lines}


def test_sums_are_exact_beyond_64_bits() -> None:
    pairs = PairCounts.of([(5 * 10**18, 10**18 + 1, 7), (1, 2, 10)])
    assert (pairs.sum(lambda x, y: x), pairs.sum(lambda x, y: y)) == (35 * 10**18 + 10, 7 * 10**18 + 27)
    odd = PairCounts.of([(2**61, 1, 10**6), (2**60, 2, 1 - 10**6)])  # a negative count keeps its exact sum too
    assert odd.sum(lambda x, y: x) == 2**61 * 10**6 - 2**60 * (10**6 - 1)


def test_only_pair_counts_and_zero_can_be_added() -> None:
    pairs = PairCounts.of([(1, 1, 2)])
    with pytest.raises(TypeError):
        pairs + 7
    with pytest.raises(OverflowError):
        PairCounts.of([(2**63, 1, 1)])
    assert [len(each) for each in (pairs, pairs + PairCounts.of([(1, 1, -2)]), PairCounts())] == [1, 0, 0]


def test_fewer_than_two_customers_have_no_interval() -> None:
    assert [bootstrap.ratio(PairCounts.of(lines)) for lines in ([], [(3, 3, 1)], [(3, 3, 0)])] == [None] * 3
    assert bootstrap.difference(PairCounts.of([(3, 3, 2)]), PairCounts()) is None


def reference_pairs(crowd: Crowd, gap: int, rate: Rate, groups: Collection[str | None]) -> tuple[PairCounts, PairCounts]:
    """Return the MRR pairs of the reference: (before, after) of the opening's customers, and (1, after) of the closing's."""
    rows = crowd if groups else [replace(row, group=None) for row in crowd]
    (group,) = groups or (None,)
    of = [totals(own, START, END, gap, rate)[group] for own in by_customer(rows).values() if group in {row.group for row in own}]
    opening = [(one["base_mrr"], one["kept_mrr"], 1) for one in of if one["base_mrr"]]
    return PairCounts.of(opening), PairCounts.of((1, one["payers_mrr"], 1) for one in of if one["payers_mrr"])


def ends(interval: Interval | None) -> Any:
    return interval and pytest.approx((interval.low, interval.high))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("currencies", [("EUR",), ("EUR", "USD")])
@pytest.mark.parametrize("by", [(), ("plan",)])
@FEW
@given(data=st.data(), gap=st.sampled_from([0, 2]))
def test_mrr_intervals_agree_with_the_customers_of_the_reference(
    data: st.DataObject, gap: int, by: tuple[str, ...], currencies: tuple[str, ...], engine: str
) -> None:
    crowd, rate = data.draw(crowds(currencies)), in_euros if len(currencies) > 1 else one_for_one
    asked = question("grr", PERIOD, gap=gap, by=by, currency="EUR")
    asked = asked._replace(metrics=tuple((METRICS[name], "standard") for name in ("grr", "nrr", "arpa")))
    with TemporaryDirectory() as folder:
        results = ask(written(Path(folder), {"subscriptions": csv(crowd), "rates": RATES_CSV}), asked, engine).results
    for result in results:
        opening, closing = reference_pairs(crowd, gap, rate, result.group.values())
        expected = {
            "grr": bootstrap.ratio(opening, lesser),
            "nrr": bootstrap.ratio(opening),
            "arpa": bootstrap.ratio(closing),
        }
        assert (result.interval and (result.interval.low, result.interval.high)) == ends(expected[result.metric.name])
