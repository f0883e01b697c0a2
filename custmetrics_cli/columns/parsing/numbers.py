"""Numbers as people write them: with spaces, apostrophes or marks between thousands.

1,234.56 and 1.234,56 and 1 234,56 and 1'234.56 show which mark is the decimal one. 1,234 does not, and is never guessed.
Groups have three digits, or two except for the last group (12,34,567).
Expressions never depend on the value of a digit (texts.py explains why).
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, NamedTuple

from custmetrics_cli.columns import LONGEST
from custmetrics_cli.columns.parsing.texts import MOST_DIGITS, OneText

SEPARATORS = "\\s'\u2019"  # between thousands; \s includes the no-break spaces
DIGITS = rf"(?P<digits>[.,]?[0-9](?:[0-9.,{SEPARATORS}]*[0-9])?)"
OTHER = {".": ",", ",": "."}
MOST_WHOLE = 14  # digits before the decimal mark; with 4 decimals the number still fits MOST_DIGITS
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


def _number_form(mark: str) -> str:
    """Return the expression of a number with this decimal mark."""
    grouped = rf"[0-9]{{1,3}}(?P<separator>[{OTHER[mark]}{SEPARATORS}])(?:[0-9]{{2,3}}(?P=separator))*[0-9]{{3}}"
    return rf"(?P<whole>{grouped}|[0-9]*)(?:{re.escape(mark)}(?P<fraction>[0-9]+))?"


NUMBER_FORMS = {mark: _number_form(mark) for mark in OTHER}


class Number(NamedTuple):
    """A number in units of 10 ** -places. Each field is one value, or an array with one per text."""

    value: Any
    exact: Any  # True if no digit beyond the places is lost
    known: Any  # True if there is one way to read it


def match_amount(text: str) -> re.Match[str] | None:
    """Return the parts of an amount or a percentage."""
    return re.fullmatch(AMOUNT, text) if len(text) <= LONGEST else None


def sign_of(amount: re.Match[str]) -> int:
    """Return -1 for one minus or parentheses, 1 for neither, 0 for a combination or half of a pair."""
    signs = [amount[part].strip() for part in ("sign", "later") if amount[part]]
    if (amount["open"] is None) != (amount["close"] is None) or len(signs) + (amount["open"] is not None) > 1:
        return 0
    return -1 if amount["open"] or (signs and signs[0] != "+") else 1


def read_number(texts: OneText, span: tuple[int, int], decimal: str, places: int = 2) -> Number | None:
    """Read the number between two positions; None = it is not written with that decimal mark, or is too long."""
    digits = texts.text[slice(*span)]
    matches = possible_numbers(digits)
    if decimal and set(digits) & set(OTHER):
        matches = {mark: match for mark, match in matches.items() if mark == decimal}
    match = with_fraction(matches)
    if match is None or is_too_long(match):
        return None
    whole, value, exact = _parts(texts, span[0], match, places)
    return Number(value, exact, (whole == 0) | (len(matches) == 1))


def possible_numbers(digits: str) -> dict[str, re.Match[str]]:
    """Return the ways to read a number, by decimal mark. A number without any mark has one."""
    matches = {mark: match for mark, match in ((m, re.fullmatch(NUMBER_FORMS[m], digits)) for m in OTHER) if match}
    return matches if set(digits) & set(OTHER) else dict(list(matches.items())[:1])


def with_fraction(matches: dict[str, re.Match[str]]) -> re.Match[str] | None:
    """Return the way with decimals. It is right if the whole part is 0: 0,125 is never a thousand."""
    return max(matches.values(), key=lambda match: bool(match["fraction"]), default=None)


def is_too_long(match: re.Match[str]) -> bool:
    """Return True if the number might not fit a 64-bit whole number."""
    return sum(c in "0123456789" for c in match["whole"]) > MOST_WHOLE or len(match["fraction"] or "") > MOST_DIGITS


def plain(number: int, parts: int) -> str:
    """Write number / parts without an exponent and without zeros at the end.

    >>> plain(200_000, 10_000), plain(125, 1000), plain(1000, 1)
    ('20', '0.125', '1000')
    """
    return f"{(Decimal(number) / parts).normalize():f}"


def _parts(texts: OneText, base: int, match: re.Match[str], places: int) -> tuple[Any, Any, Any]:
    """Return the whole part, the value in 10 ** -places, and True if only zeros follow the places."""
    whole = texts.number(base + match.start("whole"), base + match.end("whole"))
    if not match["fraction"]:
        return whole, whole * 10**places, whole >= 0
    start, end = (base + edge for edge in match.span("fraction"))
    kept = min(end - start, places)
    fraction = texts.number(start, start + kept) * 10 ** (places - kept)
    return whole, whole * 10**places + fraction, texts.number(start + kept, end) == 0
