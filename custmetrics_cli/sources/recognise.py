"""Which table a header is of, and which of its columns are which.

Names are compared without case, spaces, underscores, dashes, quotes and marks; the canonical name goes before aliases, an earlier alias
before a later one. A zone or currency in brackets at the end of a name is read off it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from custmetrics_cli.columns import _zones as zones
from custmetrics_cli.columns.money import MONEY
from custmetrics_cli.tables import Column, Table

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


class Match(NamedTuple):
    """What a header means as one table."""

    table: Table
    columns: Mapping[str, int]
    missing: tuple[str, ...]  # required columns that are not there
    zones: Mapping[str, str] = {}
    notes: tuple[str, ...] = ()
    said: Mapping[str, str] = {}  # canonical name of a column -> what the header says in its place

    @property
    def weight(self) -> tuple[bool, int, int]:
        """What decides between tables: recognised, then most required columns, then most columns."""
        required = len(self.table.required) - len(self.missing)
        return (not self.missing, required, len(self.columns))


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
        zones.zone(name)
    except ValueError:
        return ""
    return name


def match(header: Sequence[str], table: Table, said: Mapping[str, str]) -> Match:
    """The header read as this table. said: canonical name -> header name, as the user maps it ('' = no column is this one)."""
    names = [parted(cell) for cell in header]
    columns = {column: at for column, name in said.items() if name and (at := position(header, name)) >= 0}
    notes: list[str] = []
    for column in table.columns:
        if column.name not in columns and said.get(column.name) != "":
            free = [(at, name) for at, name in enumerate(names) if at not in columns.values()]
            _take(column, free, header, columns, notes)
    missing = tuple(column.name for column in table.required if column.name not in columns)
    said_zones = {column: names[at].zone for column, at in columns.items() if names[at].zone}
    notes += [f"'{header[at]}' says {names[at].currency}" for at in columns.values() if names[at].currency]
    return Match(table, columns, missing, said_zones, tuple(notes), _currency(table, columns, names))


def _currency(table: Table, columns: Mapping[str, int], names: Sequence[Name]) -> dict[str, str]:
    """What the heading of amounts says in the place of the column that names their currency."""
    said = [names[at].currency for column, at in columns.items() if table.by_name[column].kind is MONEY and names[at].currency]
    return {column.name: said[0] for column in table.columns if column.of_money and said}


def position(header: Sequence[str], name: str) -> int:
    """Where the header has this name, exactly as written or else as names are compared; -1 = nowhere."""
    exact = [at for at, cell in enumerate(header) if cell == name]
    return (exact or [at for at, cell in enumerate(header) if normal(cell) == normal(name)] or [-1])[0]


def best(header: Sequence[str], tables: Iterable[Table], said: Mapping[str, Mapping[str, str]], file: str) -> Match:
    """The table that this header is of, or comes nearest to. The file's name settles what the header leaves open."""
    matches = [match(header, table, said.get(table.name, {})) for table in tables]
    return max(matches, key=lambda found: (*found.weight[:2], found.table.name in normal(file.rpartition("/")[2]), found.weight[2]))


def _take(column: Column, free: list[tuple[int, Name]], header: Sequence[str], columns: dict[str, int], notes: list[str]) -> None:
    found = [at for wanted in map(normal, (column.name, *column.aliases)) for at, name in free if wanted in (name.plain, name.bare)]
    if not found:
        return
    columns[column.name] = found[0]
    for other in dict.fromkeys(found[1:]):
        if other != found[0]:
            notes.append(f"{column.name} is '{header[found[0]]}', not '{header[other]}'")
