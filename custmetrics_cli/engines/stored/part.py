"""A Parquet file of checked rows, and how its columns become the columns of a frame."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from custmetrics_cli.columns import MONEY_PARTS

ID, DAY, MONEY, NUMBER, WORD = "id", "day", "money", "number", "word"  # kinds of stored columns
KEY = "key"  # a text whose number in the frame is the same wherever the text is the same; 0 = none
SKIPPED_BY = "_skip_rule"  # column of a file of skipped rows: the number of the rule; 0 = by none
SEVERAL = "several"  # column of frames: 1 where the id may be in several rows of the table
NUMBERED = "several_id"  # the same, as a number of the id; 0 where it is in one row
ROUNDED = 6  # decimals of amounts that are not whole thousandths: the nearest part is then certain


class StoredColumn(NamedTuple):
    """A column of a Parquet file.

    id, word and key: text, null for none. day: date32. money: a decimal. number: a whole number, as it is in the frame.
    """

    name: str
    kind: str
    empty: int = 0  # the number of the frame where a day is null
    places: int = 0  # decimals of money


class StoredPart(NamedTuple):
    """A Parquet file with rows of one table."""

    path: Path
    rows: int  # of the file that count
    columns: Mapping[str, StoredColumn]  # column of the frame, or id -> its column of the file
    numbers: Mapping[str, int] = {}  # column of the frame that the file does not have -> the number in every row
    added: Mapping[str, int] = {}  # column of the frame -> what its numbers need more: the rows of earlier files
    skip_rules: frozenset[int] = frozenset()  # of a file of skipped rows: those that are kept; empty = a file of rows used


def parts_of(unscaled: int, places: int) -> int:
    """Return the parts of money of a decimal.

    >>> parts_of(4999, 2) == 4999 * MONEY_PARTS // 100, parts_of(8_333_333, 6)
    (True, 4200000)
    """
    one: int = 10**places
    return (2 * unscaled * MONEY_PARTS + one) // (2 * one)
