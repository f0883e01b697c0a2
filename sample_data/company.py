"""A company that never was, 2020-2022: who came, what they paid for, who left and who came back.

Sells a reporting tool by the seat, in euros, from January 2020 on; the export is made on the morning of 2023-01-01.
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
COMING = (1.25, 1.1, 1.15, 1.0, 0.95, 0.85, 0.7, 0.75, 1.3, 1.2, 1.1, 0.65)  # by month: January and September are busy
LEAVING = (1.3, 1.0, 1.0, 1.0, 0.95, 1.0, 1.2, 1.1, 0.9, 0.9, 0.95, 0.9)
MONTHLY_LOSS = {"basic": 0.024, "pro": 0.014, "enterprise": 0.006}
YEARLY_LOSS = {"basic": 0.23, "pro": 0.14, "enterprise": 0.07}
CHANNEL_LOSS = {"search": 1.0, "content": 0.9, "social": 1.35, "partner": 0.8, "referral": 0.7}


@dataclass
class Row:
    """One span of a subscription at one price, as subscriptions.csv has it."""

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
    number: int
    country: str
    channel: str
    charity: bool
    rows: list[Row] = field(default_factory=list)

    @property
    def id(self) -> str:
        return f"C{self.number:04}"


def leaves(dice: Dice, who: Customer, terms: Terms, day: date, months: int) -> bool:
    """Whether the renewal of this day is the one not taken."""
    yearly = terms.interval == "year"
    loss = YEARLY_LOSS[terms.plan] if yearly else MONTHLY_LOSS[terms.plan] * MONTHS[terms.interval]
    young = 1.6 if months <= 3 and not yearly else 1.0
    spring_2020 = 1.6 if date(2020, 3, 15) <= day < date(2020, 6, 15) else 1.0
    dearer = 1.25 if PRICES_FOR_ALL <= day < date(2022, 7, 1) else 1.0
    return dice.chance(loss * young * spring_2020 * dearer * LEAVING[day.month - 1] * CHANNEL_LOSS[who.channel])


def end(dice: Dice, row: Row, day: date) -> None:
    """Not renewed: the decision comes before the end of what is paid, unless a payment failed."""
    reason = dice.pick(REASONS)
    notice = dice.between(1, 25 if row.terms.interval == "month" else 60)
    decided = day if reason == "payment failed" else max(day - timedelta(days=notice), row.paid_from)
    if decided < EXPORT:
        row.end, row.canceled, row.reason = day, decided, reason
        row.status = "ended" if day <= EXPORT else "active_until_end"


def tried(dice: Dice, number: int, terms: Terms, day: date) -> Row:
    """The first row of a subscription that begins with a trial, whether it is running, lapsed or paid."""
    row = Row(number, terms, day, trial_end=day + TRIAL)
    if day + TRIAL >= EXPORT:
        row.status = "trial"
    elif dice.chance(0.27):
        row.end, row.canceled, row.status = row.trial_end, day + timedelta(days=dice.between(1, 13)), "ended"
    return row


def subscribe(dice: Dice, who: Customer, day: date, terms: Terms, trial: bool) -> None:
    """All rows of one subscription, renewal by renewal, up to its end or the export."""
    number = len({row.number for row in who.rows}) + 1
    row = tried(dice, number, terms, day) if trial else Row(number, terms, day)
    who.rows.append(row)
    months, anchor, running = 0, row.paid_from, row.pays
    while running:
        months += MONTHS[terms.interval]
        day = months_after(anchor, months)
        if leaves(dice, who, terms, day, months):
            end(dice, row, day)
        running = row.end is None and day < EXPORT
        again = renewed(dice, terms, day, months) if running else terms
        if again != terms:
            row.end, row.status, terms = day, "ended", again
            row = Row(number, terms, day)
            who.rows.append(row)
    if row.status == "active" and dice.chance(0.015):
        row.status = "past_due"


def come_back(dice: Dice, who: Customer) -> None:
    """Some return: soon after a failed payment, or after months away."""
    last = who.rows[-1]
    while last.pays and last.end and last.end < EXPORT and last.reason != "closed business":
        soon = last.reason == "payment failed"
        if not dice.chance(0.35 if soon else 0.16):
            return
        day = last.end + timedelta(days=dice.between(2, 20) if soon else dice.between(25, 400))
        if day >= EXPORT:
            return
        terms = last.terms._replace(discount="") if soon else first_terms(dice, who.charity, who.channel, day)
        subscribe(dice, who, day, terms._replace(cents=listed(terms.plan, terms.interval, day)), trial=False)
        last = who.rows[-1]


def add_team(dice: Dice, who: Customer) -> None:
    """A second team of the same customer subscribes for itself, so that rows overlap."""
    first = who.rows[0]
    day = first.paid_from + timedelta(days=dice.between(40, 500))
    served = any(row.paid_from <= day < (row.end or EXPORT) for row in who.rows if row.pays)
    if first.terms.plan != "basic" and served and day < EXPORT and dice.chance(0.06):
        subscribe(dice, who, day, first_terms(dice, who.charity, who.channel, day), trial=False)


def arrival(dice: Dice, month: date) -> date:
    """Some contracts begin with the month; the rest on any day of it."""
    last = monthrange(month.year, month.month)[1]
    return month if dice.chance(0.13) else month.replace(day=dice.between(1, last))


def arrivals(dice: Dice) -> list[date]:
    months = [months_after(date(2020, 1, 1), m) for m in range(36)]
    return sorted(arrival(dice, month) for m, month in enumerate(months) for _ in range(int((23 + 0.85 * m) * COMING[month.month - 1])))


def customers(seed: int) -> list[Customer]:
    """Everyone who ever came, with all their rows."""
    dice, found = Dice(seed), []
    for number, day in enumerate(arrivals(dice), start=1):
        who = Customer(number, dice.pick(COUNTRIES), dice.pick(CHANNELS), dice.chance(0.03))
        terms = first_terms(dice, who.charity, who.channel, day)
        subscribe(dice, who, day, terms, trial=terms.plan != "enterprise" and dice.chance(0.5))
        come_back(dice, who)
        add_team(dice, who)
        found.append(who)
    return found
