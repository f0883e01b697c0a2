"""Orders are split into lines: with the total of a line, or with the total of the order on each line."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.pollution.semantic.case import Case, case
from tests.pollution.semantic.clean import PURCHASES, REPEAT, TOP, VALUE
from tests.pollution.semantic.sheet import Column, Sheet

QUESTIONS = (REPEAT, TOP, VALUE)
NUMBERS = ("order_id", "Order Number", "Order #", "Номер заказа", "Bestellnummer", "Invoice no", "InvoiceNumber", "n° de commande", "Name")
OF_LINES = ("amount", "Line Total", "Line Amount", "Item Total", "Сумма позиции", "Subtotal", "Extended Price")
OF_ORDERS = ("Order Total", "Invoice Total", "Total", "Сумма заказа", "Gesamtbetrag", "Montant total", "amount", "Col 7")
PARTS = 2


def cases() -> Iterator[Case]:
    number = 0
    for order in NUMBERS:
        for header in OF_LINES:
            sheet = split(PURCHASES, _half).renamed(order_id=order, amount=header).with_column("Product", ("book", "pen", "map"))
            yield case(f"lines: {order}, {header}", QUESTIONS[number % 3], sheet, doubts=(order, header))
            number += 1
        for header in OF_ORDERS:
            sheet = split(PURCHASES, str).renamed(order_id=order, amount=header).with_column("Product", ("book", "pen", "map"))
            yield case(f"repeated totals: {order}, {header}", QUESTIONS[number % 3], sheet, doubts=(order, header))
            number += 1
    yield from _with_prices()


def _with_prices() -> Iterator[Case]:
    """Lines with a price and a quantity; the total of a line is there, or not."""
    units: tuple[tuple[str, str], ...] = (
        ("Unit Price", "Quantity"),
        ("Item Price", "Qty"),
        ("Цена за единицу", "Количество"),
        ("Einzelpreis", "Menge"),
    )
    for question in QUESTIONS:
        for price, quantity in units:
            sheet = split(PURCHASES, _half)
            prices = [f"{float(cell) / 2:.2f}" for cell in sheet.cells("amount")]
            both = sheet.with_column(price, prices).with_column(quantity, ("2",))
            yield case(f"{question.arguments[0]}: {price} x {quantity} beside the total", question, both, doubts=(price, quantity))
            alone = sheet.filled("amount", prices).renamed(amount=price).with_column(quantity, ("2",))
            if question.right == VALUE.right:  # the others are shares, which a quantity of 2 everywhere does not change
                yield case(f"{price} x {quantity}", question, alone, doubts=(price, quantity))


def split(sheet: Sheet, change: Callable[[str], str]) -> Sheet:
    """Write each row twice. change: makes the amount of a line."""
    columns = [
        Column(
            column.role,
            column.header,
            tuple(change(cell) if column.role == "amount" else cell for cell in column.cells for _ in range(PARTS)),
        )
        for column in sheet.columns
    ]
    return sheet._replace(columns=tuple(columns))


def _half(cell: str) -> str:
    return f"{float(cell) / PARTS:.2f}"
