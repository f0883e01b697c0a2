"""Money: whole hundredths of a unit of the currency. The currency is read elsewhere (currency.py)."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import partial

from custmetrics_cli.columns import HUNDREDTHS, ColumnFormat, ColumnKind, Reason
from custmetrics_cli.columns.parsing.number_evidence import MoneyEvidence, gather, interpretations
from custmetrics_cli.columns.parsing.numbers import is_too_long, match_amount, possible_numbers, read_number, sign_of
from custmetrics_cli.columns.parsing.readers import Check, LayoutReader, Parsed, Why
from custmetrics_cli.columns.parsing.texts import OneText

__all__ = ["MONEY", "MoneyEvidence"]

PLACES = 2
MOST = 10**15  # hundredths: ten million million units
EXPONENT = re.compile(r"[-+]?[0-9.,]+[eE][-+]?[0-9]+")

NOT_AN_AMOUNT = Reason("is not an amount")
NOT_CENTS = Reason("is not a whole number of cents")
TOO_PRECISE = Reason("has more than two decimals", "E414", "round it to hundredths, or give the price for a longer interval")
TOO_LARGE = Reason(f"is more than {MOST // HUNDREDTHS:,}", "E415", "check the unit: give prices in units of the currency, not in cents")
HAS_EXPONENT = Reason("is not an amount: it has an exponent", "E416", "format the column as numbers in the spreadsheet and export it again")


def read(texts: OneText, format: ColumnFormat) -> Parsed | Why:
    """
    >>> MONEY.read_cell("1 234,50 €", ColumnFormat()), MONEY.read_cell("(1,200)", ColumnFormat(decimal="."))
    (123450, -120000)
    >>> MONEY.read_cell("1.005", ColumnFormat(decimal="."))
    Traceback (most recent call last):
    custmetrics_cli.columns.UnreadableCell: '1.005' has more than two decimals
    """
    amount = match_amount(texts.text)
    if amount is None or amount["percent"] or not sign_of(amount):
        return partial(_why_not_an_amount, texts.text)
    number = read_number(texts, amount.span("digits"), format.decimal, 0 if format.cents else PLACES)
    if number is None:
        return partial(_why_not_a_number, amount["digits"], format)
    checks = (
        Check(number.known, lambda: Reason(f"could be {interpretations(amount['digits'])}")),
        Check(number.exact, NOT_CENTS if format.cents else TOO_PRECISE),
        Check(number.value <= MOST, TOO_LARGE),
    )
    return Parsed(number.value * sign_of(amount), checks)


def _why_not_an_amount(text: str) -> Reason:
    return HAS_EXPONENT if EXPONENT.fullmatch(text) else NOT_AN_AMOUNT


def _why_not_a_number(digits: str, format: ColumnFormat) -> Reason:
    matches = possible_numbers(digits)
    if not matches:
        return NOT_AN_AMOUNT
    if all(map(is_too_long, matches.values())):
        return TOO_LARGE
    hint = "write all amounts of the column with the same decimal mark, or pass --decimal"
    return Reason(f"is not an amount with {format.decimal!r} for decimals", "E417", hint)


def decode(number: int) -> Fraction:
    return Fraction(number, HUNDREDTHS)


MONEY = ColumnKind("money", "E402", "an amount with at most two decimals", "49.99", LayoutReader(read), gather, decode=decode)
