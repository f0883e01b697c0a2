"""Forms of amounts, in a table of subscriptions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from tests.pollution.clean import decimal, people, subscriptions, text
from tests.pollution.pollution import ALL, PAYING, Pollution, Rows, hurt, paying, whole

FILE = "subscriptions.csv"


def grouped(thousands: str, point: str) -> Callable[[int], str]:
    return lambda cents: f"{cents // 100:,}".replace(",", thousands) + f"{point}{cents % 100:02}"


FORMS: dict[str, Callable[[int], str]] = {
    "point": decimal,
    "comma": lambda cents: decimal(cents).replace(".", ","),
    "1,234.50": grouped(",", "."),
    "1.234,50": grouped(".", ","),
    "1 234,50": grouped(" ", ","),
    "1 234.50": grouped(" ", "."),
    "1'234.50": grouped("'", "."),
    "1’234.50": grouped("\u2019", "."),
    "no-break space": grouped("\u00a0", ","),
    "thin no-break space": grouped("\u202f", ","),
    "$ before": lambda cents: f"${cents / 100:,.2f}",
    "€ after": lambda cents: f"{grouped('.', ',')(cents)} €",
    "руб. after": lambda cents: f"{grouped(' ', ',')(cents)} руб.",
    "code before": lambda cents: f"EUR {decimal(cents)}",
    "code after": lambda cents: f"{decimal(cents)} EUR",
    "plus": lambda cents: f"+{decimal(cents)}",
    "zeros before": lambda cents: f"000{decimal(cents)}",
    "zeros after": lambda cents: f"{decimal(cents)}0000",
}
REFUSED: dict[str, Callable[[int], str]] = {
    "exponent": lambda cents: f"{cents / 100:e}",
    "minus": lambda cents: f"-{decimal(cents)}",
    "in brackets": lambda cents: f"({decimal(cents)})",
    "percent": lambda cents: f"{decimal(cents)}%",
    "letters for digits": lambda cents: decimal(cents).replace("1", "l"),
    "two points": lambda cents: decimal(cents).replace(".", ".."),
    "dash for cents": lambda cents: f"{cents // 100},-",
    "thousands cut in twos": lambda cents: f"{cents // 10_000},{decimal(cents % 10_000)}",
    "infinity": lambda cents: "inf",
    "nothing": lambda cents: "",
    "free": lambda cents: "free",
}


def pollutions() -> Iterator[Pollution]:
    for name, amount in FORMS.items():
        yield whole(name, text(subscriptions(ALL, amount), ";"), PAYING, FILE)
        for other in ("comma",):
            if other != name:
                mixed = text(subscriptions(ALL[:30], amount)) + text(subscriptions(ALL[30:], FORMS[other])[1:])
                yield hurt(f"{name}, then {other}", mixed, PAYING, file=FILE)
    for name, amount in REFUSED.items():
        yield hurt(name, text(subscriptions(ALL, amount)), PAYING, file=FILE)
        last = text(subscriptions(ALL[:-1])) + text(subscriptions(ALL[-1:], amount)[1:])
        yield hurt(f"{name} once", last, PAYING, file=FILE)
    yield from _thousands()
    finer = [c._replace(cents=c.cents + Fraction(1, 2)) for c in ALL]
    yield whole("cents and a third digit", text(subscriptions(ALL, lambda cents: f"{decimal(cents)}5")), paying(finer), FILE)


def _thousands() -> Iterator[Pollution]:
    round_ = [c._replace(cents=c.cents // 100 * 100) for c in people()]
    yield whole("whole units", text(subscriptions(round_, lambda cents: str(cents // 100))), paying(round_), FILE)
    yield hurt("1,234 alone", text(subscriptions(round_, lambda cents: f"{cents // 100:,}")), _none(), file=FILE)
    yield hurt("1.234 alone", text(subscriptions(round_, lambda cents: f"{cents // 100:,}".replace(",", "."))), _none(), file=FILE)
    yield hurt("1,234 unquoted", text(subscriptions(ALL)) + "1,pro,2022-03-13,,1,234\n", _none(), file=FILE)
    yield hurt(
        "1,50 unquoted everywhere", text(subscriptions(ALL, lambda cents: f"{cents // 100},50")).replace('"', ""), _none(), file=FILE
    )


def _none() -> Rows:
    return paying([])
