"""Write the sample data: python sample_data/generate.py [FOLDER]. Every run writes the same bytes."""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from company import Customer, Row, customers
from dice import Dice
from events import Cost, Event, Purchase, Survey, activity, costs, euros, purchases, surveys
from stints import Stint, stints

SEED = 2020


class Subscription(NamedTuple):
    """A row of subscriptions.csv."""

    subscription_id: str
    customer_id: str
    plan: str
    started_at: date
    ended_at: date | None
    canceled_at: date | None
    trial_end: date | None
    amount: str
    interval: str
    quantity: int
    discount: str
    currency: str
    status: str
    reason: str
    country: str
    channel: str


def subscription(customer: Customer, row: Row) -> Subscription:
    """Return a customer's row in the form of subscriptions.csv."""
    terms = row.terms
    name = f"S{customer.number:04}-{row.number}"
    paid = (euros(terms.cents), terms.interval, terms.seats, terms.discount, "EUR")
    state = (row.status, row.reason, customer.country, customer.channel)
    return Subscription(name, customer.id, terms.plan, row.start, row.end, row.canceled, row.trial_end, *paid, *state)


def subscriptions(all_customers: list[Customer]) -> list[Subscription]:
    """Return the rows of all customers, by start date and id."""
    rows = [subscription(customer, row) for customer in all_customers for row in customer.rows]
    return sorted(rows, key=lambda row: (row.started_at, row.subscription_id))


def write(path: Path, kind: type[NamedTuple], rows: Sequence[tuple[object, ...]]) -> None:
    """Write rows as CSV. kind: the type of the rows, whose fields are the header."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(kind._fields)
        writer.writerows(rows)


def main(folder: Path) -> None:
    """Write all files into the folder. Each file has a seed of its own, so a change of one leaves the others alone."""
    all_customers = customers(SEED)
    all_stints = stints(all_customers)
    paying = [stint for stint in all_stints if stint.status not in ("trial", "never_started")]
    write(folder / "customers.csv", Stint, all_stints)
    write(folder / "subscriptions.csv", Subscription, subscriptions(all_customers))
    write(folder / "surveys.csv", Survey, surveys(Dice(SEED + 1), paying))
    write(folder / "purchases.csv", Purchase, purchases(Dice(SEED + 2), paying))
    write(folder / "activity.csv", Event, activity(Dice(SEED + 3), paying))
    write(folder / "costs.csv", Cost, costs(Dice(SEED + 4)))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
