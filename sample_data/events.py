"""Surveys, purchases and activity of the customers, and the costs of the company."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from company import CHANNELS, COMING, EXPORT
from dice import Dice, months_after
from stints import Stint

LOG_FROM = date(2022, 10, 1)  # the tool keeps its log for a quarter
BEST = {"nps": 10, "csat": 10, "ces": 7}
LOWEST = {"nps": 0, "csat": 1, "ces": 1}
TOUCHPOINTS = {
    "nps": {"half-year": 1},
    "csat": {"support": 70, "onboarding": 30},
    "ces": {"support": 55, "import": 45},
}
EVERY = {"nps": 182, "csat": 150, "ces": 210}  # days between two invitations
PRAISE = ("Saves me a day a month", "Reports just work", "Support answered in minutes, thank you!", 'Our board calls it "the one page"')
BLAME = (
    "Too dear for what we use",
    "Import of old data is slow, every time",
    "Where is the API?",
    "Had to ask twice\nbefore anybody answered",
)
EXTRAS = {"training": 60000, "migration": 150000, "templates": 9900, "audit": 240000}  # cents
EXTRA_SHARES = {"templates": 55, "training": 28, "migration": 12, "audit": 5}
EVENTS = {"open": 50, "report": 22, "export": 10, "share": 8, "comment": 6, "like": 4}
SPEND = {"search": 620000, "social": 410000, "content": 330000, "partner": 240000, "referral": 60000}  # cents in a usual month
TEAMS = {"sales": 1150000, "support": 640000, "retention": 210000}


class Survey(NamedTuple):
    """A row of surveys.csv: one answer."""

    responded_at: date
    score: str
    customer_id: str
    kind: str
    touchpoint: str
    comment: str
    plan: str
    country: str


class Purchase(NamedTuple):
    """A row of purchases.csv: one order, or one refund."""

    customer_id: str
    date: date
    amount: str
    currency: str
    kind: str
    channel: str


class Event(NamedTuple):
    """A row of activity.csv: one event. duration is in seconds."""

    customer_id: str
    timestamp: str
    event: str
    duration: int | None


class Cost(NamedTuple):
    """A row of costs.csv: the spend of one month on one category and channel."""

    date: date
    amount: str
    category: str
    channel: str
    currency: str


def euros(cents: int) -> str:
    """Return an amount in euros with two decimals.

    >>> euros(-9905)
    '-99.05'
    """
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02}"


def score(dice: Dice, kind: str, stint: Stint, day: date) -> int:
    """Return a score. Most customers are content; those who leave within 120 days are less content."""
    unhappy = stint.ended_at is not None and stint.ended_at - day < timedelta(days=120)
    away = dice.between(0, 4) if dice.chance(0.6 if unhappy else 0.88) else dice.between(3, 10)
    return max(LOWEST[kind], BEST[kind] - (away * BEST[kind] + 5) // 10)


def answer(dice: Dice, kind: str, stint: Stint, day: date) -> Survey:
    """Return one answer. Some have a comment, and 2 % have no score."""
    points = score(dice, kind, stint, day)
    text = ""
    if dice.chance(0.18):
        words = PRAISE if points > BEST[kind] * 7 // 10 else BLAME
        text = words[dice.between(0, len(words) - 1)]
    shown = "" if dice.chance(0.02) else str(points)
    return Survey(day, shown, stint.customer_id, kind, dice.pick(TOUCHPOINTS[kind]), text, stint.plan, stint.country)


def surveys(dice: Dice, stints: list[Stint]) -> list[Survey]:
    """Invite every customer again and again, and return the answers in order."""
    answers = []
    for stint in stints:
        for kind, often in EVERY.items():
            day = stint.started_at + timedelta(days=dice.between(20, often))
            while day < (stint.ended_at or EXPORT) and day < EXPORT:
                if dice.chance(0.38):
                    answers.append(answer(dice, kind, stint, day))
                day += timedelta(days=dice.between(often - 20, often + 40))
    return sorted(answers)


def bought(dice: Dice, stint: Stint, day: date) -> Iterator[Purchase]:
    """Yield the purchase of an extra, and sometimes a refund of all or half of it."""
    kind = dice.pick(EXTRA_SHARES)
    cents = EXTRAS[kind] * (dice.between(1, 3) if kind == "training" else 1)
    yield Purchase(stint.customer_id, day, euros(cents), "EUR", kind, stint.channel)
    back = day + timedelta(days=dice.between(2, 25))
    if dice.chance(0.06) and back < (stint.ended_at or EXPORT) and back < EXPORT:
        yield Purchase(stint.customer_id, back, euros(-cents if dice.chance(0.7) else -(cents // 2)), "EUR", kind, stint.channel)


def purchases(dice: Dice, stints: list[Stint]) -> list[Purchase]:
    """Return the purchases of the customers who buy extras, in order."""
    orders: list[Purchase] = []
    for stint in stints:
        day = stint.started_at + timedelta(days=dice.between(0, 200))
        keen = dice.chance(0.45)
        while keen and day < (stint.ended_at or EXPORT) and day < EXPORT:
            orders += bought(dice, stint, day)
            day += timedelta(days=dice.between(25, 420))
    return sorted(orders, key=lambda p: (p.date, p.customer_id, p.kind, p.amount))


def visit(dice: Dice, customer_id: str, day: date) -> Iterator[Event]:
    """Yield one to four events of a day. The first one opens the tool and has a duration."""
    minute = dice.between(6 * 60, 20 * 60)
    for n in range(dice.between(1, 4)):
        kind = dice.pick(EVENTS) if n else "open"
        at = f"{day}T{minute // 60:02}:{minute % 60:02}:{dice.between(0, 59):02}Z"
        yield Event(customer_id, at, kind, dice.between(20, 2400) if kind == "open" else None)
        minute += dice.between(1, 40)


def activity(dice: Dice, stints: list[Stint]) -> list[Event]:
    """Return the events of all customers since LOG_FROM, in order. Each customer has a habit of its own, and rests at weekends."""
    events: list[Event] = []
    for stint in stints:
        habit = dice.between(2, 60) / 100
        day = max(stint.started_at, LOG_FROM)
        while day < (stint.ended_at or EXPORT) and day < EXPORT:
            if dice.chance(habit if day.weekday() < 5 else habit / 6):
                events += visit(dice, stint.customer_id, day)
            day += timedelta(days=1)
    return sorted(events, key=lambda e: (e.timestamp, e.customer_id, e.event))


def costs(dice: Dice) -> list[Cost]:
    """Return the costs of each month: marketing by channel, and the teams. They grow, and follow the number of new customers."""
    rows = []
    for m in range(36):
        first = months_after(date(2020, 1, 1), m)
        last, growth = months_after(first, 1) - timedelta(days=1), 60 + 2 * m

        def row(cents: int, category: str, channel: str = "", day: date = last, growth: int = growth) -> Cost:
            return Cost(day, euros(cents * growth * dice.between(92, 108) // 10_000), category, channel, "EUR")

        rows += [row(int(SPEND[channel] * COMING[first.month - 1]), "marketing", channel) for channel in CHANNELS]
        rows += [row(cents, team) for team, cents in TEAMS.items()]
    return rows
