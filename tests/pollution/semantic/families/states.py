"""States are mixed in: of orders that were not paid, of subscriptions that have not begun or have ended; in ten languages."""

from __future__ import annotations

from collections.abc import Iterator

from tests.pollution.semantic.case import Case, case, cells_of
from tests.pollution.semantic.clean import CHURN, COUNT, CUSTOMERS, MRR, PURCHASES, REPEAT, SUBSCRIPTIONS, TOP, VALUE

PURCHASE_HEADERS = ("status", "Payment Status", "Financial Status", "Статус оплаты", "Order Status", "Zahlungsstatus", "Estado", "Col 7")
HEADERS = ("status", "Subscription Status", "Статус", "Membership State", "Abo-Status", "Col 7")
EXTRA = {"order_id": "1009", "customer_id": "C3", "date": "2022-06-26", "amount": "900.00"}
NEW = {"customer_id": "C9", "started_at": "2022-03-20", "ended_at": "", "amount": "5000", "interval": "month"}


def cases() -> Iterator[Case]:
    yield from _orders()
    yield from _subscriptions()


def _orders() -> Iterator[Case]:
    paid = cells_of("status_purchases", "paid")
    number = 0
    for state in ("failed", "cancelled", "refunded", "pending", "draft"):
        for word in cells_of("status_purchases", state)[::4]:
            header = PURCHASE_HEADERS[number % len(PURCHASE_HEADERS)]
            question = (TOP, REPEAT, VALUE)[number % 3]
            known = paid[number % len(paid)]
            sheet = PURCHASES.mapped("status", {"paid": known}).with_row(**EXTRA, status=word).renamed(status=header)
            yield case(f"{header}: {known}, {word}", question, sheet, doubts=(header, word, "W260"))
            number += 1


def _subscriptions() -> Iterator[Case]:
    number = 0
    for state in ("trial", "never_started", "ended"):
        for word in cells_of("status_subscriptions", state)[::4]:
            header = HEADERS[number % len(HEADERS)]
            base, question = ((SUBSCRIPTIONS, MRR), (CUSTOMERS, COUNT), (CUSTOMERS, CHURN))[number % 3]
            sheet = base.with_row(**NEW, status=word).renamed(status=header)
            yield case(f"{question.arguments[0]} {header}: {word}", question, sheet, doubts=(header, word, "W203", "end date"))
            number += 1
