"""The errors and warnings about currencies."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from custmetrics_cli.columns.parsing.currencies import is_code
from custmetrics_cli.core.errors import Place, Problem
from custmetrics_cli.core.result import Notice
from custmetrics_cli.core.time.calendar import day_of
from custmetrics_cli.core.words import plural

USE_CODES = "write a code such as EUR in every row"


def several(rows: Mapping[str, int]) -> Problem:
    """Return E330 for money in several currencies. rows: the number of rows by currency."""
    listed = ", ".join(f"{currency} ({plural(n, 'row')})" for currency, n in sorted(rows.items()))
    most = max(sorted(filter(is_code, rows)), key=rows.__getitem__, default="EUR")
    return Problem(
        "E330",
        f"the money is in several currencies: {listed}",
        hint=f"split it: --by currency; or convert it: {_rates_by_hand(rows, most)} or --currency {most} --fx rates.csv",
    )


def _rates_by_hand(rows: Iterable[str], most: str) -> str:
    """Return the options that set a rate for each other currency."""
    return " ".join([f"--currency {most}", *(f"--rate {currency}=RATE" for currency in sorted(rows) if currency != most)])


def not_convertible(others: Iterable[str], currency: str, not_a_code: str = "") -> Problem:
    """Return E331 for money without exchange rates. not_a_code: the currency that is not a code, and why."""
    reason = f": {not_a_code}" if not_a_code else " without exchange rates"
    hint = USE_CODES if not_a_code else "pass exchange rates: --fx rates.csv, with the columns date, from, to, rate"
    return Problem("E331", f"{listed(others)} cannot be converted to {currency}{reason}", hint=hint)


def rows_without(rows: Mapping[str, int], others: Iterable[str], unnamed: Collection[str] = ()) -> Iterator[Problem]:
    """Yield E333 for each table. rows: its number of rows without a currency. others: the currencies of the other rows.

    unnamed: the tables without any currency.
    """
    (first, *more) = sorted(others)
    for table, n in rows.items():
        message = f"{table}: {plural(n, 'row')} {'has' if n == 1 else 'have'} no currency, but other rows have {listed([first, *more])}"
        can_be_set = table in unnamed and not more
        yield Problem("E333", message, hint=f"if {table} is in {first}, too, pass --currency {first}" if can_be_set else USE_CODES)


def missing_rate(place: Place, currency: str, day: int, answer_currency: str) -> Problem:
    message = f"the exchange rate from {currency or 'an empty currency'} to {answer_currency} on or before {day_of(day)} is missing"
    return Problem("E332", message, place, f"add a row: {day_of(day)},{currency},{answer_currency},RATE")


def compared_unconverted(table: str, currencies: Iterable[str]) -> Notice:
    return Notice("W210", f"{table}: amounts in {listed(currencies)} are compared without conversion to choose the group of a customer")


def read_as(currency: str, tables: Collection[str]) -> Notice:
    """Return W211. tables: those that name no currency; empty: no file does."""
    who = f"{' and '.join(tables)}: no row names a currency" if tables else "no file names its currency"
    return Notice("W211", f"{who}, so amounts are read as {currency} (--currency)")


def listed(currencies: Iterable[str]) -> str:
    """
    >>> listed({"USD", "EUR", ""})
    'no currency, EUR and USD'
    """
    *first, last = (currency or "no currency" for currency in sorted(currencies))
    return f"{', '.join(first)} and {last}" if first else last
