"""An invented company, 2020 to 2022: its customers join, pay, leave and return.

It sells a reporting tool by the seat, in euros, from January 2020 on. The export is made on the morning of 2023-01-01.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta

from dice import Dice, months_after
from terms import MONTHS, PRICES_FOR_ALL, Terms, first_terms, listed, renewed

EXPORT = date(2023, 1, 1)
TRIAL = timedelta(days=14)
COUNTRIES = {"US": 29, "DE": 23, "GB": 15, "FR": 12, "NL": 8, "ES": 7, "PL": 6}
CHANNELS = {"search": 34, "content": 22, "social": 18, "partner": 14, "referral": 12}
REASONS = {"too expensive": 26, "missing feature": 20, "payment failed": 20, "switched": 18, "closed business": 16}
COMING = (1.25, 1.1, 1.15, 1.0, 0.95, 0.85, 0.7, 0.75, 1.3, 1.2, 1.1, 0.65)  # new customers by month: January and September are busy
LEAVING = (1.3, 1.0, 1.0, 1.0, 0.95, 1.0, 1.2, 1.1, 0.9, 0.9, 0.95, 0.9)
MONTHLY_LOSS = {"basic": 0.024, "pro": 0.014, "enterprise": 0.006}
YEARLY_LOSS = {"basic": 0.23, "pro": 0.14, "enterprise": 0.07}
CHANNEL_LOSS = {"search": 1.0, "content": 0.9, "social": 1.35, "partner": 0.8, "referral": 0.7}


@dataclass
class Row:
    """One span of a subscription at one price: a row of subscriptions.csv."""

    number: int
    terms: Terms
    start: date
    end: date | None = None
    canceled: date | None = None
    trial_end: date | None = None
    status: str = "active"
    reason: str = ""

    @property
    def paid_from(self) -> date:
        return max(self.start, self.trial_end or self.start)

    @property
    def pays(self) -> bool:
        return self.status != "trial" and (self.end is None or self.end > self.paid_from)


@dataclass
class Customer:
    """A customer with all rows of its subscriptions."""

    number: int
    country: str
    channel: str
    charity: bool
    rows: list[Row] = field(default_factory=list)

    @property
    def id(self) -> str:
        return f"C{self.number:04}"


def leaves(dice: Dice, customer: Customer, terms: Terms, day: date, months: int) -> bool:
    """Decide whether the customer leaves instead of renewing on this day."""
    yearly = terms.interval == "year"
    loss = YEARLY_LOSS[terms.plan] if yearly else MONTHLY_LOSS[terms.plan] * MONTHS[terms.interval]
    young = 1.6 if months <= 3 and not yearly else 1.0
    spring_2020 = 1.6 if date(2020, 3, 15) <= day < date(2020, 6, 15) else 1.0
    dearer = 1.25 if PRICES_FOR_ALL <= day < date(2022, 7, 1) else 1.0
    return dice.chance(loss * young * spring_2020 * dearer * LEAVING[day.month - 1] * CHANNEL_LOSS[customer.channel])


def end(dice: Dice, row: Row, day: date) -> None:
    """End a row on the day. The customer decides some days earlier, unless a payment failed."""
    reason = dice.pick(REASONS)
    notice = dice.between(1, 25 if row.terms.interval == "month" else 60)
    decided = day if reason == "payment failed" else max(day - timedelta(days=notice), row.paid_from)
    if decided < EXPORT:
        row.end, row.canceled, row.reason = day, decided, reason
        row.status = "ended" if day <= EXPORT else "active_until_end"


def tried(dice: Dice, number: int, terms: Terms, day: date) -> Row:
    """Return the first row of a subscription that starts with a trial. The trial still runs, has lapsed, or becomes a paid row."""
    row = Row(number, terms, day, trial_end=day + TRIAL)
    if day + TRIAL >= EXPORT:
        row.status = "trial"
    elif dice.chance(0.27):
        row.end, row.canceled, row.status = row.trial_end, day + timedelta(days=dice.between(1, 13)), "ended"
    return row


def subscribe(dice: Dice, customer: Customer, day: date, terms: Terms, trial: bool) -> None:
    """Add all rows of one subscription to the customer, renewal by renewal, up to its end or the export."""
    number = len({row.number for row in customer.rows}) + 1
    row = tried(dice, number, terms, day) if trial else Row(number, terms, day)
    customer.rows.append(row)
    months, anchor, running = 0, row.paid_from, row.pays
    while running:
        months += MONTHS[terms.interval]
        day = months_after(anchor, months)
        if leaves(dice, customer, terms, day, months):
            end(dice, row, day)
        running = row.end is None and day < EXPORT
        again = renewed(dice, terms, day, months) if running else terms
        if again != terms:
            row.end, row.status, terms = day, "ended", again
            row = Row(number, terms, day)
            customer.rows.append(row)
    if row.status == "active" and dice.chance(0.015):
        row.status = "past_due"


def come_back(dice: Dice, customer: Customer) -> None:
    """Let some lost customers return: soon after a failed payment, or after months away."""
    last = customer.rows[-1]
    while last.pays and last.end and last.end < EXPORT and last.reason != "closed business":
        soon = last.reason == "payment failed"
        if not dice.chance(0.35 if soon else 0.16):
            return
        day = last.end + timedelta(days=dice.between(2, 20) if soon else dice.between(25, 400))
        if day >= EXPORT:
            return
        terms = last.terms._replace(discount="") if soon else first_terms(dice, customer.charity, customer.channel, day)
        subscribe(dice, customer, day, terms._replace(cents=listed(terms.plan, terms.interval, day)), trial=False)
        last = customer.rows[-1]


def add_team(dice: Dice, customer: Customer) -> None:
    """Let a second team of some customers subscribe too, so that rows of a customer overlap."""
    first = customer.rows[0]
    day = first.paid_from + timedelta(days=dice.between(40, 500))
    served = any(row.paid_from <= day < (row.end or EXPORT) for row in customer.rows if row.pays)
    if first.terms.plan != "basic" and served and day < EXPORT and dice.chance(0.06):
        subscribe(dice, customer, day, first_terms(dice, customer.charity, customer.channel, day), trial=False)


def arrival(dice: Dice, month: date) -> date:
    """Return a start date in the month: for some contracts its first day, for the others any day."""
    last = monthrange(month.year, month.month)[1]
    return month if dice.chance(0.13) else month.replace(day=dice.between(1, last))


def arrivals(dice: Dice) -> list[date]:
    """Return the start dates of all new customers, in order. Each month brings a few more than the month before."""
    months = [months_after(date(2020, 1, 1), m) for m in range(36)]
    return sorted(arrival(dice, month) for m, month in enumerate(months) for _ in range(int((23 + 0.85 * m) * COMING[month.month - 1])))


def customers(seed: int) -> list[Customer]:
    """Return all customers with all their rows. The same seed gives the same customers."""
    dice, every_customer = Dice(seed), []
    for number, day in enumerate(arrivals(dice), start=1):
        customer = Customer(number, dice.pick(COUNTRIES), dice.pick(CHANNELS), dice.chance(0.03))
        terms = first_terms(dice, customer.charity, customer.channel, day)
        subscribe(dice, customer, day, terms, trial=terms.plan != "enterprise" and dice.chance(0.5))
        come_back(dice, customer)
        add_team(dice, customer)
        every_customer.append(customer)
    return every_customer
