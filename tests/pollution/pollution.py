"""A pollution: one clean table with one fault, and the answers that are right. Every other answer must be refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from tests.pollution.clean import Customer, Row, people

Rows = Counter[Row]
ALL = people()


class Pollution(NamedTuple):
    """A polluted file."""

    name: str
    data: bytes
    right: tuple[Rows, ...]  # the right answers
    whole: bool = True  # it contains all the data and can be read in one way, so it should be answered
    file: str = "customers.csv"
    warned: tuple[Rows, ...] = ()  # answers that are right with a warning that rows may be missing
    warned_by: str = ""  # the code of a warning with which any answer is right: it names the damage


def rows(found: Iterable[Customer]) -> Rows:
    return Counter(customer.row for customer in found)


def paying(found: Iterable[Customer]) -> Rows:
    return Counter(customer.paying for customer in found)


CLEAN, PAYING = rows(ALL), paying(ALL)


def whole(name: str, data: bytes | str, right: Rows = CLEAN, file: str = "customers.csv") -> Pollution:
    """Return a pollution that loses nothing and leaves nothing open."""
    return Pollution(name, data.encode() if isinstance(data, str) else data, (right,), True, file)


def hurt(name: str, data: bytes | str, *right: Rows, file: str = "customers.csv") -> Pollution:
    """Return a pollution that loses something or leaves it open. It must be refused, unless the answer happens to be right."""
    return Pollution(name, data.encode() if isinstance(data, str) else data, right or (CLEAN,), False, file)
