"""Orders that are no sales are skipped with the reason; refunds are negative. A slow reference decides row by row."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from custmetrics_cli.columns import MONEY_PARTS
from custmetrics_cli.columns.orders.payment import PAYMENTS, find
from custmetrics_cli.columns.orders.row_type import TYPES
from custmetrics_cli.columns.orders.row_type import find as find_type
from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.engines.query.run import collect
from tests.support.reading import ENGINES, loaded, text

STATES = {
    "paid": "Paid; PAID; Completed; complete; Succeeded; captured; Settled; fulfilled; Shipped; delivered; closed; partially_refunded; "
    "Partially refunded; Payment received; Оплачен; оплачено; Завершён; Доставлен; Оплата получена; Успешно; bezahlt; Livré; pagado",
    "in_process": "processing; On hold; on-hold; Новый; В обработке",
    "unpaid": "pending; Unpaid; awaiting payment; authorized; не оплачен; Ожидает оплаты; Payment pending; overdue; ausstehend",
    "failed": "failed; Declined; Payment failed; gateway_rejected; Отклонён; ошибка оплаты",
    "cancelled": "cancelled; Canceled; voided; expired; Cancelled by customer; Отменен; Отменён клиентом; Заказ отменён; storniert",
    "refunded": "refunded; REFUNDED; Refunded (full); chargeback; returned; возврат; Возвращён; remboursé",
    "draft": "draft; trash; abandoned; черновик",
    "test": "test; sandbox; тестовый заказ",
    "unknown": "purple; confirmed; partially paid; 17; A",
}
TYPED = {
    "sale": "Sale; charge; Payment; продажа; Invoice",
    "refund": "refund; Payment Refund; chargeback; Credit note; credit_memo; Возврат; Возврат покупателю",
    "other": "payout; Stripe fee; transfer; withdrawal; комиссия; Выплата",
    "test": "test",
    "unknown": "Coffee; Course; Subscription box",
}


@pytest.mark.parametrize(("word", "state"), [(word, state) for state, words in STATES.items() for word in words.split("; ")])
def test_a_word_has_one_state(word: str, state: str) -> None:
    assert PAYMENTS[find(word)] == state


@pytest.mark.parametrize(("word", "type_"), [(word, type_) for type_, words in TYPED.items() for word in words.split("; ")])
def test_a_word_has_one_type(word: str, type_: str) -> None:
    assert TYPES[find_type(word)] == type_


def read(folder: Path, header: str, *rows: str, engine: str = "pandas", **options: object) -> tuple[list[int], dict[str, int], list[str]]:
    """Return the amounts of the rows used in whole units, the rows skipped by reason, and the codes of warnings."""
    path = folder / "orders.csv"
    path.write_text("\n".join((header, *rows)) + "\n", "utf-8")
    with loaded([path], engine, {"purchases": []}, **options) as found:
        amounts = sorted(row["amount"] // MONEY_PARTS for row in collect(found.frames["purchases"]))
        return amounts, dict(found.inputs[0].excluded), [warned.code for warned in found.warnings]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("header", "word", "reason"),
    [
        ("status", "failed", "failed"),
        ("Financial Status", "voided", "cancelled"),
        ("order_status", "Refunded", "refunded"),
        ("Статус оплаты", "не оплачен", "unpaid"),
        ("Статус", "черновик", "draft"),
        ("state", "pending", "unpaid"),
        ("payment_status", "processing", "unpaid"),
        ("is_test", "true", "test"),
        ("Sandbox", "1", "test"),
        ("livemode", "false", "test"),
        ("paid", "no", "unpaid"),
        ("Captured", "FALSE", "unpaid"),
        ("refunded", "yes", "refunded"),
        ("cancelled", "да", "cancelled"),
        ("type", "payout", "payout, fee or transfer"),
    ],
)
def test_a_column_skips_rows_with_the_reason(tmp_path: Path, engine: str, header: str, word: str, reason: str) -> None:
    good = {"livemode": "true", "paid": "yes", "Captured": "TRUE", "type": "charge", "is_test": "false", "Sandbox": "0"}.get(
        header, {"refunded": "no", "cancelled": "нет"}.get(header, "paid")
    )
    rows = (f"A,2022-01-01,10,{good}", f"B,2022-01-02,20,{word}", f"C,2022-01-03,30,{good}")
    amounts, skipped, warned = read(tmp_path, f"customer_id,date,amount,{header}", *rows, engine=engine)
    assert (amounts, skipped, warned) == ([10, 30], {reason: 1}, [])


@pytest.mark.parametrize(
    ("header", "cells", "amounts"),
    [
        ("State", ("NY", "CA", "paid"), [10, 20, 30]),  # not half of them are states
        ("type", ("Course", "Coffee", "Transfer"), [10, 20, 30]),
        ("test", ("A", "B", "yes"), [10, 20, 30]),
        ("cancelled", ("2022-01-05", "", ""), [10, 20, 30]),
        ("paid", ("10", "20", "1"), [10, 20, 30]),
        ("email_status", ("failed", "failed", "failed"), [10, 20, 30]),
        ("refunded", ("5", "", "1"), [5, 20, 29]),
    ],
)
def test_other_columns_skip_nothing(tmp_path: Path, header: str, cells: tuple[str, ...], amounts: list[int]) -> None:
    rows = [f"{name},2022-01-01,{amount},{cell}" for name, amount, cell in zip("ABC", (10, 20, 30), cells, strict=True)]
    assert read(tmp_path, f"customer_id,date,amount,{header}", *rows) == (amounts, {}, [])


def test_a_payment_and_an_order_status_both_count(tmp_path: Path) -> None:
    rows = ("A,2022-01-01,1,new,paid", "B,2022-01-01,2,cancelled,paid", "C,2022-01-01,4,completed,pending", "D,2022-01-01,8,purple,paid")
    amounts, skipped, warned = read(tmp_path, "customer_id,date,amount,status,payment_status", *rows)
    assert (amounts, skipped, warned) == ([1, 8], {"cancelled": 1, "unpaid": 1}, ["W260"])


def test_an_order_without_a_day_of_payment_is_unpaid(tmp_path: Path) -> None:
    rows = ("A,2022-01-01,1", "B,,2", "C,n/a,4")
    assert read(tmp_path, "customer_id,paid_at,amount", *rows)[:2] == ([1], {"no date of payment": 2})
    with pytest.raises(CustmetricsError, match="E408"):
        read(tmp_path, "customer_id,order_date,amount", *rows)


def test_unpaid_orders_count_on_request(tmp_path: Path) -> None:
    rows = ("A,2022-01-01,1,pending", "B,2022-01-02,2,processing", "C,2022-01-03,4,cancelled", "D,2022-01-03,8,paid")
    amounts, skipped, warned = read(tmp_path, "customer_id,date,amount,status", *rows)
    assert (amounts, skipped, warned) == ([8], {"unpaid": 1, "in process": 1, "cancelled": 1}, ["W262"])
    amounts, skipped, warned = read(tmp_path, "customer_id,date,amount,status", *rows, policies={"unpaid": "keep"})
    assert (amounts, skipped, warned) == ([1, 2, 8], {"cancelled": 1}, [])


def test_a_refund_row_is_negative_and_a_skipped_order_shows_how_far_the_data_reaches(tmp_path: Path) -> None:
    rows = ("A,2022-01-01,9,sale", "A,2022-01-02,4,refund", "A,2022-01-02,-2,chargeback", "A,2022-01-09,5,payout")
    assert read(tmp_path, "customer_id,date,amount,type", *rows)[0] == [-4, -2, 9]
    with loaded([tmp_path / "orders.csv"], wanted={"purchases": []}) as found:
        assert found.newest["purchases"] == 19001


STATE, FLAG, TYPE = (
    st.sampled_from(each) for each in (["paid", "failed", "pending", "refunded", ""], ["yes", "no", ""], ["sale", "refund", "fee"])
)
ROWS = st.lists(st.tuples(st.integers(-50, 50), STATE, FLAG, FLAG, TYPE), min_size=1, max_size=12)


def decide(amount: int, status: str, paid: str, test: str, type_: str) -> int | str:
    """Return the amount of a row, or the reason to skip it."""
    if test == "yes":
        return "test"
    if type_ == "fee":
        return "payout, fee or transfer"
    if status == "failed":
        return "failed"
    if status == "refunded" and amount >= 0 and type_ != "refund":
        return "refunded"
    if status == "pending" or paid == "no":
        return "unpaid"
    return -abs(amount) if type_ == "refund" else amount


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, st.sampled_from(ENGINES))
def test_rows_are_judged_as_one_by_one(tmp_path: Path, made: list[tuple[int, str, str, str, str]], engine: str) -> None:
    path = tmp_path / "orders.csv"
    evidence = [["A", "2022-01-01", 0, "paid", "yes", "no", "refund"]]  # so that every column is recognised
    path.write_text(
        text(["customer_id", "date", "amount", "status", "paid", "test", "type"], [*evidence, *(["B", "2022-01-02", *row] for row in made)])
    )
    decided = [decide(*row) for row in made]
    with loaded([path], engine, {"purchases": []}) as found:
        amounts = sorted(row["amount"] // MONEY_PARTS for row in collect(found.frames["purchases"]))
        assert amounts == sorted([0, *(each for each in decided if isinstance(each, int))])
        assert dict(found.inputs[0].excluded) == Counter(each for each in decided if isinstance(each, str))
