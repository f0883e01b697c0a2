"""Customers known by their orders alone: the ledger by silence, against days counted one by one."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from custmetrics_cli.core.errors import CustmetricsError
from tests.support.asking import ENGINES, ask, ask_list, known_question, question, written
from tests.support.reading import text
from tests.support.reference import Row, totals

FIRST = dt.date(2022, 1, 1)
APRIL, MAY = ((dt.date(2022, month, 1) - FIRST).days for month in (4, 5))
ORDER = st.tuples(st.sampled_from(["A", "B", "C"]), st.integers(0, 180), st.integers(-1, 2), st.sampled_from(["p", "q"]))
Order = tuple[str, int, int, str]
SHOWN = ("opening", "new", "reactivated", "moved_in", "lost", "moved_out", "closing", "kept", "starts", "returns", "ends")


def day(number: int) -> str:
    return (FIRST + dt.timedelta(number)).isoformat()


def csv(orders: list[Order]) -> dict[str, str]:
    cells = [[name, day(number), amount, group] for name, number, amount, group in orders]
    return {"purchases": text(["customer_id", "date", "amount", "kind"], cells)}


def as_rows(orders: list[Order], gap: int) -> list[Row]:
    """Return a row for each day with orders: until the next one, at most for the gap. Of several groups, the first by name counts."""
    days: dict[str, dict[int, str]] = defaultdict(dict)
    for name, number, amount, group in orders:
        if amount >= 0:
            days[name][number] = min(group, days[name].get(number, group))
    rows = []
    for name, groups in days.items():
        ordered = sorted(groups)
        for number, following in zip(ordered, [*ordered[1:], 10**6], strict=True):
            rows.append(Row(name, number, min(number + gap, following), groups[number]))
    return rows


@settings(max_examples=40, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ORDER, min_size=1, max_size=12), st.sampled_from(ENGINES), st.booleans(), st.sampled_from([1, 20, 30, 90]))
def test_the_ledger_matches_days_counted_one_by_one(tmp_path: Path, made: list[Order], engine: str, split: bool, gap: int) -> None:
    orders = [*made, ("Z", 200, 1, "p"), ("Z", 100, 1, "q")]
    asked = known_question("customers", "2022-04", by=("kind",) if split else (), gap=gap)
    results = ask(written(tmp_path, csv(orders)), asked, engine).results
    by_group = totals(as_rows(orders, gap), APRIL, MAY)
    for result in results:
        group = result.group.get("kind")
        expected = by_group[group] if split else sum(by_group.values(), type(by_group["p"])())
        got = {name: int(number) for name, number in result.totals.items()}
        assert {name: got.get(name, 0) for name in SHOWN if split or "moved" not in name} == {
            name: expected[name] for name in SHOWN if split or "moved" not in name
        }


def test_without_a_gap_the_message_proposes_one(tmp_path: Path) -> None:
    orders = [("A", 10 * n, 1, "p") for n in range(10)] + [("A", 190, 1, "p"), ("B", 5, 1, "p")]
    with pytest.raises(CustmetricsError, match="E360") as raised:
        ask(written(tmp_path, csv(orders)), question("churn", "2022-04"))
    (problem,) = raised.value.problems
    assert [str(choice) for choice in problem.choices] == ["--gap 10"]


@pytest.mark.parametrize("engine", ENGINES)
def test_the_lost_are_listed_with_their_orders(tmp_path: Path, engine: str) -> None:
    orders = [("A", 10, 1, "p"), ("A", 60, 1, "p"), ("B", 80, 1, "p"), ("B", 200, 1, "p"), ("C", 115, 1, "p")]
    listing = ask_list(written(tmp_path, csv(orders)), question("churn", "2022-04", gap=50), "lost", engine)
    assert listing.rows == [("A", "2022-01-11", "2022-03-02", 1)]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_customer_has_one_first_order_for_any_gap(tmp_path: Path, engine: str) -> None:
    orders = [("A", 10, 1, "p"), ("A", 100, 1, "p"), ("B", 95, 1, "p"), ("B", 200, 1, "p")]
    costs = {"costs": "date,amount\n2022-04-10,30\n"}
    (result,) = ask(written(tmp_path, csv(orders) | costs), question("cac", "2022-04"), engine).results
    assert (result.value, result.totals["starts"]) == (30, 1)
