"""An independent, slow reference for the money of customers with several products: plain Python, per row and day.

Written from the definition alone: of what some products lose and others gain, the smaller sum has moved. The rest of the losses is
lost where it was lost, the rest of the gains is gained by the products at the start.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

UNIT = Fraction(1, 504_000)  # of money


class Item(NamedTuple):
    """One product of a customer from `first` to the day before `end`."""

    table: str
    customer: str
    product: str
    price: Fraction
    first: int
    end: int


def paid(items: list[Item], product: str, day: int) -> Fraction:
    return sum((item.price for item in items if item.product == product and item.first <= day < item.end), Fraction(0))


def split(amount: Fraction, by: dict[str, Fraction]) -> dict[str, Fraction]:
    """Split an amount in proportion, in whole units by largest remainder, then by name."""
    exact = {name: amount * weight / sum(by.values()) for name, weight in by.items() if weight}
    parts = {name: share - share % UNIT for name, share in exact.items()}
    for name in sorted(exact, key=lambda name: (parts[name] - exact[name], name)):
        if sum(parts.values()) < amount:
            parts[name] += UNIT
    return parts


def add_customer(found: dict[str, dict[str, Fraction]], items: list[Item], start: int, end: int) -> None:
    """Add base, retained and kept, and those at the end, of one customer."""
    products = sorted({item.product for item in items})
    before, after = ({name: paid(items, name, day) for name in products} for day in (start - 1, end - 1))
    lost = {name: before[name] - after[name] for name in products if after[name] < before[name]}
    gained = {name: after[name] - before[name] for name in products if after[name] > before[name]}
    moved = min(sum(lost.values()), sum(gained.values()))
    gone = split(sum(lost.values(), Fraction(0)) - moved, lost) if lost else {}
    more = split(sum(gained.values(), Fraction(0)) - moved, before) if gained and any(before.values()) else {}
    for name in products:
        here = found.setdefault(name, dict.fromkeys(("base_mrr", "retained_mrr", "kept_mrr", "payers_mrr", "payers"), Fraction(0)))
        retained = before[name] - gone.get(name, 0)
        sums = (before[name], retained, retained + more.get(name, 0), after[name], Fraction(after[name] > 0))
        for key, number in zip(here, sums, strict=True):
            here[key] += number


def groups(items: list[Item], start: int, end: int) -> dict[tuple[str, str], dict[str, Fraction]]:
    """Return the totals of each table and product."""
    found: dict[str, dict[str, dict[str, Fraction]]] = {}
    for table, customer in sorted({(item.table, item.customer) for item in items}):
        own = [item for item in items if (item.table, item.customer) == (table, customer)]
        add_customer(found.setdefault(table, {}), own, start, end)
    return {(table, product): totals for table, products in found.items() for product, totals in products.items()}
