"""An independent, slow and simple reference for recurring revenue in plain Python: every customer on every day.

It shares no code with the package. Days are whole numbers, money is fractions. Rows without money do not count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

HORIZON = 150  # no test looks at a later day
UNITS = 504_000  # of money in one unit of a currency
WHOLE = "whole"  # the group of numbers that are counted once for all groups
Group = str | None
Parts = dict[Group, Fraction]
Rate = Callable[[str, int], Fraction]  # of a currency on a day
Found = list[tuple[str, Group, Fraction]]  # total, group, how much


def one_for_one(currency: str, day: int) -> Fraction:
    return Fraction(1)


@dataclass(frozen=True, eq=False)
class Row:
    """One item at a monthly price, perhaps paused. Two equal rows are two items."""

    customer: str
    start: int
    end: int | None = None
    amount: Fraction = Fraction(10)
    group: Group = None
    paused: int | None = None
    resumed: int | None = None
    canceled: int | None = None
    past_due: bool = False
    currency: str = "EUR"

    @property
    def first(self) -> int:
        """Return the first day of service: a row that is paused before it begins, begins when it is resumed."""
        if self.paused is None or self.paused > self.start:
            return self.start
        return max(self.start, HORIZON if self.resumed is None else self.resumed)

    def serves(self, day: int) -> bool:
        return self.first <= day and (self.end is None or day < self.end)

    def rests(self, day: int) -> bool:
        return self.paused is not None and self.paused <= day and (self.resumed is None or day < self.resumed)


def in_order(group: Group) -> tuple[bool, str]:
    return group is None, group or ""


class Customer:
    """The items of a customer on each day: running, paused or not, and paying.

    A day in a bridged gap is as the last day before it.
    """

    def __init__(self, rows: list[Row], gap: int = 0, rate: Rate = one_for_one) -> None:
        self.rate, self.rows = rate, rows
        self.running: dict[int, list[Row]] = {-1: []}
        self.paying: dict[int, list[Row]] = {-1: []}
        for day in range(HORIZON):
            self.running[day] = [row for row in rows if row.amount and row.serves(day)]
            self.paying[day] = [row for row in self.running[day] if not row.rests(day)]
        served = [day for day in range(HORIZON) if self.running[day]]
        for last, back in pairwise(served):
            if back - last - 1 <= gap:
                for day in range(last + 1, back):
                    self.running[day], self.paying[day] = self.running[last], self.paying[last]

    def worth(self, rows: list[Row], day: int) -> Fraction:
        return sum((row.amount * self.rate(row.currency, day) for row in rows), Fraction(0))

    def by_group(self, rows: list[Row], day: int) -> Parts:
        return {group: self.worth([row for row in rows if row.group == group], day) for group in {row.group for row in rows}}

    def place(self, day: int) -> Group:
        """Return the group of the paying item with most MRR; of equal items, the first by name."""
        return min(self.paying[day], key=lambda row: (-self.worth([row], day), in_order(row.group))).group

    def paid_before(self, day: int) -> bool:
        return any(self.paying[earlier] for earlier in range(day))


def added(one: Parts, other: Parts) -> Parts:
    return {group: one.get(group, Fraction(0)) + other.get(group, Fraction(0)) for group in {*one, *other}}


def less(one: Parts, other: Parts) -> Parts:
    return added(one, {group: -amount for group, amount in other.items()})


def matched(parts: Parts, most: Fraction) -> Parts:
    """Return as much of `most` as fits, group by group in order of name."""
    found: Parts = {}
    for group in sorted(parts, key=in_order):
        found[group] = min(parts[group], most)
        most -= found[group]
    return found


def kind(customer: Customer, day: int, gained: bool) -> tuple[str, str]:
    """Return the name of a movement and of its number of customers. A resumption is not a new or reactivated customer."""
    if gained:
        if customer.paying[day - 1] or any(row in customer.running[day - 1] for row in customer.paying[day]):
            return "expansion_mrr", "expanded"
        return ("reactivation_mrr", "reactivated_payers") if customer.paid_before(day) else ("new_mrr", "new_payers")
    return ("contraction_mrr", "contracted") if customer.paying[day] else ("churned_mrr", "churned_payers")


def movements(customer: Customer, day: int) -> Found:
    """Return all movements of one day, as one change. Customers are counted once, under WHOLE."""
    before, after = customer.paying[day - 1], customer.paying[day]
    both = [row for row in customer.running[day - 1] if row in customer.running[day]]
    parts = {
        "paused_mrr": customer.by_group([row for row in before if row in both and row not in after], day),
        "resumed_mrr": customer.by_group([row for row in after if row in both and row not in before], day),
    }
    was, now, yesterday = customer.by_group(before, day), customer.by_group(after, day), customer.by_group(before, day - 1)
    parts["fx_mrr"] = {group: was[group] - yesterday[group] for group in was}
    rest = less(added(now, parts["paused_mrr"]), added(was, parts["resumed_mrr"]))
    return [*spread(parts), *moved(customer, day, rest)]


def spread(parts: Mapping[str, Parts]) -> Found:
    return [(name, group, amount) for name, amounts in parts.items() for group, amount in amounts.items()]


def moved(customer: Customer, day: int, rest: Parts) -> Found:
    """Return movements of MRR. Money that one group loses and another one gains has moved; the rest is a movement."""
    gains = {group: amount for group, amount in rest.items() if amount > 0}
    losses = {group: -amount for group, amount in rest.items() if amount < 0}
    both = min(sum(gains.values(), Fraction(0)), sum(losses.values(), Fraction(0)))
    into, out = matched(gains, both), matched(losses, both)
    found = spread({"moved_in_mrr": into, "moved_out_mrr": out})
    for parts, taken, gained in ((gains, into, True), (losses, out, False)):
        name, counted = kind(customer, day, gained)
        left = {group: parts[group] - taken[group] for group in parts}
        found += [*spread({name: left})] + ([(counted, WHOLE, Fraction(1))] if any(left.values()) else [])
    return found


def edges(customer: Customer, start: int, end: int) -> Found:
    """Return MRR at the start and at the end; for customers at the start also the end at the opening rates."""
    was, now = customer.paying[start - 1], customer.paying[end - 1]
    found = spread({"opening_mrr": customer.by_group(was, start - 1), "closing_mrr": customer.by_group(now, end - 1)})
    found += spread({"past_due_mrr": customer.by_group([row for row in now if row.past_due], end - 1)})
    leaving = [row for row in now if row.canceled is not None and row.canceled < end]
    found += spread({"leaving_mrr": customer.by_group(leaving, end - 1)})
    if now:
        paid = customer.by_group(now, end - 1)
        found += [("payers", group, Fraction(1)) for group in paid] + spread({"payers_mrr": paid})
    return found + (kept(customer, was, now, start - 1) if was else [])


def kept(customer: Customer, was: list[Row], now: list[Row], day: int) -> Found:
    """Return the money of the customers at the start by group: what has only moved between groups is not lost."""
    before, after = customer.by_group(was, day), customer.by_group(now, day)
    change = less(after, before)
    losses, gains = ({group: max(sign * amount, Fraction(0)) for group, amount in change.items()} for sign in (-1, 1))
    net = sum(gains.values()) - sum(losses.values())
    currencies = {row.currency for row in customer.rows}  # money of several currencies is split exactly
    unit = customer.rate(currencies.pop(), day) / UNITS if len(currencies) == 1 else None
    lost, gained = shares(max(-net, Fraction(0)), losses, unit), shares(max(net, Fraction(0)), before, unit)
    remaining = less(before, lost)
    return spread({"base_mrr": before, "retained_mrr": remaining, "kept_mrr": added(remaining, gained)})


def shares(amount: Fraction, weights: Parts, unit: Fraction | None) -> Parts:
    """Split an amount by weights, in whole units by largest remainder, then by name. unit: None splits exactly."""
    total = sum(weights.values())
    exact = {group: amount * weight / total if total else Fraction(0) for group, weight in weights.items()}
    if unit is None or not total:
        return exact
    whole = {group: share // unit * unit for group, share in exact.items()}
    left = (amount - sum(whole.values())) / unit
    for group in sorted(exact, key=lambda group: (whole[group] - exact[group], in_order(group)))[: int(left)]:
        whole[group] += unit
    return whole


def totals(rows: list[Row], start: int, end: int, gap: int = 0, rate: Rate = one_for_one) -> dict[Group, defaultdict[str, Fraction]]:
    """Return all totals of one period [start, end), by group."""
    found: dict[Group, defaultdict[str, Fraction]] = {group: defaultdict(Fraction) for group in (WHOLE, *{row.group for row in rows})}
    for name in sorted({row.customer for row in rows}):
        customer = Customer([row for row in rows if row.customer == name], gap, rate)
        changes = [change for day in range(start, end) for change in movements(customer, day)]
        for total, group, amount in [*edges(customer, start, end), *changes]:
            found[group][total] += amount
    return found
