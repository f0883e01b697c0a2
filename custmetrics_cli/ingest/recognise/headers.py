"""Compare headers without case, spaces, underscores, dashes and quotes.

A time zone or currency at the end of a header, as in "Amount (USD)", is split off.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from custmetrics_cli.columns.parsing.zones import find_zone

ESCAPE = r"\x1b\[[0-9;]{0,20}[a-zA-Z]"  # a colour of a terminal
DROPPED = re.compile(rf"(?:{ESCAPE}|[\x00-\x1f\x7f\s_\-\u2010-\u2015\u200b-\u200f\u2060\ufeff\"'`\u2018\u2019\u201c\u201d«»*:])+")
BRACKETS = re.compile(r"(?<!\s)\s*+[(\[]([^()\[\]]++)[)\]]\s*+$")
RUSSIAN = {"MSK": "Europe/Moscow", "МСК": "Europe/Moscow"}
CURRENCY = re.compile(r"(?<!\s)\s*+[(\[,]\s*+([A-Z]{3}|[$€£¥₽₴₸]|руб\.?|RUR|грн\.?|тг\.?)\s*+[)\]]?\s*+$")
NOT_CURRENCIES = {"VAT", "TAX", "GST", "NET", "MRR", "ARR", "ACV", "QTY"}  # three capitals at the end of a name, too


class HeaderParts(NamedTuple):
    """One header, split. Names are normalised."""

    plain: str  # the whole name
    bare: str  # the name without its zone or currency
    zone: str = ""
    currency: str = ""


@lru_cache(maxsize=4096)
def normalise(name: str) -> str:
    """Return the form in which names are compared.

    >>> normalise(" Customer_ID "), normalise("\\ufeff'Signed-up  at"), normalise("Учётная запись")
    ('customerid', 'signedupat', 'учетнаязапись')
    """
    return DROPPED.sub("", unicodedata.normalize("NFKC", name).casefold()).replace("ё", "е")


@lru_cache(maxsize=1024)
def split_header(header: str) -> HeaderParts:
    """Split a header into its name, time zone and currency.

    >>> split_header("Created (UTC)").zone, split_header("Сумма, руб").currency, split_header("Amount (USD)").bare
    ('UTC', 'руб', 'amount')
    """
    text = unicodedata.normalize("NFKC", header)
    if (brackets := BRACKETS.search(text)) and (zone := _read_zone(brackets[1].strip())):
        return HeaderParts(normalise(text), normalise(text[: brackets.start()]), zone=zone)
    if ending := CURRENCY.search(text):
        currency = ending[1] if ending[1] not in NOT_CURRENCIES else ""
        return HeaderParts(normalise(text), normalise(text[: ending.start()]), currency=currency)
    return HeaderParts(normalise(text), normalise(text))


def _read_zone(text: str) -> str:
    """Return the name of a time zone; '' if the text is not a time zone."""
    name = RUSSIAN.get(text.upper(), re.sub(r"\s+", "", text))
    try:
        find_zone(name)
    except ValueError:
        return ""
    return name


@lru_cache(maxsize=4096)
def _exact_names(names: tuple[str, ...]) -> frozenset[str] | None:
    """Return the normalised names; None if one of them contains the wildcard *."""
    return None if any("*" in name for name in names) else frozenset(map(normalise, names))


@lru_cache(maxsize=4096)
def _parts(pattern: str) -> tuple[str, ...]:
    """Return the normalised texts around the wildcards of a name."""
    return tuple(normalise(part) for part in pattern.split("*"))


def _has_parts(name: str, parts: tuple[str, ...]) -> bool:
    """Return whether a name begins with the first part, ends with the last one, and has the others between them, in this order.

    >>> _has_parts("howlikelyareyoutorecommendus", ("howlikely", "recommend", "")), _has_parts("aba", ("ab", "ba"))
    (True, False)
    """
    first, *inner, last = parts
    if not name.startswith(first):
        return False
    at, end = len(first), len(name) - len(last)
    for part in inner:
        at = name.find(part, at, end) + len(part) if part in name[at:end] else len(name) + 1
    return at <= end and name.endswith(last)


@lru_cache(maxsize=4096)
def _matching(header: str, names: tuple[str, ...]) -> tuple[int, ...]:
    """Return the numbers of the names that a normalised header has. Many files have the same headers."""
    return tuple(n for n, name in enumerate(names) if (_has_parts(header, _parts(name)) if "*" in name else normalise(name) == header))


@dataclass(frozen=True)
class Header:
    """The headers of all columns."""

    cells: tuple[str, ...]
    second_line: tuple[str, ...] = ()  # the text below each header, if a header has several lines

    @cached_property
    def parts(self) -> list[HeaderParts]:
        return [split_header(cell) for cell in self.cells]

    @cached_property
    def _by_name(self) -> Mapping[str, list[int]]:
        """Return the positions of each name, with and without its zone or currency."""
        positions: dict[str, list[int]] = {}
        for position, parts in enumerate(self.parts):
            for name in dict.fromkeys((parts.plain, parts.bare)):
                positions.setdefault(name, []).append(position)
        return positions

    def has(self, name: str) -> bool:
        return bool(self.positions((name,)))

    def positions(self, names: Iterable[str]) -> list[int]:
        """Return the positions of all these names, in the order of the names. A * in a name matches any text."""
        names = tuple(names)
        exact = _exact_names(names)
        if exact is not None and exact.isdisjoint(self._by_name):
            return []
        found = [(number, positions) for known, positions in self._by_name.items() for number in _matching(known, names)]
        return list(dict.fromkeys(position for _, positions in sorted(found, key=lambda each: each[0]) for position in positions))

    def question_positions(self, questions: Iterable[str]) -> list[int]:
        """Return the positions of the headers that ask one of these questions, also in the second line."""
        second = Header(tuple(" ".join(text.split()) for text in self.second_line)) if self.second_line else None
        return list(dict.fromkeys([*self.positions(questions), *(second.positions(questions) if second else ())]))

    def position(self, name: str) -> int:
        """Return the position of a name: exactly as written, else normalised. -1 if there is none."""
        exact = next((position for position, cell in enumerate(self.cells) if cell == name), -1)
        return exact if exact >= 0 else next((at for at, cell in enumerate(self.cells) if normalise(cell) == normalise(name)), -1)

    def repeats(self, position: int) -> list[int]:
        """Return the later positions of the same name. They were made unique: name.2, name.3."""
        pattern = re.compile(re.escape(self.cells[position]) + r"\.\d+")
        return [later for later in range(position + 1, len(self.cells)) if pattern.fullmatch(self.cells[later])]
