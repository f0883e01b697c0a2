"""Read the words of a billing interval: a unit, with or without a count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import dropwhile

from custmetrics_cli.columns import LONGEST, Reason
from custmetrics_cli.columns.parsing.intervals.words import ADJECTIVES, AMBIGUOUS, EVERY, FILLERS, NUMBERS, ONCE, ONE_OFF, UNITS
from custmetrics_cli.columns.parsing.words import simplify

INTERVALS = ("day", "week", "month", "quarter", "year")
LONGEST_COUNT = 400  # units: a year of days
NOT_AN_INTERVAL = Reason("is not an interval: day, week, month, quarter or year, or a number of them")
ONE_TIME = Reason("is a one-time payment, not an interval", hint="remove the row (it is not a subscription), or pass --skip-bad-rows")
ISO_DURATION = re.compile(r"p(?:(?P<years>\d{1,2})y)?(?:(?P<months>\d{1,3})m)?(?:(?P<weeks>\d{1,3})w)?(?:(?P<days>\d{1,3})d)?")
BRACKET = re.compile(r"^(.*\S)\s*[(\[]([^()\[\]]*)[)\]]$")
TOKEN = re.compile(r"\d+|[^\W\d_]+")
# Units and counts that are another unit: 12 months are a year.
SAME = {
    ("month", 3): ("quarter", 1),
    ("month", 12): ("year", 1),
    ("half-year", 2): ("year", 1),
    ("quarter", 4): ("year", 1),
    ("day", 365): ("year", 1),
}


def encode(unit: str, count: int) -> int:
    """Return the number of an interval: the position of its unit, and the count.

    >>> encode("month", 1) == INTERVALS.index("month"), decode(encode("month", 6)), decode(encode("day", 14))
    (True, '6 months', '2 weeks')
    """
    unit, count = {"half-year": ("month", 6 * count), "fortnight": ("week", 2 * count)}.get(unit, (unit, count))
    if unit == "day" and count % 7 == 0:  # a week is 7 days, also where a year is not 52 weeks
        unit, count = "week", count // 7
    unit, count = SAME.get((unit, count), (unit, count))
    return (count - 1) * len(INTERVALS) + INTERVALS.index(unit)


def decode(number: int) -> str:
    count, unit = divmod(number, len(INTERVALS))
    return f"{count + 1} {INTERVALS[unit]}s" if count else INTERVALS[unit]


@lru_cache(maxsize=4096)
def find(text: str) -> int | Reason:
    """Return the number of an interval. A text in brackets at the end is left out, unless it is another interval.

    >>> [decode(find(text)) for text in ("every 2 weeks", "P1Y", "semi-annual", "6 месяцев", "Annual (prepaid)", "2-Year")]
    ['2 weeks', 'year', '6 months', '6 months', 'year', '2 years']
    >>> find("2 per month").message == find("12").message == NOT_AN_INTERVAL.message
    True
    """
    if len(text) > LONGEST:
        return NOT_AN_INTERVAL
    match = BRACKET.match(text)
    number = _find(text) if match is None else _find(match[1])
    beside = _find(match[2]) if match else number
    if isinstance(number, int) and isinstance(beside, int) and number != beside:
        return Reason(
            f"names two intervals: {decode(number)} and {decode(beside)}", hint="write only the interval that the amount pays for"
        )
    return number


def _find(text: str) -> int | Reason:
    text = text.casefold().replace("ё", "е")
    if meanings := AMBIGUOUS.get(simplify(text)):
        return Reason(f"could be {meanings}", hint=f"write it like {meanings.split(' or ')[0]}")
    if (iso := ISO_DURATION.fullmatch(text)) and (number := _from_iso(iso)) is not None:
        return number
    tokens = TOKEN.findall(text)
    plain = [token for token in tokens if token not in FILLERS]
    found = (number for each in (tokens, plain) if (number := _from_tokens(each)) is not None)
    return next(found, ONE_TIME if simplify(text) in ONE_OFF else NOT_AN_INTERVAL)


def _from_iso(match: re.Match[str]) -> int | None:
    """Read a duration of ISO 8601: years and months, or weeks, or days."""
    years, months, weeks, days = (int(part or 0) for part in match.groups())
    counts = [("month", 12 * years + months), ("week", weeks), ("day", days)]
    (unit, count), *others = [each for each in counts if each[1]] or [("", 0)]
    return encode(unit, count) if count and not others else None


def _from_tokens(tokens: Sequence[str]) -> int | None:
    """Read the words of an interval, with or without "every" and a number in front of it."""
    if tokens[:1] == ["1"] and tokens[1:2] and tokens[1] in ONCE:
        tokens = tokens[2:]
    for each in (tokens, list(dropwhile(EVERY.__contains__, tokens))):
        number = _from_words(each)
        if number is not None:
            return number
    return None


def _from_words(tokens: Sequence[str]) -> int | None:
    word = simplify("".join(tokens))
    if word in UNITS:
        return encode(UNITS[word], 1)
    if word in ADJECTIVES:
        count, _, unit = ADJECTIVES[word].rpartition(" ")
        return encode(unit.removesuffix("s"), int(count or 1))
    number, unit = NUMBERS.get(tokens[0], tokens[0]) if tokens else "", UNITS.get(simplify("".join(tokens[1:])), "")
    return encode(unit, int(number)) if unit and number.isdecimal() and 0 < int(number) <= LONGEST_COUNT else None
