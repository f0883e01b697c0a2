"""Money as decimals in a file, and as whole parts in frames. Both are exact: no part is lost on the way there and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from custmetrics_cli.columns import MONEY_PARTS
from custmetrics_cli.engines.stored.part import ROUNDED

if TYPE_CHECKING:
    Array = np.ndarray[Any, Any]

DIGITS = 18  # of stored decimals: they fit 64 bits
LARGEST = 10**DIGITS - 1
NUMERATOR, DENOMINATOR = 125, 63  # 10 ** ROUNDED / MONEY_PARTS
WHOLE = 10**ROUNDED


def places_for(parts: Array, at_least: int = 2) -> int:
    """Return the decimals that amounts need, -1 if they do not fit a decimal of 18 digits.

    >>> [places_for(np.array(each)) for each in ([504_000], [504], [42], [5040 * 10**14], [10**18 + 1])]
    [2, 3, 6, 2, -1]
    """
    places = next((places for places in (2, 3) if places >= at_least and not (parts % (MONEY_PARTS // 10**places)).any()), ROUNDED)
    largest = max(abs(int(parts.min(initial=0))), abs(int(parts.max(initial=0))))
    return places if largest * 10**places // MONEY_PARTS < LARGEST else -1


def to_decimals(parts: Array, places: int) -> pa.Array:
    """Return amounts as decimals.

    >>> to_decimals(np.array([504_000, -756_000, 42]), 6).to_pylist()
    [Decimal('1.000000'), Decimal('-1.500000'), Decimal('0.000083')]
    """
    if places == ROUNDED:
        whole, rest = np.divmod(parts, DENOMINATOR)
        unscaled = whole * NUMERATOR + (rest * NUMERATOR + DENOMINATOR // 2) // DENOMINATOR
    else:
        unscaled = parts // (MONEY_PARTS // 10**places)
    words = np.empty((len(unscaled), 2), np.int64)
    words[:, 0], words[:, 1] = unscaled, unscaled >> 63
    return pa.Array.from_buffers(pa.decimal128(DIGITS, places), len(unscaled), [None, pa.py_buffer(words)])


def from_decimals(amounts: pa.Array, places: int) -> Array:
    """Return the parts of decimals without null.

    >>> parts = np.array([1, -1, 42, 63, 5 * 10**17, -(5 * 10**17) + 1])
    >>> bool((from_decimals(to_decimals(parts, 6), 6) == parts).all())
    True
    """
    buffer = amounts.buffers()[1]
    unscaled = np.frombuffer(buffer, np.int64)[2 * amounts.offset : 2 * (amounts.offset + len(amounts)) : 2]
    if places != ROUNDED:
        return np.asarray(unscaled * (MONEY_PARTS // 10**places))
    whole, rest = np.divmod(unscaled, NUMERATOR)
    return np.asarray(whole * DENOMINATOR + (2 * rest * DENOMINATOR + NUMERATOR) // (2 * NUMERATOR))
