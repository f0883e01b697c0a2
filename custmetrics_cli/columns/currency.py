"""Currencies by their code, whatever the case; a sign or a word that only one has says which, too.

The sign of several ($, ¥, kr) stays what it is: no currency is guessed from it. In frames of numbers a code is a number
in base 36, so any code of up to eleven letters and digits has one.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from custmetrics_cli.columns import ColumnFormat, ColumnKind, ParsedColumn
from custmetrics_cli.columns.parsing import words
from custmetrics_cli.columns.parsing.texts import quoted

if TYPE_CHECKING:
    import pyarrow as pa

LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LONGEST = 11  # letters of a code: their number stays within 64 bits
SHARED = {"$": "USD, CAD, AUD and more", "¥": "JPY or CNY", "KR": "SEK, NOK or DKK"}
SHARING = {"$": "USD CAD AUD NZD SGD HKD TWD MXN ARS CLP COP BRL", "¥": "JPY CNY", "KR": "SEK NOK DKK ISK"}
KNOWN = {
    words.spelt(each): code
    for code, spellings in {
        "USD": "US$, US dollar, U.S. dollar",
        "EUR": "€, euro, евро",
        "GBP": "£, pound sterling",
        "RUB": "₽, RUR, руб, р, рубль, рублей, российский рубль",
        "UAH": "₴, грн, гривна",
        "KZT": "₸, тг, тенге",
        "INR": "₹",
        "TRY": "₺, TL",
        "KRW": "₩",
        "ILS": "₪",
        "VND": "₫",
        "THB": "฿",
        "PHP": "₱",
        "NGN": "₦",
        "GEL": "₾",
        "CAD": "C$, CA$",
        "AUD": "A$, AU$",
        "NZD": "NZ$",
        "BRL": "R$",
        "PLN": "zł",
        "CZK": "Kč",
        "HUF": "Ft",
        "BGN": "лв",
    }.items()
    for each in spellings.split(", ")
}


@lru_cache(maxsize=4096)
def named(text: str) -> str:
    """A currency as it is compared: its code where the text says one, else the text in capitals; '' of an empty text.

    >>> named(" eur "), named("€"), named("руб."), named("usdt"), named("$")
    ('EUR', 'EUR', 'RUB', 'USDT', '$')
    """
    return KNOWN.get(words.spelt(text.strip()), text.strip().upper())


def is_code(name: str) -> bool:
    """Whether a rate can be of it."""
    return name not in SHARED and 0 < len(name) <= LONGEST and all(letter in LETTERS for letter in name)


def unclear(name: str) -> str:
    """What is wrong with a name that is no code."""
    return f"could be {SHARED[name]}" if name in SHARED else "is not the code of a currency"


def meant(name: str) -> frozenset[str]:
    """The currencies that a name may stand for.

    >>> sorted(meant("¥")), sorted(meant("EUR"))
    (['CNY', 'JPY'], ['EUR'])
    """
    return frozenset(SHARING.get(name, name).split())


def coded(name: str) -> int:
    """The number of a code.

    >>> decoded(coded("EUR"))
    'EUR'
    """
    return int(f"1{name}", 36)


def decoded(number: int) -> str:
    """The code of a number."""
    found = ""
    while number > 1:
        number, letter = divmod(number, len(LETTERS))
        found = LETTERS[letter] + found
    return found


def cell(text: str, format: ColumnFormat) -> int:
    """
    >>> cell("eur", ColumnFormat()) == cell("€", ColumnFormat()) == coded("EUR")
    True
    >>> cell("$", ColumnFormat())
    Traceback (most recent call last):
    ValueError: '$' could be USD, CAD, AUD and more
    """
    name = named(text)
    if not is_code(name):
        raise ValueError(f"{quoted(text)} {unclear(name)}")
    return coded(name)


def column(texts: pa.StringArray, format: ColumnFormat) -> ParsedColumn:
    return words.column(texts, _number)


def _number(text: str) -> int:
    try:
        return cell(text, ColumnFormat())
    except ValueError:
        return -1


CURRENCY = ColumnKind("currency", "E335", "the code of a currency", "EUR", cell, column, decode=lambda number: decoded(number) or None)
