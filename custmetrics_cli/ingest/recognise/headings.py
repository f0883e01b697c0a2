"""The names of a header, as they are compared: without case, spaces, underscores, dashes, quotes and marks.

A zone or currency in brackets at the end of a name is read off it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property, lru_cache
from typing import NamedTuple

from custmetrics_cli.columns.parsing import zones

DROPPED = re.compile(r"[\s_\-\u2010-\u2015\u200b-\u200f\u2060\ufeff\"'`\u2018\u2019\u201c\u201d«»*:]+")
BRACKETS = re.compile(r"\s*[(\[]\s*([^()\[\]]+?)\s*[)\]]\s*$")
RUSSIAN = {"MSK": "Europe/Moscow", "МСК": "Europe/Moscow"}
CURRENCY = re.compile(r"(?:\s*[(\[]\s*|\s*,\s*)([A-Z]{3}|[$€£¥₽₴₸]|руб\.?|RUR|грн\.?|тг\.?)\s*[)\]]?\s*$")

NOT_CURRENCIES = {"VAT", "TAX", "GST", "NET", "MRR", "ARR", "ACV", "QTY"}  # what else stands so at the end of a name


class Name(NamedTuple):
    """A header's name taken apart."""

    plain: str  # as written, normalised
    bare: str  # without its zone or currency, normalised
    zone: str = ""
    currency: str = ""


@lru_cache(maxsize=4096)
def normal(name: str) -> str:
    """A name as it is compared.

    >>> normal(" Customer_ID "), normal("\\ufeff'Signed-up  at"), normal("Учётная запись")
    ('customerid', 'signedupat', 'учетнаязапись')
    """
    return DROPPED.sub("", unicodedata.normalize("NFKC", name).casefold()).replace("ё", "е")


@lru_cache(maxsize=1024)
def parted(header: str) -> Name:
    """A name, its zone and its currency.

    >>> parted("Created (UTC)").zone, parted("Сумма, руб").currency, parted("Amount (USD)").bare
    ('UTC', 'руб', 'amount')
    """
    text = unicodedata.normalize("NFKC", header)
    if (brackets := BRACKETS.search(text)) and (zone := _zone(brackets[1])):
        return Name(normal(text), normal(text[: brackets.start()]), zone=zone)
    if currency := CURRENCY.search(text):
        return Name(normal(text), normal(text[: currency.start()]), currency=currency[1] if currency[1] not in NOT_CURRENCIES else "")
    return Name(normal(text), normal(text))


def _zone(text: str) -> str:
    """A zone as the kinds of column read it, '' when this is none."""
    name = RUSSIAN.get(text.upper(), re.sub(r"\s+", "", text))
    try:
        zones.find_zone(name)
    except ValueError:
        return ""
    return name


@lru_cache(maxsize=4096)
def _plain(headings: tuple[str, ...]) -> frozenset[str] | None:
    """Headings as they are compared; None: one of them holds a *."""
    return None if any("*" in heading for heading in headings) else frozenset(map(normal, headings))


@dataclass(frozen=True)
class Header:
    """A line of names. below: of each column, the text under its name, where a header has several lines."""

    cells: tuple[str, ...]
    below: tuple[str, ...] = ()

    @cached_property
    def names(self) -> list[Name]:
        return [parted(cell) for cell in self.cells]

    @cached_property
    def _places(self) -> Mapping[str, list[int]]:
        """Where each name stands, compared with its zone or currency and without."""
        found: dict[str, list[int]] = {}
        for at, name in enumerate(self.names):
            for each in dict.fromkeys((name.plain, name.bare)):
                found.setdefault(each, []).append(at)
        return found

    def has(self, heading: str) -> bool:
        return bool(self.under((heading,)))

    def under(self, headings: Iterable[str]) -> list[int]:
        """Where any of these headings stands, in their order. A * in a heading is whatever stands there."""
        headings = tuple(headings)
        plain = _plain(headings)
        if plain is not None and plain.isdisjoint(self._places):
            return []
        return list(dict.fromkeys(at for heading in headings for at in self._under(heading)))

    def _under(self, heading: str) -> Iterable[int]:
        if "*" not in heading:
            return self._places.get(normal(heading), ())
        pattern = "*".join(normal(part).replace("[", "[[]").replace("?", "[?]") for part in heading.split("*"))
        return [at for name, places in self._places.items() if fnmatchcase(name, pattern) for at in places]

    def asking(self, questions: Iterable[str]) -> list[int]:
        """Where a heading, or the text below it, asks one of these."""
        under = Header(tuple(" ".join(text.split()) for text in self.below)) if self.below else None
        return list(dict.fromkeys([*self.under(questions), *(under.under(questions) if under else ())]))

    def position(self, name: str) -> int:
        """Where the header has this name, exactly as written or else as names are compared; -1 = nowhere."""
        exact = [at for at, cell in enumerate(self.cells) if cell == name]
        return (exact or [at for at, cell in enumerate(self.cells) if normal(cell) == normal(name)] or [-1])[0]

    def again(self, at: int) -> list[int]:
        """Where the name stands again, made unique: name.2, name.3."""
        later = re.compile(re.escape(self.cells[at]) + r"\.\d+")
        return [other for other in range(at + 1, len(self.cells)) if later.fullmatch(self.cells[other])]
