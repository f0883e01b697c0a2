"""Random tables of subscriptions, as rows of the reference and as CSV text."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.support.reference_definitions import Row, day

NAMES = (
    "customer_id",
    "subscription_id",
    "started_at",
    "ended_at",
    "canceled_at",
    "paid_through",
    "status",
    "paused_at",
    "resumed_at",
    "amount",
    "interval",
    "discount",
)


def rows(seed: int, most: int = 14) -> list[Row]:
    """Return random rows of a few customers: they return, overlap, cancel, pause and fall behind with payment."""
    pick = random.Random(seed)
    return [_row(pick, number) for number in range(pick.randint(1, most))]


def _row(pick: random.Random, number: int) -> Row:
    start = pick.choice([*range(60, 300, 7), *range(200, 260)])
    end = start + pick.choice([3, 20, 31, 60, 90, 120]) if pick.random() < 0.65 else None
    canceled = pick.choice([None, start, (end or 320) - 5, (end or 300)])
    paid = pick.choice([None, start + 30, (end or 290) + 6, (end or 310) - 2])
    paused = start + pick.choice([1, 5, 25]) if pick.random() < 0.3 else None
    resumed = paused + pick.choice([1, 4, 40]) if paused is not None and pick.random() < 0.6 else None
    customer, is_late = pick.choice("ABCDE"), end is None and pick.random() < 0.3
    name = f"S{customer}{number // pick.choice([1, 2])}"
    money = (pick.choice([10, 20, 50]), pick.choice(["month", "month", "week", "day", "year"]), pick.choice([0, 0, 20, 50]))
    return Row(customer, name, start, end, canceled, paid, is_late, paused, resumed, *money)


def csv_of(table: list[Row]) -> str:
    """Return the rows as an export of subscriptions."""
    return "\n".join([",".join(NAMES), *_lines(table)]) + "\n"


def _lines(table: list[Row]) -> Iterator[str]:
    for row in table:
        days = (row.start, row.end, row.canceled, row.paid)
        texts = ["" if each is None else str(day(each)) for each in days]
        pauses = ["" if each is None else str(day(each)) for each in (row.paused, row.resumed)]
        money = (str(row.amount), row.interval, f"{row.discount}%" if row.discount else "")
        yield ",".join((row.customer, row.subscription, *texts, _status(row), *pauses, *money))


def _status(row: Row) -> str:
    """Return the state that fits the end: an active row with an end has a planned one."""
    return "past_due" if row.past_due else "active" if row.end is None else "canceled"
