"""The currency that a question asks for, and the column of currencies of a table."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from custmetrics_cli.columns.parsing.currencies import currency_name
from custmetrics_cli.tables import TABLES


def currency_column(table: str) -> str:
    """Return the column with the currency of a row, "" if the table declares none."""
    return next((column.name for column in TABLES[table].columns if column.is_currency), "")


class AskedCurrency(NamedTuple):
    """The currency that a question asks for."""

    name: str = ""  # --currency
    rates: Mapping[str, Fraction] = {}  # --rate: units of the answer's currency for one unit, by currency
    by: tuple[str, ...] = ()  # --by

    def chosen(self, names: set[str]) -> str:
        """Return the currency to convert to: that of --currency, else the only one without a rate; '' = none.

        >>> AskedCurrency(rates={"EUR": Fraction(27, 25)}).chosen({"EUR", "USD"})
        'USD'
        """
        without = names - {*self.rates}
        return currency_name(self.name) or (without.pop() if self.rates and len(without) == 1 and len(names) > 1 else "")
