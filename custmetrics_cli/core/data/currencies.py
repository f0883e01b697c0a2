"""The decimals of currencies. Source: ISO 4217, minor units."""

from __future__ import annotations

USUAL = 2
WITHOUT = ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF")
WITH_THREE = ("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND")
OTHERS = {**dict.fromkeys(WITHOUT, 0), **dict.fromkeys(WITH_THREE, 3), "CLF": 4, "UYW": 4}


def decimals_of(currency: str | None) -> int:
    """Return how many decimals amounts of a currency have.

    >>> decimals_of("EUR"), decimals_of("JPY"), decimals_of("KWD"), decimals_of(None)
    (2, 0, 3, 2)
    """
    return OTHERS.get(currency or "", USUAL)
