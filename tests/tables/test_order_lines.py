"""Lines of orders: totals that every line repeats count once, prices are multiplied by quantities. Slow references add up row by row."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from custmetrics_cli.columns import MONEY_PARTS
from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.engines.query.run import collect
from tests.support.reading import ENGINES, loaded, text

FAST = settings(max_examples=40, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture])


def amounts(path: Path, engine: str = "pandas", **options: object) -> list[Fraction]:
    """Return the amounts of the rows used, in hundredths."""
    with loaded([path], engine, {"purchases": []}, **options) as found:
        return sorted(Fraction(row["amount"], MONEY_PARTS // 100) for row in collect(found.frames["purchases"]))


def written(folder: Path, header: str, *rows: str) -> Path:
    path = folder / "orders.csv"
    path.write_text("\n".join((header, *rows)) + "\n", "utf-8")
    return path


REPEATED = ("1,A,2022-01-01,30", "1,A,2022-01-01,30", "2,B,2022-01-01,10", "3,B,2022-01-02,20", "3,B,2022-01-02,20", ",C,2022-01-02,5")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("header", ["Order total", "Invoice Amount", "Total", "Сумма заказа", "grand_total"])
def test_the_total_of_an_order_counts_once(tmp_path: Path, engine: str, header: str) -> None:
    assert amounts(written(tmp_path, f"order_id,customer_id,date,{header}", *REPEATED), engine) == [500, 1000, 2000, 3000]


@pytest.mark.parametrize(
    ("header", "rows"),
    [
        ("order_id,customer_id,date,total", (*REPEATED, "4,A,2022-01-03,1", "4,A,2022-01-03,2")),
        ("order_id,customer_id,date,line total", REPEATED),
        ("customer_id,order_id,date,total", tuple(f"x{row}" for row in REPEATED)),
    ],
    ids=["lines differ", "line total", "order numbers do not repeat"],
)
def test_other_amounts_add_up(tmp_path: Path, header: str, rows: tuple[str, ...]) -> None:
    if header.startswith("customer_id"):
        rows = tuple(f"c,{at},2022-01-01,30" for at in range(4))
    assert len(amounts(written(tmp_path, header, *rows))) == len(rows)


def test_a_product_of_price_and_quantity_is_no_total_of_an_order(tmp_path: Path) -> None:
    rows = ("1,A,2022-01-01,20,10,2", "1,A,2022-01-01,20,5,4", "2,B,2022-01-01,30,10,3", "2,B,2022-01-01,30,15,2")
    assert amounts(written(tmp_path, "order_id,customer_id,date,total,unit price,qty", *rows)) == [2000, 2000, 3000, 3000]


def test_the_user_decides_and_a_later_row_can_contradict(tmp_path: Path) -> None:
    path = written(tmp_path, "order_id,customer_id,date,sales", *REPEATED, "4,C,2022-01-05,1", "4,C,2022-01-05,1")
    with pytest.raises(CustmetricsError, match="E520"):
        amounts(path)
    assert amounts(path, policies={"order-totals": "once"}) == [100, 500, 1000, 2000, 3000]
    assert len(amounts(path, policies={"order-totals": "each"})) == 8
    many = [f"n{at},D,2022-01-05,1" for at in range(1200)]
    path = written(tmp_path, "order_id,customer_id,date,order total", *REPEATED, *many, "3,B,2022-01-02,7")
    with pytest.raises(CustmetricsError, match="1 row differs"):
        amounts(path)


def test_a_bad_row_beside_repeated_totals_is_left_out_alone(tmp_path: Path) -> None:
    path = written(tmp_path, "order_id,customer_id,date,order total", *REPEATED, "9,A,never,3")
    assert amounts(path, skip_bad_rows=True) == [500, 1000, 2000, 3000]


ORDERS = st.lists(
    st.tuples(st.sampled_from(["", "1", "2", "3"]), st.sampled_from(["A", "B"]), st.sampled_from([-5, 3])), min_size=1, max_size=12
)


@FAST
@given(ORDERS, st.sampled_from(ENGINES))
def test_once_keeps_the_first_line_of_each_order(tmp_path: Path, made: list[tuple[str, str, int]], engine: str) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(text(["order_id", "customer_id", "date", "amount"], [[order, name, "2022-01-01", n] for order, name, n in made]))
    kept, seen = [], set()
    for order, _, amount in made:
        if amount < 0 or not order or order not in seen:
            kept.append(100 * amount)
        if amount >= 0:
            seen.add(order)
    assert amounts(path, engine, policies={"order-totals": "once"}) == sorted(kept)


@FAST
@given(st.lists(st.tuples(st.integers(-500, 5000), st.integers(-30, 3000)), min_size=1, max_size=9), st.sampled_from(ENGINES))
def test_a_unit_price_is_multiplied_by_the_quantity(tmp_path: Path, made: list[tuple[int, int]], engine: str) -> None:
    path = tmp_path / "orders.csv"
    prices = [(Decimal(price) / 100, Decimal(quantity) / 8) for price, quantity in made]
    path.write_text(text(["customer_id", "date", "Unit Price", "Quantity"], [["A", "2022-01-01", *pair] for pair in [*prices, (1, 2)]]))
    exact = [Fraction(price * quantity * 100) for price, quantity in prices]
    signed = [-abs(money) if quantity < 0 else money for money, (_, quantity) in zip(exact, prices, strict=True)]
    assert amounts(path, engine, decimal=".") == sorted([200, *signed])


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("unit price,qty", [2000, 500]),
        ("Цена за ед.,Кол-во", [2000, 500]),
        ("amount,quantity", [1000, 500]),
        ("total,Quantity", [1000, 500]),
    ],
)
def test_the_header_shows_if_the_amount_is_for_one_piece(tmp_path: Path, header: str, expected: list[int]) -> None:
    assert amounts(written(tmp_path, f"customer_id,date,{header}", "A,2022-01-01,10,2", "B,2022-01-01,5,1")) == sorted(expected)


def test_a_bare_price_is_asked_for_unless_a_product_settles_it(tmp_path: Path) -> None:
    rows = ("A,2022-01-01,10,2,x", "B,2022-01-01,5,1,y")
    path = written(tmp_path, "customer_id,date,price,quantity,product", *rows)
    with pytest.raises(CustmetricsError, match="E327"):
        amounts(path)
    assert amounts(path, columns={"quantity": "quantity"}) == [500, 2000]
    assert amounts(path, columns={"quantity": ""}) == [500, 1000]
    path = written(tmp_path, "customer_id,date,price,quantity,paid sum", "A,2022-01-01,10,2,20", "B,2022-01-01,5,3,15")
    assert amounts(path) == [1500, 2000]
    path = written(tmp_path, "customer_id,date,price,quantity", "A,2022-01-01,10,1", "B,2022-01-01,5,1")
    assert amounts(path) == [500, 1000]
