"""Monthly amounts under other rules for discounts, weeks and days: columns that are made only if a definition reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from custmetrics_cli.columns.interval import Weights, monthly
from custmetrics_cli.columns.money import MONEY
from custmetrics_cli.tables.shared.rules import Derived

if TYPE_CHECKING:
    from custmetrics_cli.tables.shared.rules import Array, Arrays

DISCOUNTS = ("subtract", "ignore")
WEEKS = {"52/12": Weights().weeks, "4": Fraction(4), "4.33": Fraction("4.33")}
DAYS = {"365.25/12": Weights().days, "30": Fraction(30)}
READS = ("amount", "discount", "quantity", "interval", "interval_count")


def amount_name(discounts: str, week: str, day: str) -> str:
    """Return the column of the amounts under these rules.

    >>> amount_name("subtract", "52/12", "365.25/12"), amount_name("ignore", "4", "30")
    ('monthly', 'monthly_ignore_1_1')
    """
    choice = (discounts, [*WEEKS].index(week), [*DAYS].index(day))
    return "monthly" if choice == ("subtract", 0, 0) else "monthly_{}_{}_{}".format(*choice)


def _maker(discounts: str, weights: Weights) -> Callable[[Arrays], Array]:
    def make(row: Arrays) -> Array:
        discount = row["discount"] * (discounts == "subtract")
        return monthly(row["amount"], discount, row["quantity"], row["interval"], row["interval_count"], weights)

    return make


def _columns() -> Iterator[Derived]:
    for discounts, (week, weeks), (day, days) in product(DISCOUNTS, WEEKS.items(), DAYS.items()):
        name = amount_name(discounts, week, day)
        if name != "monthly":
            yield Derived(name, MONEY, (("amount",),), _maker(discounts, Weights(days, weeks)), READS, on_demand=True)


OTHER_AMOUNTS = tuple(_columns())
