"""The headers of decisive columns show nothing: letters, numbers, words of other languages. Columns change their places."""

from __future__ import annotations

from collections.abc import Iterator

from tests.pollution.semantic.case import Case, case
from tests.pollution.semantic.clean import (
    ACTIVE,
    ACTIVITY,
    CHURN,
    COUNT,
    CUSTOMERS,
    KEPT,
    MRR,
    NPS,
    PURCHASES,
    REPEAT,
    SCORE_NPS,
    SUBSCRIPTIONS,
    TOP,
    VALUE,
    Question,
)
from tests.pollution.semantic.sheet import Sheet

HEADERS = ("Col 7", "F5", "колонка 4", "xyz_field", "Unnamed: 3", "custom attribute")
PAYMENTS = ("paid", "failed")
FAILED = PURCHASES.with_row(order_id="1009", customer_id="C3", date="2022-06-26", amount="900.00", status="failed")
STATUS_ONLY = CUSTOMERS.with_row(customer_id="C9", started_at="2022-03-20", ended_at="", status="trial")
DECISIVE: tuple[tuple[str, Question, Sheet], ...] = (
    ("interval", MRR, SUBSCRIPTIONS),
    ("amount", MRR, SUBSCRIPTIONS),
    ("ended_at", MRR, SUBSCRIPTIONS.without("status")),
    ("ended_at", CHURN, CUSTOMERS),
    ("started_at", CHURN, CUSTOMERS),
    ("customer_id", CHURN, CUSTOMERS),
    ("status", COUNT, STATUS_ONLY),
    ("status", TOP, FAILED),
    ("order_id", REPEAT, PURCHASES),
    ("customer_id", REPEAT, PURCHASES),
    ("amount", TOP, PURCHASES),
    ("date", VALUE, PURCHASES),
    ("score", SCORE_NPS, NPS),
    ("responded_at", SCORE_NPS, NPS),
    ("timestamp", ACTIVE, ACTIVITY),
    ("customer_id", ACTIVE, ACTIVITY),
)


def cases() -> Iterator[Case]:
    for at, (role, question, sheet) in enumerate(DECISIVE):
        for header in HEADERS:
            name = f"{question.arguments[0]} {role} = {header} ({at})"
            yield case(name, question, sheet.renamed(**{role: header}), doubts=(header,))
    yield from _moved()
    yield from _nearly_nothing()


def _moved() -> Iterator[Case]:
    for at, (role, question, sheet) in enumerate(DECISIVE):
        for to in (0, 2, -1):
            yield case(f"{question.arguments[0]} {role} to {to} ({at})", question, sheet.moved(role, to))


def _nearly_nothing() -> Iterator[Case]:
    """Two columns without a meaning at once: all are asked for in one message, or one after the other."""
    for first, second, question, sheet in (
        ("interval", "amount", MRR, SUBSCRIPTIONS),
        ("interval", "status", MRR, SUBSCRIPTIONS.with_row(customer_id="C9", started_at="2022-03-20", ended_at="", status="trial")),
        ("interval", "ended_at", KEPT, SUBSCRIPTIONS.without("status")),
        ("started_at", "ended_at", CHURN, CUSTOMERS),
        ("date", "amount", TOP, PURCHASES),
        ("status", "amount", TOP, FAILED),
        ("order_id", "customer_id", REPEAT, PURCHASES),
        ("score", "responded_at", SCORE_NPS, NPS),
    ):
        for one, other in (("Col 7", "Col 8"), ("A", "B"), ("поле1", "поле2")):
            name = f"{question.arguments[0]} {first} = {one}, {second} = {other}"
            yield case(name, question, sheet.renamed(**{first: one, second: other}), doubts=(one, other))
