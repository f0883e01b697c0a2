"""Money: whole hundredths of a unit of the currency. What a currency calls it is left aside; which one, too."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from custmetrics_cli.columns import HUNDREDTHS, ColumnFormat, ColumnKind, ParsedColumn, UnreadableCell
from custmetrics_cli.columns.parsing.number_evidence import MoneyEvidence, readings, tally
from custmetrics_cli.columns.parsing.numbers import amount, long, possible, sign
from custmetrics_cli.columns.parsing.numbers import read as number
from custmetrics_cli.columns.parsing.texts import OneText, quoted
from custmetrics_cli.columns.parsing.texts import read_layouts as by_layout

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["MONEY", "MoneyEvidence"]

PLACES_KEPT = 2
MOST = 10**15  # hundredths: ten million million units


def read(texts: OneText, format: ColumnFormat) -> tuple[Any, Any] | None:
    match = amount(texts.text)
    places = 0 if format.cents else PLACES_KEPT
    found = number(texts, match.span("digits"), format.decimal, places) if match and not match["percent"] else None
    if match is None or found is None or not sign(match):
        return None
    return found.value * sign(match), found.exact & found.known & (found.value <= MOST)


def cell(text: str, format: ColumnFormat) -> int:
    """
    >>> cell("1 234,50 €", ColumnFormat()), cell("(1,200)", ColumnFormat(decimal="."))
    (123450, -120000)
    >>> cell("1.005", ColumnFormat(decimal="."))
    Traceback (most recent call last):
    custmetrics_cli.columns.Unread: '1.005' has more than two decimals
    """
    found = read(OneText(text), format)
    if found is None or not found[1]:
        what = why(text, format)
        raise _own(text, what) or ValueError(f"{quoted(text)} {what}")
    return int(found[0])


PLACES = "has more than two decimals"
EXPONENT = re.compile(r"[-+]?[0-9.,]+[eE][-+]?[0-9]+")


def _own(text: str, what: str) -> UnreadableCell | None:
    """The error of what has a code of its own."""
    said = f"{quoted(text)} {what}"
    if what == PLACES:
        return UnreadableCell("E414", said, "amounts have hundredths; round it, or say the price per a longer interval")
    if what.startswith("is past"):
        return UnreadableCell("E415", said, "check the unit: a price is in units of its currency, not in a smaller one")
    if EXPONENT.fullmatch(text.strip()):
        return UnreadableCell(
            "E416", f"{said}: it is written with an exponent", "export the column as numbers, not as a spreadsheet shortens them"
        )
    if "for decimals" in what:
        return UnreadableCell("E417", said, "other amounts of the column are written so; write them all alike, or say --decimal")
    return None


def why(text: str, format: ColumnFormat) -> str:
    """What is wrong with a text that is no amount."""
    match = amount(text)
    if match is None or match["percent"] or not sign(match):
        return "is not an amount"
    found = possible(match["digits"])
    if found and all(long(each) for each in found.values()):
        return f"is past {MOST // 100:,}"
    value = number(OneText(text), match.span("digits"), format.decimal, 0 if format.cents else PLACES_KEPT)
    if value is None:
        return f"is not an amount with {format.decimal!r} for decimals" if found else "is not an amount"
    if not value.known:
        return f"could be {readings(match['digits'])}"
    if format.cents and not value.exact:
        return "is not a whole number of cents"
    return PLACES if not value.exact else f"is past {MOST // 100:,}"


def column(texts: pa.StringArray, format: ColumnFormat) -> ParsedColumn:
    return by_layout(texts, lambda many: read(many, format), "int64")


def back(number: int) -> Fraction:
    return Fraction(number, HUNDREDTHS)


MONEY = ColumnKind("money", "E402", "an amount with at most two decimals", "49.99", cell, column, tally, decode=back)
