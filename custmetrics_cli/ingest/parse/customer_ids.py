"""Ids of customers: one spelling for a phone number and for an e-mail address, and the words that mean nobody."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from custmetrics_cli.ingest.model import Layout
from custmetrics_cli.tables import Column
from custmetrics_cli.tables.shared.payment_rules import NAMES_TOTAL
from custmetrics_cli.tables.shared.rules import ROLE
from custmetrics_cli.tables.words.identities import PHONE

if TYPE_CHECKING:
    Array = np.ndarray[Any, Any]

NOBODY = (
    *("0", "0.0", "-1", "guest", "guest checkout", "guest user", "guest customer", "anonymous", "anon", "anonymous customer", "n/a"),
    *("null", "none", "nil", "undefined", "nan", "(not set)", "not set", "(none)", "<null>", "\\n", "no customer", "walk-in", "walk in"),
    *("walk-in customer", "walkin", "гость", "аноним", "анонимно", "анонимный", "без клиента", "нет клиента", "розничный покупатель"),
    *("не указан", "не указано", "gast", "invité", "invitado", "convidado", "ospite", "gość", "гість"),
    "00000000-0000-0000-0000-000000000000",
)
TOTALS = (
    *("total", "total:", "totals", "grand total", "subtotal", "sub-total", "sub total", "итого", "итого:", "всего", "всего:", "общий итог"),
    *("gesamt", "gesamtsumme", "summe", "total général", "total general", "totale", "totaal", "razem", "suma", "разом"),
)


def _spellings(words: Sequence[str]) -> pa.StringArray:
    return pa.array(dict.fromkeys(spelling for word in words for spelling in (word, word.title(), word.upper(), word.capitalize())))


NOBODIES = {1: _spellings(NOBODY), NAMES_TOTAL: _spellings(TOTALS)}
EXTENSION = re.compile(r"(?<!\s)\s*+(?:доб|ext|вн|x)\.?\s*+\d++$", re.IGNORECASE)
DIGITS = re.compile(r"[+(]?[\d\s()./+\u2010-\u2015\u00a0-]{6,30}")
LOCAL, LONG = 10, 11  # digits of a number without and with the country, in North America and Russia
SHORTEST = 7
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
TRUNK = ("380", "44", "49", "33", "43", "41", "31", "32", "46", "61", "64", "27", "90")  # countries where a 0 replaces the code


def canonical_ids(ids: pa.ChunkedArray, column: Column, layout: Layout) -> pa.ChunkedArray:
    """Return the ids: e-mail addresses in one spelling, and phone numbers if the header of the column names a phone."""
    if layout.roles.get(f"{ROLE}{column.name}") == PHONE:
        return _respell(ids, canonical_phone)
    return _respell(ids, canonical_email) if _any_contains(ids, "@") else ids


def _any_contains(ids: pa.ChunkedArray, part: str) -> bool:
    return bool(pc.any(pc.match_substring(ids.cast(pa.string()), part)).as_py())


def _respell(ids: pa.ChunkedArray, spell: Callable[[str], str]) -> pa.ChunkedArray:
    distinct = ids.cast(pa.string()).combine_chunks().dictionary_encode()
    words = pa.array([None if text is None else spell(text) for text in distinct.dictionary.to_pylist()], pa.string())
    return pa.chunked_array([words.take(distinct.indices)])


def canonical_email(text: str) -> str:
    """Return an e-mail address in lower case: its capital letters never distinguish two people. Other texts stay as they are.

    >>> canonical_email(" Ann.Lee@Shop.EXAMPLE"), canonical_email("@Ann"), canonical_email("Lee @ Co")
    ('ann.lee@shop.example', '@Ann', 'Lee @ Co')
    """
    return text.strip().lower() if EMAIL.fullmatch(text.strip()) else text


@lru_cache(maxsize=65536)
def canonical_phone(text: str) -> str:
    """Return one spelling of a phone number, without the code of the country where it can be left out. Other texts stay as they are.

    >>> {canonical_phone(text) for text in ("+7 900 000-00-01", "89000000001", "8 (900) 000-00-01", "79000000001", "9000000001.0")}
    {'9000000001'}
    >>> canonical_phone("+44 7700 900001"), canonical_phone("07700 900001"), canonical_phone("Anna 7"), canonical_phone("12345")
    ('07700900001', '07700900001', 'Anna 7', '12345')
    """
    bare = EXTENSION.sub("", text.strip().strip("'\"").removesuffix(".0"))
    if not DIGITS.fullmatch(bare):
        return text
    digits = re.sub(r"\D", "", bare)
    is_international = bare.startswith(("+", "00"))
    digits = digits.removeprefix("00") if bare.startswith("00") else digits
    if len(digits) == LONG and digits[0] in "178":
        return digits[1:]
    if len(digits) > LOCAL and (is_international or digits.startswith(TRUNK[0])):
        digits = next((f"0{digits.removeprefix(code)}" for code in TRUNK if digits.startswith(code)), digits)
    return digits if len(digits) >= SHORTEST else text


def name_nobody(ids: pa.ChunkedArray, column: Column) -> Array:
    """Return 1 for each id that names no customer, such as 0 and guest, 2 for a word for a total, else 0."""
    found = np.zeros(len(ids), np.int64)
    for number, spellings in NOBODIES.items() if column.nobody else ():
        found[np.asarray(pc.is_in(ids.cast(pa.string()), value_set=spellings))] = number
    return found
