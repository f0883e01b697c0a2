"""Writes the sample data: python sample_data/generate.py [FOLDER]. The same bytes every time."""

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


def subscription(who: Customer, row: Row) -> Subscription:
    terms = row.terms
    paid = (euros(terms.cents), terms.interval, terms.seats, terms.discount, "EUR")
    said = (row.status, row.reason, who.country, who.channel)
    return Subscription(f"S{who.number:04}-{row.number}", who.id, terms.plan, row.start, row.end, row.canceled, row.trial_end, *paid, *said)


def subscriptions(everyone: list[Customer]) -> list[Subscription]:
    rows = [subscription(who, row) for who in everyone for row in who.rows]
    return sorted(rows, key=lambda row: (row.started_at, row.subscription_id))


def write(path: Path, kind: type[NamedTuple], rows: Sequence[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(kind._fields)
        writer.writerows(rows)


def main(folder: Path) -> None:
    everyone = customers(SEED)
    lives = stints(everyone)
    paying = [stint for stint in lives if stint.status not in ("trial", "never_started")]
    write(folder / "customers.csv", Stint, lives)
    write(folder / "subscriptions.csv", Subscription, subscriptions(everyone))
    write(folder / "surveys.csv", Survey, surveys(Dice(SEED + 1), paying))
    write(folder / "purchases.csv", Purchase, purchases(Dice(SEED + 2), paying))
    write(folder / "activity.csv", Event, activity(Dice(SEED + 3), paying))
    write(folder / "costs.csv", Cost, costs(Dice(SEED + 4)))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
