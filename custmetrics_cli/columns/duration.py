"""Durations: whole milliseconds. They are written in seconds, or as hours:minutes:seconds."""

from __future__ import annotations

import re
from functools import partial

from custmetrics_cli.columns import ColumnFormat, ColumnKind, Reason
from custmetrics_cli.columns.parsing.number_evidence import gather, interpretations
from custmetrics_cli.columns.parsing.numbers import is_too_long, match_amount, plain, possible_numbers, read_number, sign_of
from custmetrics_cli.columns.parsing.readers import Check, LayoutReader, Parsed, Why
from custmetrics_cli.columns.parsing.texts import OneText

PLACES = 3
SECOND = 10**PLACES
MOST = 10_000_000 * SECOND  # 115 days; a thousand million events then still add up within 64 bits
CLOCK = r"(?P<hours>[0-9]{1,4}):(?P<minutes>[0-9]{2}):(?P<seconds>[0-9]{2})"
NOT_SECONDS = Reason("is not a number of seconds")


def read(texts: OneText, format: ColumnFormat) -> Parsed | Why:
    """
    >>> [DURATION.read_cell(text, ColumnFormat()) for text in ("1628", "0.25", "0:01:30")]
    [1628000, 250, 90000]
    >>> DURATION.read_cell("-5", ColumnFormat())
    Traceback (most recent call last):
    custmetrics_cli.columns.UnreadableCell: '-5' is negative
    """
    if clock := re.fullmatch(CLOCK, texts.text):
        hours, minutes, seconds = (texts.number(*clock.span(part)) for part in ("hours", "minutes", "seconds"))
        return Parsed(((hours * 60 + minutes) * 60 + seconds) * SECOND, (Check((minutes < 60) & (seconds < 60), NOT_SECONDS),))
    match = _match_plain(texts.text)
    return _read_seconds(texts, match, format) if match else NOT_SECONDS


def _match_plain(text: str) -> re.Match[str] | None:
    """Return the parts of a number that has nothing but a sign and its digits."""
    match = match_amount(text)
    return match if match and sign_of(match) and text.strip("+-\u2212\u2013 ") == match["digits"] else None


def _read_seconds(texts: OneText, match: re.Match[str], format: ColumnFormat) -> Parsed | Why:
    negative = sign_of(match) < 0
    number = read_number(texts, match.span("digits"), format.decimal, PLACES)
    if number is None:
        return Reason("is negative") if negative else partial(_why_not_a_number, match["digits"], format)
    checks = (
        Check((number.value == 0) if negative else True, Reason("is negative")),
        Check(number.known, lambda: Reason(f"could be {interpretations(match['digits'])}")),
        Check(number.exact, Reason(f"has more than {PLACES} decimals")),
        Check(number.value <= MOST, Reason(f"is more than {MOST // SECOND:,} seconds")),
    )
    return Parsed(number.value, checks)


def _why_not_a_number(digits: str, format: ColumnFormat) -> Reason:
    matches = possible_numbers(digits)
    if any(map(is_too_long, matches.values())):
        return Reason("has too many digits")
    return Reason(f"is not a number with {format.decimal!r} for decimals") if matches else NOT_SECONDS


def decode(number: int) -> int | str | None:
    """Return seconds; as text if there are decimals.

    >>> decode(90_000), decode(1_500), decode(-1)
    (90, '1.5', None)
    """
    if number < 0:
        return None
    return plain(number, SECOND) if number % SECOND else number // SECOND


DURATION = ColumnKind(
    "duration", "E412", "seconds with at most three decimals, or hours:minutes:seconds", "90", LayoutReader(read), gather, decode=decode
)
