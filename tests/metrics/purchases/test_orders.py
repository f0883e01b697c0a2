"""The rows of one order number are one order. A slow reference counts the orders of each customer, group and period."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.support.asking import ENGINES, ask, question, written
from tests.support.reading import text

ROW = st.tuples(
    st.sampled_from(["A", "B", "C"]),
    st.integers(1, 60),
    st.integers(-1, 2),
    st.sampled_from(["", "1", "2", "01", "x"]),
    st.sampled_from(["p", "q"]),
)
Row = tuple[str, int, int, str, str]


def day(number: int) -> str:
    return f"2022-{3 + (number - 1) // 30:02}-{(number - 1) % 30 + 1:02}"


def orders(rows: list[Row], kind: str = "") -> dict[str, list[int]]:
    """Return the days of the orders of each customer, in one group or in all."""
    days: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, (name, number, amount, order, group) in enumerate(rows):
        if amount >= 0 and kind in ("", group):
            days[name, order or f"row {at}"].append(number)
    found: dict[str, list[int]] = defaultdict(list)
    for (name, _), numbers in days.items():
        found[name].append(min(numbers))
    return found


def counted(found: dict[str, list[int]], overall: dict[str, list[int]]) -> dict[str, int]:
    """Return the totals of April, the days 31 to 60. An order before it counts in any group."""
    april = {name: sum(number > 30 for number in days) for name, days in found.items()}
    buyers = [name for name, n in april.items() if n]
    returning = sum(min(overall[name]) <= 30 for name in buyers)
    return {
        "buyers": len(buyers),
        "orders": sum(april.values()),
        "repeat_buyers": sum(n > 1 for n in april.values()),
        "returning": returning,
    }


@settings(max_examples=40, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ROW, min_size=1, max_size=14), st.sampled_from(ENGINES), st.booleans())
def test_orders_are_counted_as_one_by_one(tmp_path: Path, made: list[Row], engine: str, split: bool) -> None:
    cells = [[name, day(number), amount, order, group] for name, number, amount, order, group in [*made, ("Z", 60, 1, "z", "p")]]
    made = [*made, ("Z", 60, 1, "z", "p")]
    paths = written(tmp_path, {"purchases": text(["customer_id", "date", "amount", "order_id", "kind"], cells)})
    for definition, repeat in (("standard", "repeat_buyers"), ("returning", "returning_buyers")):
        asked = question("repeat-rate", "2022-04", definition, by=("kind",) if split else ())
        for result in ask(paths, asked, engine).results:
            expected = counted(orders(made, result.group.get("kind") or ""), orders(made))
            got = {name: int(n) for name, n in result.totals.items()}
            assert (got["buyers"], got["orders"]) == (expected["buyers"], expected["orders"])
            assert got[repeat] == expected["repeat_buyers" if definition == "standard" else "returning"]
