"""The clean tables that are polluted, and the rows that must be read from them."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

Cells = list[list[str]]
Row = tuple[object, ...]
CUSTOMERS = ["customer_id", "company", "plan", "started_at", "ended_at"]
SUBSCRIPTIONS = ["customer_id", "plan", "started_at", "ended_at", "amount"]
CYRILLIC = ("ООО «Север, {}»", 'Завод "Луч" {}', "Smith, Jones & Co {}", "O'Neil {}", "ИП Ёлкин {}")
LATIN = ("Müller, Söhne & Co {}", 'Café "Élan" {}', "Señor Nuñez {}", "O'Neil {}", "Größe {}")
PLAIN = ("Acme {}", "North {}", "Smith and Jones {}", "Neil {}", "Rocket {}")


class Customer(NamedTuple):
    id: str
    company: str
    plan: str | None
    start: date
    end: date | None
    cents: int | Fraction  # paid per month

    @property
    def row(self) -> Row:
        return (self.id, self.start, self.end, self.company, self.plan)

    @property
    def paying(self) -> Row:
        return (self.id, self.start, self.end, self.cents)


def people(names: Sequence[str] = CYRILLIC, plans: Sequence[str] = ("basic", "pro", "enterprise"), many: int = 60) -> list[Customer]:
    """Return customers who start during 2022. Every third one leaves. Ids begin with zeros. Days above 12 settle the order of dates."""
    customers = []
    for n in range(many):
        start = date(2022, 1, 13) + timedelta(days=n * 5)
        end = start + timedelta(days=30 + 7 * n % 90) if n % 3 == 1 else None
        company, plan = names[n % len(names)].format(n), plans[n % len(plans)]
        customers.append(Customer(f"{7 + n * 13:04}", company, plan, start, end, 123_450 + 1_001 * n))
    return customers


Written = Callable[[date], str]


def customers(found: Iterable[Customer], day: Written = date.isoformat) -> Cells:
    """Return the table of customers. day: writes a date."""
    return [CUSTOMERS, *([c.id, c.company, c.plan, day(c.start), day(c.end) if c.end else ""] for c in found)]


def decimal(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"


def subscriptions(found: Iterable[Customer], amount: Callable[[int], str] = decimal) -> Cells:
    """Return the table of subscriptions. amount: writes cents."""
    return [SUBSCRIPTIONS, *([c.id, c.plan, c.start.isoformat(), c.end.isoformat() if c.end else "", amount(c.cents)] for c in found)]


def text(cells: Iterable[Sequence[str]], delimiter: str = ",", quote: str = '"', quoting: int = csv.QUOTE_MINIMAL, end: str = "\n") -> str:
    """Write the cells as the csv module does."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quotechar=quote, quoting=quoting, lineterminator=end).writerows(cells)
    return out.getvalue()


def bare(cells: Iterable[Sequence[str]], delimiter: str = ",", end: str = "\n") -> str:
    """Write the cells without any quotes, even if a cell needs them."""
    return "".join(delimiter.join(row) + end for row in cells)
