"""How numbers are written: thousands set apart by a space, an apostrophe or the mark that is not the decimal one.

1,234.56 and 1.234,56 and 1 234,56 and 1'234.56 say themselves which mark is the decimal one; 1,234 does not, and is
never guessed. Groups have three digits, or two but for the last one (12,34,567). No expression depends on which digit
it sees (_texts.py says why).
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, NamedTuple

from custmetrics_cli.columns.parsing.texts import LONGEST, MOST_DIGITS, OneText

APART = "\\s'\u2019"  # \s holds the no-break spaces too
DIGITS = rf"(?P<digits>[.,]?[0-9](?:[0-9.,{APART}]*[0-9])?)"
OTHER = {".": ",", ",": "."}
MOST_WHOLE = 14  # digits before the decimal mark: with 4 places they stay within MOST_DIGITS
CODES = (
    "USD EUR GBP CHF RUB RUR BYN UAH KZT UZS GEL AMD AZN KGS PLN CZK HUF RON BGN RSD TRY ILS AED SAR EGP ZAR NGN KES "
    "SEK NOK DKK ISK CAD AUD NZD SGD HKD JPY CNY KRW INR IDR MYR PHP THB VND TWD BRL MXN ARS CLP COP PEN"
)
LOCAL = "US$ A$ C$ R$ $ € £ ¥ ₽ ₴ ₸ ₹ ₺ ₩ ₪ ₫ ฿ ₱ ₦ ₾ руб рублей рубля рубль р грн тг kr zł Kč Ft Fr лв"
CURRENCY = "|".join(rf"{re.escape(sign)}\.?" for sign in sorted((CODES + " " + LOCAL).split(), key=len, reverse=True))
SIGN = r"[-+\u2212\u2013]"
AMOUNT = (
    rf"(?i)(?P<open>\(\s*)?(?P<sign>{SIGN}\s*)?(?:(?:{CURRENCY})\s*)?(?P<later>{SIGN}\s*)?{DIGITS}(?P<percent>\s*%)?"
    rf"(?:\s*(?:{CURRENCY}))?(?P<close>\s*\))?"
)


def _written(mark: str) -> str:
    grouped = rf"[0-9]{{1,3}}(?P<apart>[{OTHER[mark]}{APART}])(?:[0-9]{{2,3}}(?P=apart))*[0-9]{{3}}"
    return rf"(?P<whole>{grouped}|[0-9]*)(?:{re.escape(mark)}(?P<fraction>[0-9]+))?"


WRITTEN = {mark: _written(mark) for mark in OTHER}


class Number(NamedTuple):
    """A number as hundredths, or as 10 ** -places: whole numbers or arrays of them."""

    value: Any
    exact: Any  # no digit is lost beyond the places
    known: Any  # there is one way to read it


def possible(digits: str) -> dict[str, re.Match[str]]:
    """The readings of a number, by decimal mark; one if it has no mark at all."""
    found = {mark: match for mark, match in ((m, re.fullmatch(WRITTEN[m], digits)) for m in OTHER) if match}
    return found if set(digits) & set(OTHER) else dict(list(found.items())[:1])


def plain(number: int, parts: int) -> str:
    """A number of parts, as it is written without exponent and without zeros at its end.

    >>> plain(200_000, 10_000), plain(125, 1000), plain(1000, 1)
    ('20', '0.125', '1000')
    """
    return f"{(Decimal(number) / parts).normalize():f}"


def amount(text: str) -> re.Match[str] | None:
    """The parts of an amount or a percentage."""
    return re.fullmatch(AMOUNT, text) if len(text) <= LONGEST else None


def sign(match: re.Match[str]) -> int:
    """-1 for a minus or parentheses around an amount, 1 for neither, 0 for what cannot be both or halved."""
    signs = [match[part].strip() for part in ("sign", "later") if match[part]]
    if (match["open"] is None) != (match["close"] is None) or len(signs) + (match["open"] is not None) > 1:
        return 0
    return -1 if match["open"] or (signs and signs[0] != "+") else 1


def read(texts: OneText, span: tuple[int, int], decimal: str, places: int = 2) -> Number | None:
    """The number between two positions of the text; None: it is not written as a number with that decimal mark."""
    digits = texts.text[slice(*span)]
    found = possible(digits)
    if decimal and set(digits) & set(OTHER):
        found = {mark: match for mark, match in found.items() if mark == decimal}
    match = decisive(found)
    if match is None or long(match):
        return None
    whole, value, exact = _parts(texts, span[0], match, places)
    return Number(value, exact, (whole == 0) | (len(found) == 1))


def decisive(found: dict[str, re.Match[str]]) -> re.Match[str] | None:
    """Of two readings the one with decimals: it is right if the whole part turns out to be 0 (0,125 is no thousand)."""
    return max(found.values(), key=lambda match: bool(match["fraction"]), default=None)


def long(match: re.Match[str]) -> bool:
    """More digits than a whole number of 64 bits holds for certain."""
    return sum(c in "0123456789" for c in match["whole"]) > MOST_WHOLE or len(match["fraction"] or "") > MOST_DIGITS


def _parts(texts: OneText, base: int, match: re.Match[str], places: int) -> tuple[Any, Any, Any]:
    """Whole part, value in 10 ** -places, whether nothing but zeros is beyond the places."""
    whole = texts.number(base + match.start("whole"), base + match.end("whole"))
    if not match["fraction"]:
        return whole, whole * 10**places, whole >= 0
    start, end = (base + edge for edge in match.span("fraction"))
    kept = min(end - start, places)
    fraction = texts.number(start, start + kept) * 10 ** (places - kept)
    return whole, whole * 10**places + fraction, texts.number(start + kept, end) == 0
