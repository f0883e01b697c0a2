"""Compare the money of customers with several products with an independent reference, on 200 random tables."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from custmetrics_cli.core.formula import Number
from custmetrics_cli.core.result import Result
from custmetrics_cli.metrics import METRICS
from tests.support.asking import ENGINES, ask, ask_list, question, written
from tests.support.reference_groups import Item, groups

PERIOD, START, END, NEVER = "2022-01-11..2022-01-20", 10, 20, 90
TABLES, PRODUCTS = 200, "ABCD"
FIRST = dt.date(2022, 1, 1)
ASKED = ("grr", "nrr", "arpa", "mrr", "gross-mrr-churn", "net-mrr-churn", "existing-growth")
NAMES = ("base_mrr", "retained_mrr", "kept_mrr", "payers_mrr", "payers")


def thrown() -> list[Item]:
    dice = Random(14)
    prices = [Fraction(number) for number in (10, 10, 7, 25, 100)] + [Fraction(100, 12), Fraction(1, 100)]
    found = []
    for table in range(TABLES):
        for customer in range(dice.randint(1, 5)):
            for _ in range(dice.randint(1, 6)):
                first = dice.choice([0, 0, 0, 3, 12, 15])
                end = dice.choice([NEVER, NEVER, first + dice.randint(1, 16)])
                found.append(Item(f"{table:03}", f"{table}-{customer}", dice.choice(PRODUCTS), dice.choice(prices), first, end))
    return found


def row(item: Item) -> str:
    days = [FIRST + dt.timedelta(item.first), "" if item.end == NEVER else FIRST + dt.timedelta(item.end)]
    price = f"{item.price * 12},year" if item.price.denominator == 12 or item.price.denominator == 3 else f"{float(item.price)},month"
    return f"{item.table},{item.customer},{item.product},{price},{days[0]},{days[1]}\n"


@pytest.fixture(scope="module")
def items() -> list[Item]:
    return thrown()


def asked(items: list[Item], folder: Path, engine: str, **more: object) -> list[Result]:
    text = "bag,customer_id,plan,amount,interval,started_at,ended_at\n" + "".join(map(row, items))
    one = question("mrr", PERIOD, **more)._replace(metrics=tuple((METRICS[name].only("standard"), "standard") for name in ASKED))
    return list(ask(written(folder, {"subscriptions": text}), one, engine).results)


def by_group(results: list[Result], *columns: str) -> dict[tuple[str | None, ...], dict[str, Number]]:
    found: dict[tuple[str | None, ...], dict[str, Number]] = {}
    for result in results:
        found.setdefault(tuple(result.group[column] for column in columns), defaultdict(int)).update(result.totals)
    return found


@pytest.mark.parametrize("engine", ENGINES)
def test_200_tables_match_the_reference(items: list[Item], tmp_path: Path, engine: str) -> None:
    found = by_group(asked(items, tmp_path, engine, by=["bag", "plan"]), "bag", "plan")
    expected = groups(items, START, END)
    assert len({bag for bag, _ in found}) > TABLES * 0.9
    wrong = {
        key: [(name, found.get(key, {}).get(name, 0), total[name]) for name in NAMES if found.get(key, {}).get(name, 0) != total[name]]
        for key, total in expected.items()
    }
    assert {key: each for key, each in wrong.items() if each} == {}
    for totals in found.values():
        assert totals["base_mrr"] == totals["opening_mrr"]
        assert totals["payers_mrr"] == totals["closing_mrr"]
        assert 0 <= totals["retained_mrr"] <= min(totals["base_mrr"], totals["kept_mrr"])


def test_products_sum_to_the_table_and_a_filter_is_a_row(items: list[Item], tmp_path: Path) -> None:
    engine = "duckdb"
    parts = by_group(asked(items, tmp_path, engine, by=["bag", "plan"]), "bag", "plan")
    whole = by_group(asked(items, tmp_path, engine, by=["bag"]), "bag")
    for (bag,), totals in whole.items():
        own = [each for (of, _), each in parts.items() if of == bag]
        assert {name: sum(each[name] for each in own) for name in NAMES[:-1]} == {name: totals[name] for name in NAMES[:-1]}
    plan_b = asked(items, tmp_path, engine, by=["bag"], where=["plan=B"])
    one = {(result.group["bag"], result.metric.name): (result.value, result.totals) for result in plan_b}
    each = asked(items, tmp_path, engine, by=["bag", "plan"])
    several = {(r.group["bag"], r.metric.name): (r.value, r.totals) for r in each if r.group["plan"] == "B"}
    assert one == several


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", NAMES[:-1])
def test_a_list_adds_up_to_the_group(items: list[Item], tmp_path: Path, engine: str, name: str) -> None:
    few = [item for item in items if item.table < "030"]
    folder = tmp_path / "one"
    folder.mkdir()
    whole = by_group(asked(few, folder, engine, by=["plan"]), "plan")
    metric = "arpa" if name == "payers_mrr" else "nrr" if name == "kept_mrr" else "grr"
    listed = ask_list([str(folder / "subscriptions.csv")], question(metric, PERIOD, by=["plan"]), name, engine)
    sums: dict[str, Fraction] = {}
    for plan, _, before, after, number in listed.rows:
        assert (before, after) != (0, 0)
        sums[str(plan)] = sums.get(str(plan), Fraction(0)) + Fraction(number or 0)  # type: ignore[arg-type]
    assert sums == {str(plan): totals[name] for (plan,), totals in whole.items()}


def test_a_change_of_plan_is_not_a_loss(tmp_path: Path) -> None:
    moved = [Item("", "a", "A", Fraction(10), 0, 15), Item("", "a", "B", Fraction(25), 15, NEVER)]
    values = {r.metric.name: r.value for r in asked(moved, tmp_path, "pandas", where=["plan=A"])}
    assert (values["grr"], values["nrr"]) == (1, Fraction(5, 2))
