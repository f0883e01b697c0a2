"""Exchange rates from the table of rates, into one currency. A pair given only the other way round is inverted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw

from custmetrics_cli.columns.parsing.currencies import code_to_number, number_to_code
from custmetrics_cli.columns.rate import PLACES
from custmetrics_cli.compute.money.convert import RateSeries
from custmetrics_cli.core.errors import SHOWN, CustmetricsError, Place, Problem
from custmetrics_cli.core.time.calendar import day_of
from custmetrics_cli.engines.query.run import collect
from custmetrics_cli.tables.rates import TABLE

if TYPE_CHECKING:
    from custmetrics_cli.ingest.loaded import Loaded

RATES = TABLE.name
Pair = tuple[str, str]  # from, to
PairRates = Mapping[Pair, Mapping[int, Fraction]]  # pair -> day -> units of the second currency for one of the first


def rate_series(loaded: Loaded, to: str) -> dict[str, RateSeries]:
    """Return the rates of every currency that has one into this currency. Raises CustmetricsError E334."""
    rates = _rates_of(loaded, to)
    return {currency: _series(rates, currency, to) for pair in rates for currency in pair if currency != to}


def _series(rates: PairRates, currency: str, to: str) -> RateSeries:
    """Return the rates of one currency. Inverse rates count only before the first direct one."""
    direct = rates.get((currency, to), {})
    first = min(direct, default=None)
    inverse = {day: 1 / rate for day, rate in rates.get((to, currency), {}).items() if first is None or day < first}
    ordered = sorted({**inverse, **direct}.items())
    return RateSeries([day for day, _ in ordered], [rate for _, rate in ordered])


def _rates_of(loaded: Loaded, currency: str) -> PairRates:
    """Return the rates from or to one currency."""
    code = code_to_number(currency)
    rows = loaded.frames[RATES].filter((nw.col("from") == code) | (nw.col("to") == code)).select("date", "from", "to", "rate")
    by_day: dict[Pair, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for row in collect(rows):
        by_day[number_to_code(row["from"]), number_to_code(row["to"])][row["date"]].add(row["rate"])
    several = [(day, pair, rates) for pair, days in by_day.items() for day, rates in days.items() if len(rates) > 1]
    if several:
        raise CustmetricsError(*(_several_rates(loaded, *each) for each in sorted(several)[:SHOWN]), total=len(several))
    return {pair: {day: Fraction(rate, 10**PLACES) for day, (rate,) in days.items()} for pair, days in by_day.items()}


def _several_rates(loaded: Loaded, day: int, pair: Pair, rates: Iterable[int]) -> Problem:
    texts = " and ".join(_text(rate) for rate in sorted(rates))
    message = f"several exchange rates are given from {pair[0]} to {pair[1]} on {day_of(day)}: {texts}"
    return Problem("E334", message, rates_place(loaded), "keep one rate per pair and day")


def _text(rate: int) -> str:
    """
    >>> _text(1_082_500_000_000), _text(120 * 10**12)
    ('1.0825', '120')
    """
    units, rest = divmod(rate, 10**PLACES)
    return f"{units}.{rest:0{PLACES}}".rstrip("0").rstrip(".")


def rates_place(loaded: Loaded) -> Place:
    """Return the file of rates, or the name of the table if there are several files."""
    paths = [report.path for report in loaded.inputs if report.table == RATES]
    return Place(paths[0] if len(paths) == 1 else RATES)
