"""Discounts: money, or a percentage of the amount.

One whole number holds both. Money is positive, in MONEY_PARTS. A percentage is negative, -10,000 for each percent: 20% is -200,000,
and four decimals of a percent are exact.
"""

from __future__ import annotations

from fractions import Fraction

from custmetrics_cli.columns import ColumnFormat, ColumnKind, Reason, money
from custmetrics_cli.columns.parsing.number_evidence import gather, interpretations
from custmetrics_cli.columns.parsing.numbers import match_amount, plain, read_number, sign_of
from custmetrics_cli.columns.parsing.readers import Check, LayoutReader, Parsed, Why, without_code
from custmetrics_cli.columns.parsing.texts import OneText

PERCENT = 10_000
WHOLE = 100 * PERCENT
PLACES = 4

NOT_A_DISCOUNT = Reason("is not a discount: a percentage, or an amount that is not negative")
NOT_A_PERCENTAGE = Reason("is not a percentage with at most four decimals")


def read(texts: OneText, format: ColumnFormat) -> Parsed | Why:
    """
    >>> DISCOUNT.read_cell("20%", ColumnFormat()), DISCOUNT.read_cell("20", ColumnFormat())
    (-200000, 10080000)
    >>> DISCOUNT.read_cell("120%", ColumnFormat())
    Traceback (most recent call last):
    custmetrics_cli.columns.UnreadableCell: '120%' is more than 100%
    """
    amount = match_amount(texts.text)
    if amount is None or sign_of(amount) != 1:
        return NOT_A_DISCOUNT
    if not amount["percent"]:
        return without_code(money.read(texts, format))
    number = read_number(texts, amount.span("digits"), format.decimal, PLACES)
    if number is None:
        return NOT_A_PERCENTAGE
    checks = (
        Check(number.known, lambda: Reason(f"could be {interpretations(amount['digits'])} percent")),
        Check(number.exact, NOT_A_PERCENTAGE),
        Check(number.value <= WHOLE, Reason("is more than 100%")),
    )
    return Parsed(-number.value, checks)


def decode(number: int) -> str | Fraction:
    """
    >>> decode(-125_000), decode(20 * money.MONEY_PARTS)
    ('12.5%', Fraction(20, 1))
    """
    return f"{plain(-number, PERCENT)}%" if number < 0 else money.decode(number)


DISCOUNT = ColumnKind(
    "discount", "E404", "an amount per interval, or a percentage of the price", "20%", LayoutReader(read), gather, decode=decode
)
