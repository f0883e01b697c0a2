"""Compare recurring revenue on random tables with a reference that looks at every customer on every day.

Each table has many customers, because reading it takes longer than all else. A wrong customer is named.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from custmetrics_cli.core.formula import Number
from custmetrics_cli.metrics import METRICS
from tests.support.asking import ENGINES, ask, ask_list, known_question, written
from tests.support.reference_mrr import Customer, Rate, Row, one_for_one, totals

FIRST = dt.date(2022, 1, 1)
PERIOD, START, END = "2022-01-10..2022-01-23", 9, 23  # two weeks
PRICES = (Fraction(10), Fraction(10), Fraction(25), Fraction(5), Fraction(100, 12))
UP = ("new_mrr", "reactivation_mrr", "expansion_mrr", "resumed_mrr", "fx_mrr")
DOWN = ("contraction_mrr", "churned_mrr", "paused_mrr")
COUNTS = ("new_payers", "reactivated_payers", "expanded", "contracted", "churned_payers")
MOVED = ("moved_in_mrr", "moved_out_mrr")

LEVELS = ("payers", "payers_mrr", "opening_mrr", "closing_mrr", "past_due_mrr", "leaving_mrr", "base_mrr", "kept_mrr", "retained_mrr")
RATES = ("arpa", "gross-mrr-churn", "net-mrr-churn", "leaving-mrr")
ASKED = (
    "mrr", "arr", "arpa", "asp", "net-new-mrr", "mrr-growth", "existing-growth", "expansion-mrr", "gross-mrr-churn", "net-mrr-churn",
    "grr", "nrr", "quick-ratio", "leaving-mrr",
)  # fmt: skip
SEEDS = st.integers(0, 2**32)
FEW = settings(max_examples=2, phases=[Phase.generate])  # a crowd is not shrunk, as its wrong customers are named
Totals = Mapping[str, Number]
Groups = tuple[str | None, ...]


def day(number: int | None) -> str:
    return "" if number is None else (FIRST + dt.timedelta(number)).isoformat()


class Crowd(list[Row]):
    """Rows of many customers, shown as their number."""

    def __repr__(self) -> str:
        return f"<{len(self)} rows>"


def rows(dice: Random, customer: str, currencies: Sequence[str], pauses: bool) -> Iterator[Row]:
    for _ in range(dice.randint(1, 5)):
        start = dice.randint(0, 26)
        paused = dice.choice([None, None, start + dice.randint(-2, 12)]) if pauses else None
        yield Row(
            customer,
            start,
            dice.choice([None, start + dice.randint(0, 16)]),
            dice.choice(PRICES),
            dice.choice(["basic", "pro", None]),
            paused,
            None if paused is None else dice.choice([None, paused + dice.randint(0, 9)]),
            dice.choice([None, start + dice.randint(0, 16)]),
            dice.choice([False, True]),
            dice.choice(currencies),
        )


def thrown(seed: int, currencies: Sequence[str] = ("EUR",), pauses: bool = True) -> Crowd:
    """Make a random crowd. Without pauses the table has no pause columns, and customers with one row are counted the fast way."""
    dice = Random(seed)
    return Crowd(row for n in range(80) for row in rows(dice, f"C{n:02}", currencies, pauses))


def crowds(currencies: Sequence[str] = ("EUR",), pauses: bool | None = None) -> st.SearchStrategy[Crowd]:
    """Return crowds made from a seed, as drawing each cell would take longer than all else."""
    both = st.booleans() if pauses is None else st.just(pauses)
    return st.builds(thrown, SEEDS, st.just(currencies), both)


def by_customer(crowd: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in crowd:
        found.setdefault(row.customer, []).append(row)
    return found


def cells(row: Row, pauses: bool) -> str:
    price = f"{row.amount},month" if row.amount.denominator == 1 else f"{12 * row.amount},year"
    days = (day(number) for number in (row.start, row.end, row.canceled, *([row.paused, row.resumed] if pauses else [])))
    status = "past_due" if row.past_due else "active"
    return f"{row.customer},{row.customer},{','.join(days)},{price},{row.group or ''},{status},{row.currency}\n"


def csv(crowd: Crowd) -> str:
    pauses = any(row.paused is not None for row in crowd)
    days = "started_at,ended_at,canceled_at" + (",paused_at,resumed_at" if pauses else "")
    return f"customer_id,who,{days},amount,interval,plan,status,currency\n" + "".join(cells(row, pauses) for row in crowd)


class Answered:
    """The totals and values of several metrics for one period and group."""

    def __init__(self) -> None:
        self.totals: dict[str, Number] = dict.fromkeys(("fx_mrr", "paused_mrr", "resumed_mrr"), 0)  # not shown if they cannot occur
        self.values: dict[str, Fraction | None] = {}


def got(crowd: Crowd, engine: str, metrics: Sequence[str] = ASKED, rates: str = "", **more: Any) -> dict[tuple[str, Groups], Answered]:
    """Return the answers by the name of the period and the values of --by."""
    files = {"subscriptions": csv(crowd)} | ({"rates": rates} if rates else {})
    asked = known_question("mrr", PERIOD, **more)._replace(
        metrics=tuple((METRICS[name].only("standard"), "standard") for name in ("mrr", *metrics))
    )
    found: dict[tuple[str, Groups], Answered] = {}
    with TemporaryDirectory() as folder:
        for result in ask(written(Path(folder), files), asked, engine).results:
            here = found.setdefault((result.period.name, tuple(result.group.values())), Answered())
            here.totals |= result.totals
            here.values[result.metric.name] = result.value
    return found


def whole(crowd: Sequence[Row], start: int = START, end: int = END, gap: int = 0, rate: Rate = one_for_one) -> Totals:
    """Return the reference's totals of all customers in one group, so that nothing moves between groups."""
    found = totals([replace(row, group=None) for row in crowd], start, end, gap, rate)
    return {name: sum(here[name] for here in found.values()) for name in (*LEVELS, *UP, *DOWN, *COUNTS)}


def only(found: Totals, names: Sequence[str]) -> Totals:
    return {name: found[name] for name in names}


def over(part: Number, all_of_it: Number) -> Fraction | None:
    return Fraction(part) / all_of_it if all_of_it else None


def values(t: Totals) -> dict[str, Fraction | None]:
    """Return the value of every metric from totals."""
    gained, lost = t["new_mrr"] + t["reactivation_mrr"] + t["expansion_mrr"], t["contraction_mrr"] + t["churned_mrr"]
    return {
        "mrr": Fraction(t["closing_mrr"]),
        "arr": Fraction(12 * t["closing_mrr"]),
        "arpa": over(t["payers_mrr"], t["payers"]),
        "asp": over(t["new_mrr"], t["new_payers"]),
        "net-new-mrr": Fraction(t["closing_mrr"] - t["opening_mrr"]),
        "mrr-growth": over(t["closing_mrr"] - t["opening_mrr"], t["opening_mrr"]),
        "existing-growth": over(t["kept_mrr"] - t["base_mrr"], t["base_mrr"]),
        "expansion-mrr": Fraction(t["expansion_mrr"]),
        "gross-mrr-churn": over(t["base_mrr"] - t["retained_mrr"], t["base_mrr"]),
        "net-mrr-churn": over(t["base_mrr"] - t["kept_mrr"], t["base_mrr"]),
        "grr": over(t["retained_mrr"], t["base_mrr"]),
        "nrr": over(t["kept_mrr"], t["base_mrr"]),
        "quick-ratio": over(gained, lost),
        "leaving-mrr": Fraction(t["leaving_mrr"]),
    }


def rolled(t: Totals) -> Number:
    return t["opening_mrr"] + sum(t[name] for name in UP) - sum(t[name] for name in DOWN)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("pauses", [False, True])
@FEW
@given(seed=SEEDS, gap=st.sampled_from([0, 1, 3]))
def test_totals_of_each_customer_match_the_reference(seed: int, gap: int, pauses: bool, engine: str) -> None:
    crowd = thrown(seed, pauses=pauses)
    answers = got(crowd, engine, RATES, by=["who", "plan"], gap=gap)
    wrong = []
    for name, own in by_customer(crowd).items():
        for plan, expected in totals(own, START, END, gap).items():
            found = answers[PERIOD, (name, plan)].totals if (PERIOD, (name, plan)) in answers else {}
            names = [total for total in (*LEVELS, *UP, *DOWN, *MOVED) if found.get(total, 0) != expected[total]]
            wrong += [(own, plan, [(total, found.get(total, 0), expected[total]) for total in names])] if names else []
    assert wrong == []


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("pauses", [False, True])
@FEW
@given(seed=SEEDS, gap=st.sampled_from([0, 1, 3]))
def test_the_ledger_and_every_metric_match_the_reference(seed: int, gap: int, pauses: bool, engine: str) -> None:
    crowd = thrown(seed, pauses=pauses)
    (answered,) = got(crowd, engine, gap=gap).values()
    expected = whole(crowd, gap=gap)
    assert only(answered.totals, list(expected)) == expected
    assert answered.values == values(expected)
    assert rolled(answered.totals) == answered.totals["closing_mrr"]


@pytest.mark.parametrize("engine", ENGINES)
@FEW
@given(crowd=crowds(), gap=st.sampled_from([0, 2]))
def test_a_series_matches_the_reference_of_each_day(crowd: Crowd, gap: int, engine: str) -> None:
    answers = got(crowd, engine, RATES, every="day", gap=gap).values()
    names = [*LEVELS[2:], *UP, *DOWN, *COUNTS]
    assert [only(answered.totals, names) for answered in answers] == [
        only(whole(crowd, start, start + 1, gap), names) for start in range(START, END)
    ]


@pytest.mark.parametrize("engine", ENGINES)
@FEW
@given(crowd=crowds(), gap=st.sampled_from([0, 1, 3]))
def test_groups_match_the_reference(crowd: Crowd, gap: int, engine: str) -> None:
    expected, names = totals(crowd, START, END, gap), (*LEVELS, *UP, *DOWN, *MOVED)
    for (_, (group,)), here in got(crowd, engine, by=["plan"], gap=gap).items():
        t = here.totals
        assert only(t, names) == {name: expected[group][name] for name in names}
        assert rolled(t) + t["moved_in_mrr"] - t["moved_out_mrr"] == t["closing_mrr"]
        assert here.values == values(dict.fromkeys(COUNTS, 0) | t)
        assert t["base_mrr"] == t["opening_mrr"]
        assert t["payers_mrr"] == t["closing_mrr"]
        assert t["retained_mrr"] <= min(t["base_mrr"], t["kept_mrr"])


@pytest.mark.parametrize("engine", ENGINES)
@FEW
@given(crowd=crowds(), gap=st.sampled_from([0, 2]))
def test_where_is_a_row_of_by(crowd: Crowd, gap: int, engine: str) -> None:
    (answered,) = got(crowd, engine, where=["plan=basic"], gap=gap).values()
    here = got(crowd, engine, by=["plan"], gap=gap)[PERIOD, ("basic",)]
    expected, names = totals(crowd, START, END, gap)["basic"], (*LEVELS, *UP, *DOWN, *MOVED)
    assert only(answered.totals, names) == {name: expected[name] for name in names}
    assert answered.totals == here.totals
    assert answered.values == here.values


@pytest.mark.parametrize("engine", ENGINES)
@FEW
@given(crowd=crowds(), gap=st.sampled_from([0, 2]))
def test_a_filter_by_several_plans_is_one_group(crowd: Crowd, gap: int, engine: str) -> None:
    (answered,) = got(crowd, engine, where=["plan in basic,pro"], gap=gap).values()
    inside = totals([replace(row, group="in" if row.group else "out") for row in crowd], START, END, gap)["in"]
    names = (*LEVELS, *UP, *DOWN, *MOVED)
    assert only(answered.totals, names) == {name: inside[name] for name in names}


USD = {-30: "0.8", 4: "1", 8: "0.5", 9: "0.75", 14: "1.25", 15: "0.9", 22: "0.8", 23: "2"}  # in EUR, from a day on
RATES_CSV = "date,from,to,rate\n" + "".join(f"{day(number)},USD,EUR,{rate}\n" for number, rate in USD.items())


def in_euros(currency: str, day: int) -> Fraction:
    return Fraction(1) if currency == "EUR" else Fraction(USD[max(since for since in USD if since <= day)])


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("by", [(), ("who", "plan")])
@FEW
@given(crowd=crowds(("EUR", "USD")), gap=st.sampled_from([0, 2]))
def test_money_in_two_currencies_matches_the_reference(crowd: Crowd, gap: int, by: tuple[str, ...], engine: str) -> None:
    answers = got(crowd, engine, RATES, RATES_CSV, by=by, gap=gap, currency="EUR")
    names = (*LEVELS, *UP, *DOWN, *(MOVED if by else COUNTS))
    wrong = []
    for (_, group), here in answers.items():
        of = by_customer(crowd)[group[0] or ""] if len(by) == 2 else crowd
        expected = totals(of, START, END, gap, in_euros)[group[-1]] if by else whole(of, gap=gap, rate=in_euros)
        odd = {name: (here.totals.get(name, 0), expected[name]) for name in names if here.totals.get(name, 0) != expected[name]}
        wrong += [(of, group, odd)] if odd else []
    assert wrong == []


@pytest.mark.parametrize("name", [*LEVELS, *UP[:-1], *DOWN, *COUNTS])
@settings(FEW, max_examples=1)
@given(crowd=crowds(pauses=True), engine=st.sampled_from(ENGINES))
def test_a_list_names_the_customers_behind_its_total(crowd: Crowd, name: str, engine: str) -> None:
    metric = next(metric for metric in ASKED if name in METRICS[metric].totals)
    with TemporaryDirectory() as folder:
        listed = ask_list(written(Path(folder), {"subscriptions": csv(crowd)}), known_question(metric, PERIOD), name, engine)
    found: dict[str, Number] = {}
    for who, *_, number in listed.rows:
        assert isinstance(who, str)
        assert isinstance(number, int | Fraction)
        found[who] = found.get(who, 0) + number
    expected = {who: whole(own)[name] for who, own in by_customer(crowd).items()}
    assert found == {who: number for who, number in expected.items() if number}


@pytest.mark.parametrize("name", [*UP[:-1], *DOWN])
@settings(FEW, max_examples=1)
@given(crowd=crowds(pauses=True), engine=st.sampled_from(ENGINES))
def test_a_list_of_movements_has_the_day_and_the_mrr_before_and_after(crowd: Crowd, name: str, engine: str) -> None:
    customers = {who: Customer(own) for who, own in by_customer(crowd).items()}
    with TemporaryDirectory() as folder:
        listed = ask_list(written(Path(folder), {"subscriptions": csv(crowd)}), known_question("mrr", PERIOD), name, engine)
    assert listed.columns == ("customer_id", "day", "before", "after", name)
    for who, when, *facts, _ in listed.rows:
        number = (dt.date.fromisoformat(str(when)) - FIRST).days
        customer = customers[str(who)]
        assert facts == [customer.worth(customer.paying[at], at) for at in (number - 1, number)]


@FEW
@given(crowd=crowds(), engine=st.sampled_from(ENGINES), gap=st.sampled_from([0, 2]))
def test_groups_sum_to_the_whole(crowd: Crowd, engine: str, gap: int) -> None:
    (together,), parts = got(crowd, engine, RATES, gap=gap).values(), got(crowd, engine, RATES, by=["plan"], gap=gap).values()
    names = (*LEVELS[2:], *UP, *DOWN)
    assert {name: sum(part.totals[name] for part in parts) for name in names} == only(together.totals, names)
    assert sum(part.totals["moved_in_mrr"] for part in parts) == sum(part.totals["moved_out_mrr"] for part in parts)


@FEW
@given(crowd=crowds(), engine=st.sampled_from(ENGINES), every=st.sampled_from(["day", "week"]), gap=st.sampled_from([0, 2]))
def test_movements_add_up_over_any_split_of_the_period(crowd: Crowd, engine: str, every: str, gap: int) -> None:
    (together,), parts = got(crowd, engine, (), gap=gap).values(), [*got(crowd, engine, (), every=every, gap=gap).values()]
    names = (*UP, *DOWN, *COUNTS)
    assert {name: sum(part.totals[name] for part in parts) for name in names} == only(together.totals, names)
    assert parts[0].totals["opening_mrr"] == together.totals["opening_mrr"]
    assert all(before.totals["closing_mrr"] == after.totals["opening_mrr"] for before, after in pairwise(parts))
    assert parts[-1].totals["closing_mrr"] == together.totals["closing_mrr"]


@FEW
@given(crowd=crowds(), engine=st.sampled_from(ENGINES))
def test_grr_is_at_most_one_and_at_most_nrr(crowd: Crowd, engine: str) -> None:
    for here in got(crowd, engine, RATES, by=["who"]).values():
        base, kept, retained = (here.totals.get(name, 0) for name in ("base_mrr", "kept_mrr", "retained_mrr"))
        assert 0 <= retained <= min(base, kept)


@FEW
@given(crowd=crowds(), other=crowds(), engine=st.sampled_from(ENGINES))
def test_customers_of_another_plan_change_nothing_here(crowd: Crowd, other: Crowd, engine: str) -> None:
    elsewhere = [replace(row, customer=f"other {row.customer}", group="elsewhere") for row in other]
    alone, beside = (got(each, engine, RATES, by=["plan"]) for each in (crowd, Crowd(crowd + elsewhere)))
    assert beside.keys() - alone.keys() == {(PERIOD, ("elsewhere",))}
    for key, here in alone.items():  # a total that the rows of others alone bring in is 0 here
        there = beside[key]
        assert {name: n for name, n in here.totals.items() if n} == {name: n for name, n in there.totals.items() if n}
        assert here.values == there.values
