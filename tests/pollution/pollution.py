"""A pollution: one clean table spoilt in one way, and what may be answered. What is none of that is to be refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from tests.pollution.clean import Customer, Row, people

Rows = Counter[Row]
ALL = people()


class Pollution(NamedTuple):
    """right: the answers that are right. whole: the file holds all the data and can be read in one way, so it should be answered."""

    name: str
    data: bytes
    right: tuple[Rows, ...]
    whole: bool = True
    file: str = "customers.csv"
    warned: tuple[Rows, ...] = ()  # answers that are right with a warning that rows may be missing


def rows(found: Iterable[Customer]) -> Rows:
    return Counter(customer.row for customer in found)


def paying(found: Iterable[Customer]) -> Rows:
    return Counter(customer.paying for customer in found)


CLEAN, PAYING = rows(ALL), paying(ALL)


def whole(name: str, data: bytes | str, right: Rows = CLEAN, file: str = "customers.csv") -> Pollution:
    """Nothing is lost and nothing is open."""
    return Pollution(name, data.encode() if isinstance(data, str) else data, (right,), True, file)


def hurt(name: str, data: bytes | str, *right: Rows, file: str = "customers.csv") -> Pollution:
    """Something is lost or open: to be refused, unless it happens to be right."""
    return Pollution(name, data.encode() if isinstance(data, str) else data, right or (CLEAN,), False, file)
