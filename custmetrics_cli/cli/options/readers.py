"""Readers: each turns the text of an option into a value. The empty text is the value of an option that is left out."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction

from custmetrics_cli.core.data.delimiters import DELIMITERS
from custmetrics_cli.core.errors import near
from custmetrics_cli.core.options import SHARE, BadValue, not_one_of

SIZE = r"(?i)([0-9]+(?:\.[0-9]+)?)\s*([KMGT]?)(i?)B?"
WRONG_SIZE = "E142"
LEAST_MEMORY = 400_000_000  # bytes: reading takes 170 MiB, and the engine needs some
UNITS = ("", "K", "M", "G", "T")
RATE = r"\s*([A-Za-z]{3})\s*=\s*([0-9]{1,9}(?:\.[0-9]{1,12})?)\s*"
HOURS = 24  # of a day
AGE = r"(?i)\s*([0-9]{1,5})\s*(?:(|d|days?)|(w|weeks?)|(h|hours?))\s*"
MARKS = {name: mark for mark, name in DELIMITERS.items()} | {"\\t": "\t", "pipe": "|"}
SWITCHES = {"1": True, "true": True, "yes": True, "on": True, "": False, "0": False, "false": False, "no": False, "off": False}


def switch(text: str) -> bool:
    """Read true or false."""
    try:
        return SWITCHES[text.casefold()]
    except KeyError:
        raise not_of_type("true or false") from None


def number(least: int = 0, most: int = 10**9) -> Callable[[str], int]:
    """Return a reader of whole numbers from least to most.

    >>> number(1, 12)("4")
    4
    """

    def read(text: str) -> int:
        try:
            value = int(text)
        except ValueError:
            raise not_of_type("a whole number") from None
        if not least <= value <= most:
            raise BadValue("E140", "is out of range", f"pass a number from {least} to {most}")
        return value

    return read


def not_of_type(kind: str, hint: str = "") -> BadValue:
    """Return the error for a value of another type."""
    return BadValue("E118", f"is not {kind}", hint)


def day(text: str) -> date | None:
    """Read a day, such as 2022-04-05."""
    if not text:
        return None
    try:
        return datetime.strptime(text.strip(), "%Y-%m-%d").date()
    except ValueError:
        raise BadValue("E141", "is not a day", "write it as 2022-04-05") from None


def exchange_rate(text: str) -> tuple[str, Fraction]:
    """Read the rate of a currency: units of the answer's currency for one unit of it.

    >>> exchange_rate("eur=1.08")
    ('EUR', Fraction(27, 25))
    """
    found = re.fullmatch(RATE, text)
    if not found or not Fraction(found[2]):
        raise BadValue("E164", "is not an exchange rate", "write it as EUR=1.08: so much of the answer's currency for 1 EUR")
    return found[1].upper(), Fraction(found[2])


def age(text: str) -> int | None:
    """Read an age in days. Hours make whole days: the data knows no time of day.

    >>> age("3d"), age("2 weeks"), age("10"), age("48h"), age("")
    (3, 14, 10, 2, None)
    """
    if not text:
        return None
    found = re.fullmatch(AGE, text)
    if not found or (found[4] and int(found[1]) % HOURS):
        raise not_of_type("an age", "write it in days or weeks, such as 3d or 2w")
    number = int(found[1])
    return number // HOURS if found[4] else number * (7 if found[3] else 1)


def share(text: str) -> Fraction:
    """Read a share.

    >>> share("5%"), share("0.1"), share("")
    (Fraction(1, 20), Fraction(1, 10), Fraction(1, 1))
    """
    found = SHARE.fullmatch(text)
    if text and not (found and found[1] not in ("", ".")):
        raise BadValue("E107", "is not a share", "write it as 5%")
    return Fraction(found[1]) / (100 if found[2] else 1) if text and found else Fraction(1)


def size(text: str) -> int:
    """Read a size in bytes.

    >>> size("4GB"), size("512 MiB"), size("")
    (4000000000, 536870912, 0)
    """
    if not text:
        return 0
    found = re.fullmatch(SIZE, text.strip())
    if not found or not float(found[1]):
        raise BadValue(WRONG_SIZE, "is not a size", "write it as 4GB")
    return int(float(found[1]) * (1024 if found[3] else 1000) ** UNITS.index(found[2].upper()))


def memory(text: str) -> int:
    """Read the memory of a run in bytes. Less than LEAST_MEMORY cannot be held."""
    wanted = size(text)
    if 0 < wanted < LEAST_MEMORY:
        raise BadValue(
            WRONG_SIZE, f"is less than a run needs: {LEAST_MEMORY // 10**6} MB", f"pass --memory {LEAST_MEMORY // 10**6}MB or more"
        )
    return wanted


def zone(text: str) -> str:
    """Read the name of a time zone."""
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

    try:
        return ZoneInfo(text).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadValue("E143", "is not a time zone", near(text, sorted(available_timezones()))) from None


def mark(*known: str) -> Callable[[str], str]:
    """Return a reader of one character. tab may be written as a word, because it is hard to type in a shell.

    >>> mark()("tab"), mark(".", ",")("comma")
    ('\\t', ',')
    """

    def read(text: str) -> str:
        character = MARKS.get(text.casefold(), text)
        if len(character) > 1 or (character and known and character not in known):
            raise BadValue("E149", f"is not {' or '.join(known) or 'one character, or tab'}")
        return character

    return read


def one_of(*known: str) -> Callable[[str], str]:
    """Return a reader of one of some words."""

    def read(text: str) -> str:
        if text not in known:
            raise not_one_of(text, known)
        return text

    return read


def per_file(read: Callable[[str], str]) -> Callable[[str], tuple[str, str]]:
    """Return a reader of a value for all files, or for one file; the name of the file is "" for all.

    >>> per_file(mark(".", ","))(","), per_file(mark(".", ","))("us.csv=.")
    (('', ','), ('us.csv', '.'))
    """

    def read_pair(text: str) -> tuple[str, str]:
        name, _, value = text.rpartition("=")
        return name, read(value)

    return read_pair


def mapping(text: str) -> tuple[str, str]:
    """Read a column and its header. An empty header means that no header is this column.

    >>> mapping("started_at=Signed up")
    ('started_at', 'Signed up')
    """
    name, equals, header = text.partition("=")
    if not name.strip() or not equals:
        raise BadValue("E144", "has no '='", 'write it as --column started_at="Signed up"')
    return name.strip(), header.strip()
