"""Exchange rates: whole 10 ** -12 of a unit, so that every rate is kept exactly as it is written."""

from __future__ import annotations

from functools import partial

from custmetrics_cli.columns import ColumnFormat, ColumnKind, Reason
from custmetrics_cli.columns.parsing.number_evidence import gather, interpretations
from custmetrics_cli.columns.parsing.numbers import is_too_long, match_amount, plain, possible_numbers, read_number, sign_of
from custmetrics_cli.columns.parsing.readers import Check, LayoutReader, Parsed, Why
from custmetrics_cli.columns.parsing.texts import OneText

PLACES = 12
MOST = 9_000_000  # units; with twelve decimals they fit 64 bits
NOT_A_NUMBER = Reason("is not a number")


def read(texts: OneText, format: ColumnFormat) -> Parsed | Why:
    """
    >>> RATE.read_cell("1,0825", ColumnFormat()), RATE.read_cell("0.000061", ColumnFormat())
    (1082500000000, 61000000)
    >>> RATE.read_cell("0", ColumnFormat())
    Traceback (most recent call last):
    custmetrics_cli.columns.UnreadableCell: '0' is not more than 0
    """
    amount = match_amount(texts.text)
    if amount is None or amount["percent"] or not sign_of(amount):
        return NOT_A_NUMBER
    number = read_number(texts, amount.span("digits"), format.decimal, PLACES)
    whole = read_number(texts, amount.span("digits"), format.decimal, 0)
    if number is None or whole is None:
        return partial(_why_not_a_number, amount["digits"], format)
    checks = (
        Check(number.known, lambda: Reason(f"could be {interpretations(amount['digits'])}")),
        Check(number.exact, Reason(f"has more than {PLACES} decimals")),
        Check((number.value > 0) & (sign_of(amount) > 0), Reason("is not more than 0")),
        Check(whole.value < MOST, Reason(f"is not less than {MOST:,}")),
    )
    return Parsed(number.value, checks)


def _why_not_a_number(digits: str, format: ColumnFormat) -> Reason:
    matches = possible_numbers(digits)
    if any(map(is_too_long, matches.values())):
        return Reason("has too many digits")
    return Reason(f"is not a number with {format.decimal!r} for decimals") if matches else NOT_A_NUMBER


def decode(number: int) -> str:
    return plain(number, 10**PLACES)


RATE = ColumnKind("rate", "E336", f"a number above 0 with at most {PLACES} decimals", "1.0825", LayoutReader(read), gather, decode=decode)
