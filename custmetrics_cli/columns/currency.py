"""Currency codes in any case. A sign or a word that one currency has alone is accepted, too."""

from __future__ import annotations

from custmetrics_cli.columns import ColumnKind, Reason
from custmetrics_cli.columns.parsing.currencies import (
    code_to_number,
    currency_name,
    is_code,
    is_known,
    number_to_code,
    why_not_a_code,
)
from custmetrics_cli.columns.parsing.readers import WordReader


def find(text: str) -> int | Reason:
    """
    >>> from custmetrics_cli.columns import ColumnFormat
    >>> CURRENCY.read_cell("eur", ColumnFormat()) == CURRENCY.read_cell("€", ColumnFormat()) == code_to_number("EUR")
    True
    >>> CURRENCY.read_cell("$", ColumnFormat())
    Traceback (most recent call last):
    custmetrics_cli.columns.UnreadableCell: '$' could be USD, CAD, AUD and more
    """
    name = currency_name(text)
    return code_to_number(name) if is_code(name) else Reason(why_not_a_code(name))


def decode(number: int) -> str | None:
    return number_to_code(number) or None


CURRENCY = ColumnKind("currency", "E335", "a currency code", "EUR", WordReader(find), decode=decode, knows=is_known)
