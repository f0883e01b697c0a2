"""Texts of typed values that can be read in one way only."""

from __future__ import annotations

from decimal import Decimal

LARGEST = 10**15  # a float keeps 15 digits
NOISE = 5  # characters by which a text is longer if it ends in float noise: 0.30000000000000004


def exact(value: float) -> str:
    """Return a number as text: without exponent, float noise or `.0`, and never with exactly three decimals.

    Three decimals could also be thousands where the decimal mark is a comma. A number of 10^15 or more keeps its exponent.

    >>> exact(5.0), exact(0.1 + 0.2), exact(1.234), exact(1e-7), exact(1.5e15), exact(32.75999993272126)
    ('5', '0.3', '1.2340', '0.0000001', '1.5E+15', '32.75999993272126')
    """
    if not -LARGEST < value < LARGEST:
        return f"{value:.15g}".upper()
    if value == int(value):
        return str(int(value))
    text, short = repr(value), f"{value:.15g}"
    text = short if len(text) - len(short) >= NOISE else text
    return without_three_decimals(f"{Decimal(text):f}" if "e" in text else text)


def without_three_decimals(number: str) -> str:
    return number + "0" if number[-4:-3] == "." else number


def one_line(text: str) -> str:
    """Return a text without line ends, so that a row of a sheet is one line.

    >>> one_line("Anna\\r\\nBell")
    'Anna Bell'
    """
    return " ".join(text.splitlines()) if "\n" in text or "\r" in text else text
