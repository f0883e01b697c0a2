"""The stints of a customer: the continuous times for which it paid. They are the rows of customers.csv."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from company import EXPORT, Customer, Row


class Stint(NamedTuple):
    """A row of customers.csv: one continuous time as a customer."""

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
    """Return the row that describes the stint: the one that ends last. If several do, the one that starts last."""
    return max(rows, key=lambda row: (row.end or date.max, row.start))


def stint(customer: Customer, rows: list[Row]) -> Stint:
    """Join the rows of one stint."""
    row = last(rows)
    started = min(row.paid_from for row in rows) if row.pays else row.start
    status = "never_started" if row.status == "ended" and not row.pays else row.status
    return Stint(customer.id, started, row.end, row.canceled, row.reason, status, row.terms.plan, customer.country, customer.channel)


def unbroken(customer: Customer) -> list[Stint]:
    """Return the stints of a customer. Rows that touch or overlap are one stint. Without paid rows it has one that never started."""
    paying: list[list[Row]] = []
    for row in sorted((row for row in customer.rows if row.pays), key=lambda row: row.paid_from):
        if paying and row.paid_from <= (last(paying[-1]).end or EXPORT):
            paying[-1].append(row)
        else:
            paying.append([row])
    return [stint(customer, rows) for rows in paying or [customer.rows]]


def stints(customers: list[Customer]) -> list[Stint]:
    """Return the stints of all customers, by start date and id."""
    return sorted((stint for customer in customers for stint in unbroken(customer)), key=lambda s: (s.started_at, s.customer_id))
