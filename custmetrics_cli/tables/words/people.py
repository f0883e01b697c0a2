"""Words of headers about the customer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from custmetrics_cli.tables.shared.header_words import HeaderWords, Phrases, ranked, words

PHONE_NUMBER = re.compile(r"\+\d[\d\s().-]{8,20}|8[\s(-]*9\d{2}[\d\s().-]{7,12}")
PERSON = (
    "customer client buyer subscriber member user patron sponsor donor company contact shopper guest visitor student patient purchaser "
    "payer supporter consumer cardholder клиент* покупател* абонент* пользовател* заказчик* плательщик* контрагент* участник* ученик* "
    "kunde* kunden kd "
    "client* acheteur cliente* comprador klant* klient* kupujący клієнт* покупець"
)
NUMBER = (
    "id ids number no nr num code key uuid uid guid ref hash identifier oid ид код номер nummer numer numéro numero número código codice"
)
EMAIL = "email; e mail; mail; emailaddress; почта; емейл; имейл; mailadresse; courriel; correo; mailadres; emailadres; пошта"
PHONE = (
    "phone; telephone; mobile; cell; msisdn; телефон; тел; мобильный; telefon; telefonnummer; handy; téléphone; teléfono; telefone; "
    "telefono"
)
ACCOUNT = "account"
GROUP_NUMBERS = (
    "organization|organisation|workspace|tenant|team|company|firm id|ids|number|no|nr|uuid|guid|key|code; tenant; workspace; debitor; "
    "debitorennummer; debitornr; debitorennr; инн; лицевой счет; лицевого счета; номер договора клиента"
)
CARDS = (
    "loyalty card; loyalty number; member card; карта|карты лояльности; дисконтная|бонусная|клиентская карта; дисконтной|бонусной карты; "
    "cpf; nif; dni; codice fiscale; kundenkarte; carte fidélité"
)
PERSON_NAMES = (
    "customer|client|buyer|consumer|cardholder|payer|subscriber|member|patron|sponsor|donor|shopper|patient|student name; customername; "
    "clientname; "
    "фио; имя|наименование|название клиента|покупателя|абонента|заказчика|контрагента|плательщика; kundenname; nom client; "
    "nombre cliente; nome cliente; klantnaam; nazwa klienta; ім'я клієнта"
)
COMPANY_NAMES = (
    "account|company|organization|organisation|business|firm name; accountname; companyname; company; organization; organisation; "
    "наименование|название компании|организации|фирмы; компания; организация; фирма; юрлицо; raison sociale; razón social; "
    "razon social; ragione sociale; bedrijfsnaam; firma; firmenname; unternehmen; nazwa firmy; назва компанії"
)


def ranks(persons: str, groups: str, *more: str) -> tuple[Phrases, ...]:
    """Return the phrases for a customer: its number, the bare word for it or the number of a group, its e-mail, its phone, and more."""
    joined = "kundennummer; kundennr; kundenid; customerid; clientid; userid; accountid; memberid; klantnummer"
    bare = [person for person in persons.split() if person not in ("company", "contact")]  # these are often names
    return ranked(
        f"{persons.replace(' ', '|')} {NUMBER.replace(' ', '|')}; {joined}",
        "; ".join(filter(None, ("|".join(bare), groups))),
        EMAIL,
        PHONE,
        *more,
    )


KNOWN_BY = HeaderWords(
    ranked(
        f"{PERSON_NAMES}; name; full name; fullname; имя; фио; {' '.join(PERSON.split()[:4]).replace(' ', '|')}; клиент",
        f"{COMPANY_NAMES}; company; компания",
        EMAIL,
        "manager; account|customer success|sales manager|owner|rep; csm; owner; менеджер; ответственный; куратор",
    ),
    fillers=words("the of customer client account primary main billing contact клиента ответственный full"),
)  # the columns by which people know a customer, for lists
RANKS = ranks(f"{PERSON} {ACCOUNT}", GROUP_NUMBERS, f"{PERSON_NAMES}; {COMPANY_NAMES}")
OF_PEOPLE = ranks(f"{PERSON} {ACCOUNT}", "", PERSON_NAMES)  # who uses or answers is a person, not a company
IN_ORDERS = ranks(PERSON, "", PERSON_NAMES)  # an account may be one of the books, and a company a supplier
NOT_CUSTOMER = words(
    "rep sales owner agent manager seller staff employee to visit session event invoice row response transaction product менеджер "
    "менеджера from sender recipient shipping delivery support created lead"
)
FILLER_WORDS = (
    "the unique external internal unified our system cust # s ym public primary main address adresse adres number billing contact "
    "электронная "
    "электронной эл адрес номер n nif indirizzo electrónico elettronica electronique électronique card de du del do della van der des "
    "полное краткое " + PERSON
)
FILLERS = words(FILLER_WORDS)
EMAIL_FILLERS = words(FILLER_WORDS + " person respondent participant account requester guest респондента участника электронной")
CUSTOMER_ID = HeaderWords(RANKS, NOT_CUSTOMER, FILLERS, keeps_bracket=True)
USER_ID = HeaderWords(OF_PEOPLE, NOT_CUSTOMER, FILLERS, keeps_bracket=True)
# A row of the table of customers is a customer, so its own number identifies one.
IN_CUSTOMERS = HeaderWords(
    (*RANKS, *ranked("id; number; no; uuid; guid; ид; номер; #; nr; код")), NOT_CUSTOMER, FILLERS, keeps_bracket=True
)
# A header with one of these words does not identify a customer, even if its cells are texts.
NOT_PERSON = words(
    "digits card entry mode auth authorization terminal sku barcode article bank bic iban swift device browser os url ip user_agent "
    "rrn version language locale timezone currency_code валют* артикул* предмет* обоснован* штрихкод терминал* карта карты банк* скидк* "
    "country city street address state region zip postcode postal tier plan product item status type category segment currency language "
    "gender channel source campaign reason comment note notes description method birth age company_size date time amount price total "
    "страна город адрес регион тариф продукт товар статус тип категория валюта пол канал источник причина комментарий сумма дата"
)
IDENTIFIERS = words("id ids number no nr uuid guid key code zip postcode phone year ид номер код телефон")


def are_names(cells: Sequence[str]) -> bool:
    """Return whether most cells look like names of people: two words or more, without digits and @.

    >>> are_names(["Ada Lovelace", "Анна Иванова"]), are_names(["C1", "C2"])
    (True, False)
    """
    names = [cell for cell in cells if " " in cell and not any(c.isdigit() or c == "@" for c in cell)]
    return 2 * len(names) > len(cells)


def rank_of_cells(cells: Sequence[str]) -> int:
    """Return the rank that the cells of a customer's column give it at best: 2 for e-mails, 3 for phones, 4 for names.

    >>> [rank_of_cells(cells) for cells in (["C1", "C2"], ["a@b.example"], ["+7 900 000-00-01"], ["Ada Lovelace"])]
    [0, 2, 3, 4]
    """
    if not cells:
        return 0
    if all("@" in cell for cell in cells):
        return 2
    if all(PHONE_NUMBER.fullmatch(cell) for cell in cells):
        return 3
    return 4 * are_names(cells)
