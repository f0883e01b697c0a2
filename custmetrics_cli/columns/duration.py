"""How long something took: whole milliseconds. Written in seconds, or as hours:minutes:seconds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from custmetrics_cli.columns import ColumnFormat, ColumnKind, ParsedColumn
from custmetrics_cli.columns.parsing.number_evidence import readings, tally
from custmetrics_cli.columns.parsing.numbers import amount, plain, possible, sign
from custmetrics_cli.columns.parsing.numbers import read as number
from custmetrics_cli.columns.parsing.texts import OneText, quoted
from custmetrics_cli.columns.parsing.texts import read_layouts as by_layout

if TYPE_CHECKING:
    import pyarrow as pa

PLACES = 3
SECOND = 10**PLACES
MOST = 10_000_000 * SECOND  # 115 days: so far, a thousand million events add up within 64 bits
CLOCK = r"(?P<hours>[0-9]{1,4}):(?P<minutes>[0-9]{2}):(?P<seconds>[0-9]{2})"


def read(texts: OneText, format: ColumnFormat) -> tuple[Any, Any] | None:
    if clock := re.fullmatch(CLOCK, texts.text):
        hours, minutes, seconds = (texts.number(*clock.span(part)) for part in ("hours", "minutes", "seconds"))
        return ((hours * 60 + minutes) * 60 + seconds) * SECOND, (minutes < 60) & (seconds < 60)
    match = _plain(texts.text)
    found = number(texts, match.span("digits"), format.decimal, PLACES) if match else None
    if match is None or found is None:
        return None
    return found.value, found.exact & found.known & (found.value <= MOST) & ((sign(match) == 1) | (found.value == 0))


def _plain(text: str) -> re.Match[str] | None:
    """A number with nothing but a sign and its digits."""
    match = amount(text)
    return match if match and sign(match) and text.strip("+-\u2212\u2013 ") == match["digits"] else None


def cell(text: str, format: ColumnFormat) -> int:
    """
    >>> cell("1628", ColumnFormat()), cell("0.25", ColumnFormat()), cell("0:01:30", ColumnFormat())
    (1628000, 250, 90000)
    >>> cell("-5", ColumnFormat())
    Traceback (most recent call last):
    ValueError: '-5' is negative
    """
    found = read(OneText(text), format)
    if found is None or not found[1]:
        raise ValueError(f"{quoted(text)} {_why(text, format)}")
    return int(found[0])


def _why(text: str, format: ColumnFormat) -> str:
    match = _plain(text)
    if match is None:
        return "is no number of seconds"
    if sign(match) < 0:
        return "is negative"
    found = number(OneText(text), match.span("digits"), format.decimal, PLACES)
    if found is None:
        return f"is not a number with {format.decimal!r} for decimals" if possible(match["digits"]) else "is no number of seconds"
    if not found.known:
        return f"could be {readings(match['digits'])}"
    return f"has more than {PLACES} decimals" if not found.exact else f"is past {MOST // SECOND:,} seconds"


def column(texts: pa.StringArray, format: ColumnFormat) -> ParsedColumn:
    return by_layout(texts, lambda many: read(many, format), "int64")


def back(number: int) -> int | str | None:
    """Seconds; with decimals as text.

    >>> back(90_000), back(1_500), back(-1)
    (90, '1.5', None)
    """
    if number < 0:
        return None
    return plain(number, SECOND) if number % SECOND else number // SECOND


DURATION = ColumnKind(
    "duration", "E412", "a number of seconds with at most three decimals, or 0:01:30", "90", cell, column, tally, decode=back
)
