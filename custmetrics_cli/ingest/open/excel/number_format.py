"""Number formats that change what a number means: leading zeros, percent signs and currencies. Others only change its look.

The value is never rounded as the format would round it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from custmetrics_cli.columns.parsing.currencies import is_known
from custmetrics_cli.ingest.open.typed.exact_text import exact

Shown = Callable[[float], str]  # the text of a number under a format
PERCENT_IDS = {9: "0%", 10: "0.00%"}  # built-in formats that files do not write out
LITERAL = re.compile(r'"([^"]{0,255})"|\\(.)|_.|\*.|\[[^\]]{0,255}\]')
CURRENCY = re.compile(r'\[\$([^\]-]{1,50}+)[^\]]{0,255}\]|"([^"]{0,255})"|\\(.)|([^\w\s#.,;_*@?()/+-])')
ZEROS = re.compile(r"[^0#?.,%eE/@]*0[^#?.,%eE/@]*")


def shown_by(code: str) -> Shown | None:
    """Return the function that shows a number under a format code; None if the code does not change its meaning.

    >>> shown_by("00000")(123), shown_by('"INV-"0000')(7), shown_by("0.0%")(0.15), shown_by("000-000")(1234)
    ('00123', 'INV-0007', '15%', '001-234')
    >>> shown_by("0.00"), shown_by("0"), shown_by("General")
    (None, None, None)
    >>> shown_by("[$€-407] #,##0.00")(1234.5), shown_by('#,##0.00\\\\ "руб."')(5), shown_by('0.0 "kg"')
    ('1234.5 €', '5 руб.', None)
    """
    plain = code.partition(";")[0]
    bare = LITERAL.sub("", plain)
    if "%" in bare:
        return percent
    if currency := _currency(plain):
        return lambda value: f"{exact(value)} {currency}"
    parts = _parts(plain)
    zeros = sum(part == "0" for part in parts)
    if not ZEROS.fullmatch(bare) or zeros < 2:
        return None
    return lambda value: _with_zeros(value, parts, zeros)


def _currency(code: str) -> str:
    """Return the sign or the code of the currency that a code shows; "" for none."""
    texts = [next(filter(None, match.groups()), "").strip() for match in CURRENCY.finditer(code)]
    return next((text for text in texts if is_known(text)), "")


def _parts(code: str) -> list[str]:
    """Return the characters that a code shows: `0` for a digit, others as they are. A literal 0 is marked by a space that is removed."""
    parts: list[str] = []
    at = 0
    for match in LITERAL.finditer(code):
        literal = match[1] or match[2] or ""
        parts += [*code[at : match.start()], *([literal] if literal else [])]
        at = match.end()
    return [*parts, *code[at:]]


def percent(value: float) -> str:
    return f"{exact(float(Decimal(repr(value)) * 100))}%"


def _with_zeros(value: float, parts: list[str], zeros: int) -> str:
    """Fill the places of the zeros with the digits, from the right. Further digits come first."""
    if value < 0 or value != int(value):
        return exact(value)
    digits = [*str(int(value)).zfill(zeros)]
    extra = len(digits) - zeros
    texts: list[str] = []
    for part in parts:
        if part != "0":
            texts.append(part)
            continue
        texts += digits[: extra + 1]
        del digits[: extra + 1]
        extra = 0
    return "".join(texts)
