"""Discounts: money off the amount, or a percentage of it.

One whole number holds both: hundredths of money are positive; a percentage is negative, -10,000 for each percent, so
that 20% is -200,000 and four decimals of a percent are exact.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from custmetrics_cli.columns import ColumnFormat, ColumnKind, ParsedColumn
from custmetrics_cli.columns import money as amounts
from custmetrics_cli.columns.parsing.number_evidence import readings, tally
from custmetrics_cli.columns.parsing.numbers import amount, plain, sign
from custmetrics_cli.columns.parsing.numbers import read as number
from custmetrics_cli.columns.parsing.texts import OneText, quoted
from custmetrics_cli.columns.parsing.texts import read_layouts as by_layout

if TYPE_CHECKING:
    import pyarrow as pa

PERCENT = 10_000
WHOLE = 100 * PERCENT


def read(texts: OneText, format: ColumnFormat) -> tuple[Any, Any] | None:
    match = amount(texts.text)
    if match is None or sign(match) != 1:
        return None
    if not match["percent"]:
        return amounts.read(texts, format)
    found = number(texts, match.span("digits"), format.decimal, 4)
    return (-found.value, found.exact & found.known & (found.value <= WHOLE)) if found else None


def cell(text: str, format: ColumnFormat) -> int:
    """
    >>> cell("20%", ColumnFormat()), cell("20", ColumnFormat())
    (-200000, 2000)
    >>> cell("120%", ColumnFormat())
    Traceback (most recent call last):
    ValueError: '120%' is more than 100%
    """
    found = read(OneText(text), format)
    if found is None or not found[1]:
        raise ValueError(f"{quoted(text)} {_why(text, format)}")
    return int(found[0])


def _why(text: str, format: ColumnFormat) -> str:
    match = amount(text)
    if match is None or sign(match) != 1:
        return "is not a discount: a percentage or an amount that is not negative"
    if not match["percent"]:
        return amounts.why(text, format)
    found = number(OneText(text), match.span("digits"), format.decimal, 4)
    if found and not found.known:
        return f"could be {readings(match['digits'])} percent"
    if found and found.exact:
        return "is more than 100%"
    return "is not a percentage with at most four decimals"


def column(texts: pa.StringArray, format: ColumnFormat) -> ParsedColumn:
    return by_layout(texts, lambda many: read(many, format), "int64")


def back(number: int) -> str | Fraction:
    """
    >>> back(-125_000), back(2000)
    ('12.5%', Fraction(20, 1))
    """
    return f"{plain(-number, PERCENT)}%" if number < 0 else amounts.back(number)


DISCOUNT = ColumnKind("discount", "E404", "off the amount: a percentage, or money per interval", "20%", cell, column, tally, decode=back)
