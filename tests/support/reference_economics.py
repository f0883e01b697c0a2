"""References for unit economics that look at every row and every day, and random tables to try them on."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Any

from tests.metrics.revenue.test_mrr import END, FIRST, START, Crowd, by_customer, day, in_euros
from tests.support.reference import Customer, Row
from tests.support.reference_mrr import Customer as Paying

MONTHS = [(dt.date(2022, n, 1) - FIRST).days for n in range(1, 13)]
QUARTER = (MONTHS[3], MONTHS[6])
WINS, KEEPS = ("marketing", "Sales", "sales & marketing"), ("support", "Retention & success")
CHANNELS = ("ads", "web", "")
MARGIN = Fraction(7, 10)
Group = str | None
Dicts = list[dict[str, Any]]


def as_csv(rows: Dicts) -> str:
    return "".join(",".join(map(str, line)) + "\n" for line in (rows[0], *(row.values() for row in rows)))


def costs(dice: Random, currencies: tuple[str, ...] = ("EUR",)) -> Dicts:
    kinds = (*WINS, *KEEPS, "rent", "sales tax", "")
    return [
        {
            "date": day(dice.randint(-5, 190)),
            "amount": f"{dice.randint(-500, 9000) / 100:.2f}",
            "category": dice.choice(kinds),
            "channel": dice.choice(CHANNELS),
            "currency": dice.choice(currencies),
        }
        for _ in range(60)
    ]


def spent(rows: Dicts, kinds: tuple[str, ...], start: int, end: int, group: Group = "all") -> Fraction:
    days = range(start, end)
    return sum(
        (
            Fraction(row["amount"]) * in_euros(row["currency"], number)
            for row in rows
            if row["category"] in kinds
            and group in ("all", row["channel"])
            and (number := (dt.date.fromisoformat(row["date"]) - FIRST).days) in days
        ),
        Fraction(0),
    )


def subscribers(dice: Random) -> list[Row]:
    """Return random rows: one channel each, one or two rows per customer."""
    rows = []
    for n in range(50):
        start = dice.randint(-60, 170)
        for _ in range(dice.randint(1, 2)):
            end = dice.choice([None, start + dice.randint(1, 90)])
            rows.append(Row(f"C{n:02}", start, end, dice.choice(CHANNELS), dice.choice([5, 10, 25])))
            start = (end or start) + dice.randint(0, 30)
    return [row for row in rows if row.start >= 0]


def subscriptions(rows: list[Row]) -> str:
    cells = [
        {
            "customer_id": r.customer,
            "started_at": day(r.start),
            "ended_at": day(r.end),
            "amount": r.amount,
            "channel": r.group,
            "currency": "EUR",
        }
        for r in rows
    ]
    return as_csv(cells)


def value_of(rows: list[Row], start: int, end: int) -> Fraction | None:
    """Return the customer value, from all customers on the last day and at the borders of every month."""
    everyone = [Customer([row for row in rows if row.customer == name], 0) for name in {row.customer for row in rows}]
    edges = [edge for edge in MONTHS if start <= edge <= end]
    opening = sum(c.there[a - 1] for c in everyone for a in edges[:-1])
    lost = sum(c.there[a - 1] and not c.there[b - 1] for c in everyone for a, b in pairwise(edges))
    paid = [sum(row.amount for row in c.rows if row.serves(end - 1)) for c in everyone if c.there[end - 1]]
    return Fraction(sum(paid), len(paid)) * MARGIN * Fraction(opening, lost) if lost and paid else None


def lost_in(crowd: Crowd, gap: int) -> dict[Group, tuple[int, Fraction]]:
    """Return by the plan at the start: customers with a running item then and none at the end, and what they paid."""
    found: dict[Group, tuple[int, Fraction]] = {}
    for own in by_customer(crowd).values():
        customer = Paying(own, gap, in_euros)
        before = customer.running[START - 1]
        if before and not customer.running[END - 1]:
            group = min(before, key=lambda row: (-row.amount, not row.group, row.group or "")).group
            n, paid = found.get(group, (0, Fraction(0)))
            found[group] = n + 1, paid + customer.worth(customer.paying[START - 1], START - 1)
    return found
