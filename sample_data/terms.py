"""Plans, prices and discounts, and how the terms of a customer change at a renewal. Money is in whole cents."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from dice import Dice

MONTHS = {"month": 1, "quarter": 3, "year": 12}
BILLED = {"month": 1, "quarter": 3, "year": 10}  # months paid for each interval: a year costs ten
PRICES = {  # cents per seat and month, for customers who join from that day on
    date(2020, 1, 1): {"basic": 1900, "pro": 3900, "enterprise": 6900},
    date(2021, 7, 1): {"basic": 1900, "pro": 4200, "enterprise": 7500},
    date(2022, 1, 1): {"basic": 2200, "pro": 4500, "enterprise": 7900},
}
PRICES_FOR_ALL = date(2022, 4, 1)  # at the first renewal from here on, old customers pay the list price too
PLANS = {"basic": 50, "pro": 38, "enterprise": 12}
INTERVALS = {
    "basic": {"month": 88, "year": 12},
    "pro": {"month": 66, "quarter": 6, "year": 28},
    "enterprise": {"month": 15, "quarter": 15, "year": 70},
}
SEATS = {"basic": (1, 2), "pro": (1, 9), "enterprise": (8, 45)}
STEPS = {"up": {"basic": "pro", "pro": "enterprise"}, "down": {"pro": "basic", "enterprise": "pro"}}
PROMOTIONS = ("50%", "25%")  # offered in November, for three months


class Terms(NamedTuple):
    """The terms of one row. cents and discount are for one seat and one interval."""

    plan: str
    interval: str
    seats: int
    cents: int
    discount: str


def listed(plan: str, interval: str, day: date) -> int:
    """Return the list price on a day, in cents for one seat and one interval."""
    return PRICES[max(start for start in PRICES if start <= day)][plan] * BILLED[interval]


def first_discount(dice: Dice, charity: bool, channel: str, interval: str, day: date) -> str:
    """Return the discount of a new customer: money for charities, percent for promotions and partners."""
    if charity:
        return f"{5 * BILLED[interval]}.00"
    if interval == "month" and day.month == 11:
        return "50%" if dice.chance(0.6) else "25%"
    return "10%" if channel == "partner" else ""


def first_terms(dice: Dice, charity: bool, channel: str, day: date) -> Terms:
    """Return the terms of a new subscription."""
    plan = dice.pick(PLANS)
    interval = dice.pick(INTERVALS[plan])
    discount = first_discount(dice, charity, channel, interval, day)
    return Terms(plan, interval, dice.between(*SEATS[plan]), listed(plan, interval, day), discount)


def renewed(dice: Dice, terms: Terms, day: date, months: int) -> Terms:
    """Return the terms after a renewal. Most stay the same; plan, seats, interval or price may change."""
    often = 7 if terms.interval == "year" else MONTHS[terms.interval]
    plan, interval, seats = terms.plan, terms.interval, terms.seats
    way = "up" if dice.chance(0.006 * often) else "down" if dice.chance(0.003 * often) else ""
    plan = STEPS.get(way, {}).get(plan, plan)
    if plan != "basic":
        seats += dice.between(1, 1 + seats // 4) if dice.chance(0.03 * often) else 0
        seats -= dice.between(0, seats // 3) if dice.chance(0.012 * often) else 0
    interval = "year" if interval == "month" and dice.chance(0.005) else interval
    changed = (plan, interval) != (terms.plan, terms.interval) or day >= PRICES_FOR_ALL
    promotion_over = (terms.discount in PROMOTIONS and months >= 3) or interval != terms.interval
    return Terms(plan, interval, seats, listed(plan, interval, day) if changed else terms.cents, "" if promotion_over else terms.discount)
