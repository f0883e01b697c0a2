"""The words of a header that show by what a customer is identified: a phone number, an e-mail address or a name."""

from __future__ import annotations

import re

PHONE, EMAIL, NAME = "phone", "e-mail", "name"
PATTERNS = {
    PHONE: r"phone|mobile|\bcell\b|msisdn|whatsapp|телефон|моб\b|\bтел\b|t[eé]l[eé]fon|t[eé]l\b|handy|m[oó]vil|celular|cellulare|komórk",
    EMAIL: r"e-?mail|\bmail|почт|имейл|емейл|courriel|correo|пошт",
    NAME: r"\bname\b|\w(?<!user)(?<!nick)name\b|фио|\bимя\b|\bnom\b|\bnombre\b|\bnome\b|\bnaam\b|nazwisko|ім'я|піб|\bperson\b"
    r"|\bnazwa\b|наименование|название|компания|организация|фирма|юрлицо|\bfirma\b|unternehmen|raison sociale|raz[oó]n social|ragione "
    r"sociale"
    r"|^(?:company|organi[sz]ation)$",
}
ID = re.compile(r"\bid\b|\bcode\b|\bкод\b|\bно\b|number of customer|user ?name|nick ?name", re.IGNORECASE)


def identity_role(header: str) -> str:
    """Return what identifies a customer, "" for a number or anything else.

    >>> [identity_role(header) for header in ("Телефон", "Customer E-mail", "ФИО клиента", "customer_id", "Username", "Customer Name")]
    ['phone', 'e-mail', 'name', '', '', 'name']
    """
    text = re.sub(r"[_.\s]+", " ", header).casefold()
    if ID.search(text):
        return ""
    return next((role for role, pattern in PATTERNS.items() if re.search(pattern, text)), "")
