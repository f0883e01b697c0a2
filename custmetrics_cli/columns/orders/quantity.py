"""Quantities: whole thousandths of a piece, a kilogram or an hour. A returned piece is negative."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

from custmetrics_cli.columns import ColumnFormat, ColumnKind, Reason
from custmetrics_cli.columns.parsing.number_evidence import gather, interpretations
from custmetrics_cli.columns.parsing.numbers import match_amount, read_number, sign_of
from custmetrics_cli.columns.parsing.readers import Check, LayoutReader, Parsed, Why
from custmetrics_cli.columns.parsing.texts import OneText

PARTS = 1000
PLACES = 3
MOST = 10**12  # thousandths
NOT_A_QUANTITY = Reason("is not a quantity")
TOO_FINE = Reason("has more than three decimals")
TOO_LARGE = Reason(f"is more than {MOST // PARTS:,}")


def read(texts: OneText, format: ColumnFormat) -> Parsed | Why:
    """
    >>> [QUANTITY.read_cell(text, ColumnFormat(decimal=".")) for text in ("3", "-2", "0.5", "1.250", "0")]
    [3000, -2000, 500, 1250, 0]
    """
    match = match_amount(texts.text)
    if match is None or match["percent"] or match["before"] or match["after"] or not sign_of(match):
        return NOT_A_QUANTITY
    number = read_number(texts, match.span("digits"), format.decimal, PLACES)
    if number is None:
        return NOT_A_QUANTITY
    unclear = partial(_could_be, match["digits"])
    checks = (Check(number.known, unclear), Check(number.exact, TOO_FINE), Check(number.value <= MOST, TOO_LARGE))
    return Parsed(number.value * sign_of(match), checks)


def _could_be(digits: str) -> Reason:
    return Reason(f"could be {interpretations(digits)}")


def decode(number: int) -> Fraction:
    return Fraction(number, PARTS)


QUANTITY = ColumnKind("quantity", "E519", "a number of pieces", "3", LayoutReader(read), gather, decode=decode)
