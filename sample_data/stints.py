"""The unbroken presences of a customer, as the union of what was paid for: what customers.csv holds."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from company import EXPORT, Customer, Row


class Stint(NamedTuple):
    customer_id: str
    started_at: date
    ended_at: date | None
    canceled_at: date | None
    reason: str
    status: str
    plan: str
    country: str
    channel: str


def last(rows: list[Row]) -> Row:
    """The row that speaks for the stint: the one that ends last, and of these the one begun last."""
    return max(rows, key=lambda row: (row.end or date.max, row.start))


def stint(who: Customer, rows: list[Row]) -> Stint:
    row = last(rows)
    started = min(row.paid_from for row in rows) if row.pays else row.start
    status = "never_started" if row.status == "ended" and not row.pays else row.status
    return Stint(who.id, started, row.end, row.canceled, row.reason, status, row.terms.plan, who.country, who.channel)


def unbroken(who: Customer) -> list[Stint]:
    """Rows that touch or overlap are one stint; somebody who only tried has one that never started."""
    paying: list[list[Row]] = []
    for row in sorted((row for row in who.rows if row.pays), key=lambda row: row.paid_from):
        if paying and row.paid_from <= (last(paying[-1]).end or EXPORT):
            paying[-1].append(row)
        else:
            paying.append([row])
    return [stint(who, rows) for rows in paying or [who.rows]]


def stints(customers: list[Customer]) -> list[Stint]:
    return sorted((stint for who in customers for stint in unbroken(who)), key=lambda s: (s.started_at, s.customer_id))
