"""Amounts in other units: cents, per year, per seat, MRR beside seats, ARR."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.pollution.semantic.case import Case, case
from tests.pollution.semantic.clean import COUNT, KEPT, MRR, PURCHASES, SUBSCRIPTIONS, VALUE
from tests.pollution.semantic.sheet import Sheet

MONTHS = {"month": 1, "quarter": 3, "year": 12}
SEATS = ["2", "1", "5", "3", "1", "4", "2", "1"]


def cases() -> Iterator[Case]:
    yield from _cents()
    yield from _of_other_times()
    yield from _seats()
    yield from _seats_in_mrr()


def _cents() -> Iterator[Case]:
    for header in (
        "amount (cents)",
        "Amount in cents",
        "amount_cents",
        "Price (minor units)",
        "Сумма, копеек",
        "price_in_cents",
        "Amount (pence)",
    ):
        sheet = SUBSCRIPTIONS.mapped("amount", lambda cell: f"{cell}00").renamed(amount=header)
        for question in (MRR, KEPT):
            yield case(f"{question.arguments[0]}: {header}", question, sheet, doubts=(header,))
        orders = PURCHASES.mapped("amount", lambda cell: cell.replace(".", "")).renamed(amount=header)
        yield case(f"clv: {header}", VALUE, orders, doubts=(header,))


def _of_other_times() -> Iterator[Case]:
    """The amount of a month or a year in every row, beside the interval in which it is paid."""
    for header in (
        "MRR",
        "mrr",
        "Monthly Revenue",
        "Amount per month",
        "Price / mo",
        "Сумма в месяц",
        "Monatspreis",
        "Prix mensuel",
        "Precio mensual",
    ):
        yield from _beside_interval(header, monthly(SUBSCRIPTIONS, 1))
    for header in (
        "ARR",
        "ACV",
        "Annual Price",
        "Yearly Amount",
        "Amount per year",
        "Сумма в год",
        "Jahrespreis",
        "Prix annuel",
        "Annual Contract Value",
    ):
        yield from _beside_interval(header, monthly(SUBSCRIPTIONS, 12))
    for header in ("Contract Value", "TCV", "Total Contract Value", "Сумма договора"):
        yield case(f"{header} of a year", MRR, monthly(SUBSCRIPTIONS, 12).without("interval").renamed(amount=header), doubts=(header,))


def _beside_interval(header: str, sheet: Sheet) -> Iterator[Case]:
    for interval in ("interval", "Billing Cycle", "Периодичность", "Col 7", ""):
        changed = sheet.renamed(amount=header, interval=interval) if interval else sheet.without("interval").renamed(amount=header)
        yield case(f"{header} beside '{interval}'", MRR, changed, doubts=(header, "W270"))


def monthly(sheet: Sheet, months: int) -> Sheet:
    """Return a sheet whose amounts are those of so many months."""
    pairs = zip(sheet.cells("amount"), sheet.cells("interval"), strict=True)
    return sheet.filled("amount", [str(int(amount) * months // MONTHS[interval]) for amount, interval in pairs])


def _seats() -> Iterator[Case]:
    """A price per seat, beside the seats."""
    sheet = _with_seats(SUBSCRIPTIONS, lambda amount, seats: f"{amount / seats:.2f}")
    for price in (
        "Unit Price",
        "Price per seat",
        "Per User Price",
        "price",
        "amount",
        "Цена за место",
        "Plan Amount",
        "Einzelpreis",
        "Sum",
    ):
        for seats in ("Seats", "quantity", "Qty", "Licenses", "Количество", "Anzahl"):
            yield case(f"{price} x {seats}", MRR, sheet.renamed(amount=price, seats=seats), doubts=(price, seats))


def _seats_in_mrr() -> Iterator[Case]:
    """A total, beside the seats."""
    for total in ("MRR", "Total", "Subtotal", "Total Amount", "Итого", "Revenue", "Gesamtbetrag"):
        for seats in ("Seats", "quantity", "Licenses", "Количество"):
            sheet = _with_seats(monthly(SUBSCRIPTIONS, 1).without("interval"), lambda amount, _: str(int(amount)))
            yield case(f"{total} of all {seats}", MRR, sheet.renamed(amount=total, seats=seats), doubts=(total, seats))
    for seats in ("Seats", "Количество"):
        yield case(f"customers, {seats}", COUNT, _with_seats(SUBSCRIPTIONS, lambda amount, _: str(int(amount))).renamed(seats=seats))


def _with_seats(sheet: Sheet, price: Callable[[float, int], str]) -> Sheet:
    amounts = [price(float(amount), int(seats)) for amount, seats in zip(sheet.cells("amount"), SEATS, strict=True)]
    return sheet.filled("amount", amounts).with_column("seats", SEATS, role="seats")
