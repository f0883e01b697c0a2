"""Rates of exchange: whole 10 ** -12 of a unit, kept exactly as they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from custmetrics_cli.columns import ColumnFormat, ColumnKind, ParsedColumn
from custmetrics_cli.columns.parsing.number_evidence import readings, tally
from custmetrics_cli.columns.parsing.numbers import amount, long, plain, possible, sign
from custmetrics_cli.columns.parsing.numbers import read as number
from custmetrics_cli.columns.parsing.texts import OneText, quoted
from custmetrics_cli.columns.parsing.texts import read_layouts as by_layout

if TYPE_CHECKING:
    import pyarrow as pa

PLACES = 12
MOST = 9_000_000  # units: with twelve decimals they stay within 64 bits


def read(texts: OneText, format: ColumnFormat) -> tuple[Any, Any] | None:
    match = amount(texts.text)
    if match is None or match["percent"] or sign(match) != 1:
        return None
    found = number(texts, match.span("digits"), format.decimal, PLACES)
    whole = number(texts, match.span("digits"), format.decimal, 0)
    if found is None or whole is None:
        return None
    return found.value, found.exact & found.known & (whole.value < MOST) & (found.value > 0)


def cell(text: str, format: ColumnFormat) -> int:
    """
    >>> cell("1,0825", ColumnFormat()), cell("0.000061", ColumnFormat())
    (1082500000000, 61000000)
    >>> cell("0", ColumnFormat())
    Traceback (most recent call last):
    ValueError: '0' is not more than 0
    """
    found = read(OneText(text), format)
    if found is None or not found[1]:
        raise ValueError(f"{quoted(text)} {_why(text, format)}")
    return int(found[0])


def _why(text: str, format: ColumnFormat) -> str:
    """What is wrong with a text that is no rate."""
    match = amount(text)
    if match is None or match["percent"] or not sign(match):
        return "is not a number"
    found = number(OneText(text), match.span("digits"), format.decimal, PLACES)
    if found is None:
        return _unread(match["digits"], format)
    if not found.known:
        return f"could be {readings(match['digits'])}"
    if not found.exact:
        return f"has more than {PLACES} decimals"
    return "is not more than 0" if sign(match) < 0 or not found.value else f"is past {MOST:,}"


def _unread(digits: str, format: ColumnFormat) -> str:
    written = possible(digits)
    if any(map(long, written.values())):
        return "has too many digits"
    return f"is not a number with {format.decimal!r} for decimals" if written else "is not a number"


def column(texts: pa.StringArray, format: ColumnFormat) -> ParsedColumn:
    return by_layout(texts, lambda many: read(many, format), "int64")


RATE = ColumnKind(
    "rate",
    "E336",
    f"a number above 0 with at most {PLACES} decimals",
    "1.0825",
    cell,
    column,
    tally,
    decode=lambda number: plain(number, 10**PLACES),
)
