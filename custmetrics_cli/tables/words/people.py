"""Words of headers about the customer."""

from __future__ import annotations

from custmetrics_cli.tables.shared.header_words import HeaderWords, ranked, words

PERSON = (
    "customer client buyer subscriber member user account patron donor company contact shopper guest visitor student patient purchaser "
    "payer клиент* покупател* абонент* пользовател* заказчик* плательщик* контрагент* участник* kunde* kunden kd client* acheteur "
    "cliente* comprador klant* klient* kupujący клієнт* покупець"
)
NUMBER = "id ids number no nr num code key uuid guid ref hash identifier oid ид код номер nummer numer numéro numero número código codice"
EMAIL = (
    "email; e mail; mail; email address; e mail address; customer email; client email; buyer email; user email; subscriber email; "
    "member email; billing email; contact email; почта; электронная почта; эл почта; емейл; имейл; адрес почты; email клиента; "
    "email покупателя; почта клиента; mailadresse; emailadresse; courriel; correo; correo electronico; correo electrónico; "
    "e mail adresse; emailadres; adres email; електронна пошта; пошта"
)
PHONE = (
    "phone; phone number; telephone; mobile; mobile phone; cell phone; customer phone; client phone; buyer phone; contact phone; msisdn; "
    "телефон; номер телефона; мобильный телефон; телефон клиента; телефон покупателя; тел; telefon; telefonnummer; handy; téléphone; "
    "telephone client; teléfono; telefone; telefono; telefoon; numer telefonu; номер телефону"
)
RANKS = ranked(
    "; ".join(f"{person} {number}" for person in PERSON.split() for number in NUMBER.split())
    + "; kundennummer; kundennr; kundenid; customerid; clientid; userid; accountid; memberid; klantnummer",
    "; ".join(PERSON.split()),
    EMAIL,
    PHONE,
)
NOT_CUSTOMER = words(
    "rep sales owner agent manager seller staff employee to visit session event order invoice row response transaction product менеджер "
    "менеджера from sender recipient shipping delivery support created lead"
)
FILLERS = words("the unique external internal unified stripe our system cust # s ym")
CUSTOMER_ID = HeaderWords(RANKS, NOT_CUSTOMER, FILLERS)
# A row of the table of customers is a customer, so its own number identifies one.
IN_CUSTOMERS = HeaderWords((*RANKS, *ranked("id; number; no; uuid; guid; ид; номер; #; nr; код")), NOT_CUSTOMER, FILLERS)
# A header with one of these words does not identify a customer, even if its cells are texts.
NOT_PERSON = words(
    "country city street address state region zip postcode postal tier plan product item status type category segment currency language "
    "gender channel source campaign reason comment note notes description method birth age company_size date time amount price total "
    "страна город адрес регион тариф продукт товар статус тип категория валюта пол канал источник причина комментарий сумма дата"
)
IDENTIFIERS = words("id ids number no nr uuid guid key code zip postcode phone year ид номер код телефон")
