"""Money: whole parts of a unit of the currency (MONEY_PARTS). The currency is read elsewhere (currency.py).

A finer amount is rounded once, half to even; what this leaves out is counted (a warning, if the sum moves).
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import partial

from custmetrics_cli.columns import MONEY_PARTS, ColumnFormat, ColumnKind, Reason
from custmetrics_cli.columns.parsing.number_evidence import MoneyEvidence, gather, interpretations
from custmetrics_cli.columns.parsing.numbers import (
    FINE,
    Number,
    has_long_whole,
    match_amount,
    match_exponent,
    possible_numbers,
    read_number,
    read_power,
    sign_of,
)
from custmetrics_cli.columns.parsing.readers import Check, LayoutReader, Parsed, Why
from custmetrics_cli.columns.parsing.texts import OneText

__all__ = ["MONEY", "MoneyEvidence"]

PLACES = 2
HUNDREDTHS = 100
PARTS = MONEY_PARTS // HUNDREDTHS
MOST = 10**15  # hundredths: ten million million units
SHOWN_DECIMALS = (2, 5)  # that spreadsheets show before E+05; the other digits are lost

NOT_AN_AMOUNT = Reason("is not an amount")
NOT_CENTS = Reason("is not a whole number of the smallest unit")
TOO_LARGE = Reason(f"is more than {MOST // HUNDREDTHS:,}", "E415", "check the unit: give prices in units of the currency, not in cents")
LOST_DIGITS = Reason(
    "has an exponent that hides its last digits", "E416", "format the column as numbers in the spreadsheet and export it again"
)


def read(texts: OneText, format: ColumnFormat) -> Parsed | Why:
    """
    >>> [str(decode(MONEY.read_cell(text, ColumnFormat(decimal=".")))) for text in ("1 234.50 €", "(1,200)", "0.005", "1.5e1", "12-")]
    ['2469/2', '-1200', '1/200', '15', '-12']
    >>> decode(MONEY.read_cell("32.75999993272126", ColumnFormat(decimal="."))) == Fraction("32.76")
    True
    """
    amount = match_amount(texts.text)
    if amount is None or amount["percent"] or not sign_of(amount):
        exponent = match_exponent(texts.text)
        return _read_exponent(texts, exponent, format) if exponent else NOT_AN_AMOUNT
    number = read_number(texts, amount.span("digits"), format.decimal, 0 if format.cents else PLACES, rounds=True)
    if number is None:
        return partial(_why_not_a_number, amount["digits"], format)
    checks = (
        Check(number.known, lambda: Reason(f"could be {interpretations(amount['digits'])}")),
        Check(number.exact if format.cents else True, NOT_CENTS),
        Check(number.value <= _most(format), TOO_LARGE),
    )
    return _in_parts(number, sign_of(amount), checks)


def _read_exponent(texts: OneText, match: re.Match[str], format: ColumnFormat) -> Parsed:
    """Read a number with an exponent, unless a spreadsheet shows it without its last digits, as in 1.23E+05."""
    number, power = read_power(texts, match, 0 if format.cents else PLACES)
    decimals = len(match["fraction"] or "")
    is_shortened = match["e"] + (match["direction"] or "") == "E+" and decimals in SHOWN_DECIMALS
    checks = (
        Check((power <= decimals) if is_shortened else True, LOST_DIGITS),
        Check(number.exact if format.cents else True, NOT_CENTS),
        Check(number.known & (number.value <= _most(format)), TOO_LARGE),
    )
    sign = 1 if (match["sign"] or "+") == "+" else -1
    return _in_parts(number, sign, checks)


def _most(format: ColumnFormat) -> int:
    """Return the largest number: in some currencies the smallest unit is a whole one."""
    return MOST // HUNDREDTHS if format.cents else MOST


def _in_parts(number: Number, sign: int, checks: tuple[Check, ...]) -> Parsed:
    """Return hundredths as parts, rounded half to even. The number of parts of a hundredth is even."""
    rest = number.rest * PARTS
    twice = 2 * rest + 10**FINE
    up = twice // (2 * 10**FINE)
    up = up - (twice % (2 * 10**FINE) == 0) * (up % 2)
    value = number.value * (number.value <= MOST) * PARTS + up  # a larger one fails its check
    return Parsed(value * sign, checks, (rest - up * 10**FINE) * sign)


def _why_not_a_number(digits: str, format: ColumnFormat) -> Reason:
    matches = possible_numbers(digits)
    if not matches:
        return NOT_AN_AMOUNT
    if all(map(has_long_whole, matches.values())):
        return TOO_LARGE
    hint = "write all amounts of the file with the same decimal mark"
    return Reason(f"is not an amount with {format.decimal!r} for decimals", "E417", hint)


def decode(number: int) -> Fraction:
    return Fraction(number, MONEY_PARTS)


MONEY = ColumnKind("money", "E402", "an amount", "49.99", LayoutReader(read), gather, decode=decode)
