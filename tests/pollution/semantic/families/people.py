"""Customers are known by e-mail, phone or name, each in several spellings."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tests.pollution.semantic.case import Case, case
from tests.pollution.semantic.clean import CHURN, COUNT, CUSTOMERS, MRR, PURCHASES, REPEAT, SUBSCRIPTIONS, TOP, VALUE, Question
from tests.pollution.semantic.sheet import Sheet

NAMES = ("Ada Lovelace", "Ben Ivanov", "Cleo Smith", "Dan Brown", "Eva Green", "Fred Stone", "Gus Hill", "Hal Ray", "Ivy Wood")
EMAIL_HEADERS = (
    "Email",
    "E-mail",
    "Customer Email",
    "email_address",
    "Почта",
    "Электронная почта",
    "Billing Email",
    "Adresse e-mail",
    "Correo",
)
PHONE_HEADERS = ("Phone", "Telephone", "Mobile", "Телефон", "Телефон клиента", "Customer Phone", "Handy", "Teléfono")
NAME_HEADERS = ("Customer Name", "Client", "Buyer", "ФИО", "Покупатель", "Kunde", "Billing Name", "Name")
ASKED: tuple[tuple[Question, Sheet], ...] = (
    (REPEAT, PURCHASES),
    (TOP, PURCHASES),
    (VALUE, PURCHASES),
    (CHURN, CUSTOMERS),
    (MRR, SUBSCRIPTIONS),
)


def cases() -> Iterator[Case]:
    yield from _known_by("e-mail", EMAIL_HEADERS, _email)
    yield from _known_by("phone", PHONE_HEADERS, _phone)
    yield from _known_by("name", NAME_HEADERS, lambda number, row: NAMES[number])
    yield from _guests()


def _known_by(kind: str, headers: tuple[str, ...], write: Callable[[int, int], str]) -> Iterator[Case]:
    for at, header in enumerate(headers):
        for number, (question, sheet) in enumerate(ASKED):
            cells = [write(int(name[1:]), row + at) for row, name in enumerate(sheet.cells("customer_id"))]
            changed = sheet.filled("customer_id", cells).renamed(customer_id=header)
            yield case(f"{kind} ({number}): {header}", question, changed, doubts=(header,))
            if kind != "name":
                with_names = changed.with_column(
                    "First name", [NAMES[int(name[1:])].split()[0] for name in sheet.cells("customer_id")], at=0
                )
                yield case(f"{kind} ({number}): {header} beside first names", question, with_names, doubts=(header,))


def _email(number: int, row: int) -> str:
    """Write an e-mail address in small or capital letters."""
    text = f"c{number}@shop.example"
    return text.upper() if row % 3 == 1 else text


def _phone(number: int, row: int) -> str:
    return (f"+7 900 123-45-0{number}", f"8 (900) 123-45-0{number}", f"7900123450{number}", f"+7900123450{number}")[row % 4]


def _guests() -> Iterator[Case]:
    """Some ids mean nobody: the e-mail beside them is the customer, or the row is skipped."""
    for word in ("0", "guest", "-1", "n/a", "anonymous", "гость", ""):
        sheet = PURCHASES.mapped("customer_id", {"C5": word, "C6": word})
        emails = [_email(int(name[1:]), 0) for name in PURCHASES.cells("customer_id")]
        yield case(f"id '{word}' beside e-mails", REPEAT, sheet.with_column("Email", emails), doubts=("Email", "W231", "customer_id"))
        yield case(f"id '{word}'", REPEAT, sheet, doubts=("customer_id", "W205", f"'{word}'"))
    yield case("customers: ids beside e-mails", COUNT, CUSTOMERS.with_column("Email", ("one@shop.example",)))
