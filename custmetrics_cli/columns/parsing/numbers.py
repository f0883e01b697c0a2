"""Numbers as people write them: with spaces, apostrophes or marks between thousands, and with a currency on either side.

1,234.56 and 1.234,56 and 1 234,56 and 1'234.56 show which mark is the decimal one. 1,234 does not, and is never guessed.
Groups have three digits, or two except for the last group (12,34,567).
Expressions never depend on the value of a digit (texts.py explains why).
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, NamedTuple

from custmetrics_cli.columns import LONGEST
from custmetrics_cli.columns.parsing.currencies import named_currency
from custmetrics_cli.columns.parsing.texts import MOST_DIGITS, OneText

SEPARATORS = "\\s'\u2019"  # between thousands; \s includes the no-break spaces
DIGITS = rf"(?P<digits>[.,]?[0-9](?:[0-9.,{SEPARATORS}]*[0-9])?)"
OTHER = {".": ",", ",": "."}
MOST_WHOLE = 14  # digits before the decimal mark; with 4 decimals the number still fits MOST_DIGITS
FINE = 9  # places after the last one that count in what rounding leaves out
SIGN = r"[-+\u2212\u2013]"
_LETTERS = rf"[^\d().,%{SEPARATORS}+\u2212\u2013-]+"  # of a currency; named_currency() tells whether they are one
_CURRENCY = rf"{_LETTERS}\.?(?:\s{{1,2}}{_LETTERS}\.?)?"
AMOUNT = (
    rf"(?P<open>\(\s*)?(?P<sign>{SIGN}\s*)?(?:(?P<before>{_CURRENCY})\s*)?(?P<later>{SIGN}\s*)?(?P<inner>\(\s*)?{DIGITS}"
    rf"(?P<percent>\s*%)?(?P<trailing>\s?{SIGN})?(?P<outer>\s*\))?(?:\s*(?P<after>{_CURRENCY}))?(?P<close>\s*\))?(?P<last>\s?{SIGN})?"
)
# A number with an exponent. Its mark is always the decimal one: programs write one digit before it.
EXPONENT = (
    rf"(?P<sign>{SIGN})?(?P<whole>[0-9]+)(?:(?P<mark>[.,])(?P<fraction>[0-9]+))?(?P<e>[eE])(?P<direction>{SIGN})?(?P<power>[0-9]{{1,3}})"
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
    rest: Any = 0  # what rounding leaves out, in 10 ** -FINE of the unit; negative where it rounds up


def match_amount(text: str) -> re.Match[str] | None:
    """Return the parts of an amount or a percentage."""
    match = re.fullmatch(AMOUNT, text) if len(text) <= LONGEST else None
    return match if match and (currency_of(match) or not (match["before"] or match["after"])) else None


def currency_of(amount: re.Match[str]) -> str:
    """Return the currency beside an amount; "" = none, or letters that are not a currency."""
    before, after = amount["before"], amount["after"]
    return named_currency(f"{before} {after}" if before and after else before or after or "")


def match_exponent(text: str) -> re.Match[str] | None:
    """Return the parts of a number with an exponent; None if it has more digits than a 64-bit whole number holds."""
    match = re.fullmatch(EXPONENT, text) if len(text) <= LONGEST else None
    return match if match and len(match["whole"] + (match["fraction"] or "")) <= MOST_DIGITS else None


def sign_of(amount: re.Match[str]) -> int:
    """Return -1 for one minus or parentheses, 1 for neither, 0 for a combination or half of a pair."""
    signs = [amount[part].strip() for part in ("sign", "later", "trailing", "last") if amount[part]]
    opened, closed = (sum(amount[part] is not None for part in pair) for pair in (("open", "inner"), ("outer", "close")))
    if opened != closed or len(signs) + opened > 1:
        return 0
    return -1 if opened or (signs and signs[0] != "+") else 1


def read_number(texts: OneText, span: tuple[int, int], decimal: str, places: int = 2, rounds: bool = False) -> Number | None:
    """Read the number between two positions; None = it is not written with that decimal mark, or is too long.

    rounds: a number with more decimals is rounded, half to even. Any number of decimals can then be read.
    """
    digits = texts.text[slice(*span)]
    matches = possible_numbers(digits)
    if decimal and set(digits) & set(OTHER):
        matches = {mark: match for mark, match in matches.items() if mark == decimal}
    match = with_fraction(matches)
    if match is None or (has_long_whole(match) if rounds else is_too_long(match)):
        return None
    whole, value, (start, end) = _kept(texts, span[0], match, places)
    known = (whole == 0) | (len(matches) == 1)
    if not rounds:
        return Number(value, texts.number(start, end) == 0 if end > start else whole >= 0, known)
    up, rest = round_half_even(texts, start, end, value) if end > start else (0, 0)
    return Number(value + up, rest == 0, known, rest)


def possible_numbers(digits: str) -> dict[str, re.Match[str]]:
    """Return the ways to read a number, by decimal mark. A number without any mark has one."""
    matches = {mark: match for mark, match in ((m, re.fullmatch(NUMBER_FORMS[m], digits)) for m in OTHER) if match}
    return matches if set(digits) & set(OTHER) else dict(list(matches.items())[:1])


def with_fraction(matches: dict[str, re.Match[str]]) -> re.Match[str] | None:
    """Return the way with decimals. It is right if the whole part is 0: 0,125 is never a thousand."""
    return max(matches.values(), key=lambda match: bool(match["fraction"]), default=None)


def has_long_whole(match: re.Match[str]) -> bool:
    """Return True if the whole part is too long for an amount."""
    return sum(c in "0123456789" for c in match["whole"]) > MOST_WHOLE


def is_too_long(match: re.Match[str]) -> bool:
    """Return True if the number might not fit a 64-bit whole number."""
    return has_long_whole(match) or len(match["fraction"] or "") > MOST_DIGITS


def plain(number: int, parts: int) -> str:
    """Write number / parts without an exponent and without zeros at the end.

    >>> plain(200_000, 10_000), plain(125, 1000), plain(1000, 1)
    ('20', '0.125', '1000')
    """
    return f"{(Decimal(number) / parts).normalize():f}"


def _kept(texts: OneText, base: int, match: re.Match[str], places: int) -> tuple[Any, Any, tuple[int, int]]:
    """Return the whole part, the value in 10 ** -places, and where the digits beyond the places are."""
    whole = texts.number(base + match.start("whole"), base + match.end("whole"))
    if not match["fraction"]:
        return whole, whole * 10**places, (0, 0)
    start, end = (base + edge for edge in match.span("fraction"))
    kept = min(end - start, places)
    fraction = texts.number(start, start + kept) * 10 ** (places - kept)
    return whole, whole * 10**places + fraction, (start + kept, end)


def round_half_even(texts: OneText, start: int, end: int, value: Any) -> tuple[Any, Any]:
    """Return what rounding adds to the value (0 or 1), and the rest as in Number. start, end: the digits after it."""
    many = min(end - start, MOST_DIGITS)
    head = texts.number(start, start + many)
    more = sum((texts.number(at, min(at + MOST_DIGITS, end)) != 0) * 1 for at in range(start + many, end, MOST_DIGITS))
    half = 5 * 10 ** (many - 1)
    up = (head > half) * 1 | ((head == half) & ((more > 0) | (value % 2 == 1))) * 1
    fine = head * 10 ** (FINE - many) if many <= FINE else head // 10 ** (many - FINE)
    tiny = (fine == 0) & ((head > 0) | (more > 0))  # still a rest
    return up, fine + tiny - up * 10**FINE


def read_power(texts: OneText, match: re.Match[str], places: int) -> tuple[Number, Any]:
    """Read a number with an exponent, and round it like read_number(). Also return the exponent without its sign."""
    import numpy as np

    fraction = match["fraction"] or ""
    mantissa = np.asarray(texts.number(match.start("whole"), match.end("fraction") if fraction else match.end("whole")))
    power = np.asarray(texts.number(*match.span("power")))
    shift = (power if (match["direction"] or "+") == "+" else -power) + places - len(fraction)
    up, down = 10 ** np.clip(shift, 0, MOST_DIGITS), 10 ** np.clip(-shift, 0, MOST_DIGITS)
    fits = (mantissa == 0) | ((shift <= MOST_DIGITS) & (mantissa <= 10**MOST_DIGITS // up))
    quotient, rest = np.divmod(mantissa, down)
    is_up = (shift >= -MOST_DIGITS) & ((2 * rest > down) | ((2 * rest == down) & (quotient % 2 == 1)))
    fine = np.where(down >= 10**FINE, rest // np.maximum(down // 10**FINE, 1), rest * (10**FINE // down))
    value = np.where(fits, quotient * np.where(fits, up, 0), 10**MOST_DIGITS) + is_up
    return Number(value, rest == 0, fits, fine + ((fine == 0) & (rest > 0)) - is_up * 10**FINE), power
