"""Amounts in the smallest unit of their currency: a yen has no cents, and a dinar has a thousand fils."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from custmetrics_cli.columns import ParsedColumn
from custmetrics_cli.columns.parsing.currencies import currency_name
from custmetrics_cli.core.data.currencies import USUAL, decimals_of

if TYPE_CHECKING:
    from custmetrics_cli.ingest.parse.distinct import DistinctTexts

    Array = np.ndarray[Any, Any]

IN_HUNDREDTHS = ("ISK", "UGX")  # the interfaces of payment services still count hundredths of them


def from_smallest_units(columns: Mapping[str, ParsedColumn], currencies: DistinctTexts, otherwise: str) -> dict[str, ParsedColumn]:
    """Return the columns of money, read as hundredths, as amounts of their currency. otherwise: the currency of rows without one."""
    decimals = np.array([_decimals(word or otherwise) for word in currencies.words.to_pylist()], np.int64)
    if (decimals == USUAL).all():
        return {}
    up, down = (10 ** np.maximum(sign * (USUAL - decimals), 0)[currencies.codes] for sign in (1, -1))
    return {name: column._replace(values=_scaled(column.values, name, up, down)) for name, column in columns.items()}


def _decimals(word: str) -> int:
    name = currency_name(word)
    return USUAL if name in IN_HUNDREDTHS else decimals_of(name)


def _scaled(values: Array, name: str, up: Array, down: Array) -> Array:
    """Return values in other units, rounded. A negative discount is a percentage."""
    scaled: Array = np.where(down > 1, (2 * values + down) // (2 * down), values * up)
    return np.where(values < 0, values, scaled) if name == "discount" else scaled
