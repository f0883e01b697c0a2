"""Rates of exchange as they were given, into one currency. A pair that is there only the other way round is turned about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw

from custmetrics_cli.columns.parsing.currencies import code_to_number, number_to_code
from custmetrics_cli.columns.rate import PLACES
from custmetrics_cli.compute.money.convert import Series
from custmetrics_cli.core.errors import SHOWN, CustmetricsError, Place, Problem
from custmetrics_cli.core.time.calendar import day_of
from custmetrics_cli.engines.query.run import collect
from custmetrics_cli.tables.rates import TABLE

if TYPE_CHECKING:
    from custmetrics_cli.ingest.loaded import Loaded

RATES = TABLE.name
Pair = tuple[str, str]
Given = Mapping[Pair, Mapping[int, Fraction]]  # units of the second for one of the first, from a day on


def series(loaded: Loaded, to: str) -> dict[str, Series]:
    """The rates of every currency that has any in this one. Raises CustmetricsError E334."""
    given = _given(loaded, to)
    return {name: _of(given, name, to) for pair in given for name in pair if name != to}


def _of(given: Given, name: str, to: str) -> Series:
    """Before the first direct rate the inverse of the others holds."""
    direct = given.get((name, to), {})
    before = min(direct, default=None)
    turned = {day: 1 / rate for day, rate in given.get((to, name), {}).items() if before is None or day < before}
    every = sorted({**turned, **direct}.items())
    return Series([day for day, _ in every], [rate for _, rate in every])


def _given(loaded: Loaded, to: str) -> Given:
    """The rates from or to one currency, in order of day."""
    code = code_to_number(to)
    rows = loaded.frames[RATES].filter((nw.col("from") == code) | (nw.col("to") == code)).select("date", "from", "to", "rate")
    found: dict[Pair, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for row in collect(rows):
        found[number_to_code(row["from"]), number_to_code(row["to"])][row["date"]].add(row["rate"])
    twice = [(day, pair, rates) for pair, days in found.items() for day, rates in days.items() if len(rates) > 1]
    if twice:
        raise CustmetricsError(*(_two(loaded, *each) for each in sorted(twice)[:SHOWN]), total=len(twice))
    return {pair: {day: Fraction(rate, 10**PLACES) for day, (rate,) in days.items()} for pair, days in found.items()}


def _two(loaded: Loaded, day: int, pair: Pair, rates: Iterable[int]) -> Problem:
    said = " and ".join(_written(rate) for rate in sorted(rates))
    message = f"there are several rates from {pair[0]} to {pair[1]} for {day_of(day)}: {said}"
    return Problem("E334", message, place(loaded), "keep the one that holds on that day")


def _written(rate: int) -> str:
    """
    >>> _written(1_082_500_000_000), _written(120 * 10**12)
    ('1.0825', '120')
    """
    whole, rest = divmod(rate, 10**PLACES)
    return f"{whole}.{rest:0{PLACES}}".rstrip("0").rstrip(".")


def place(loaded: Loaded) -> Place:
    """The file of rates; the table where there are several."""
    paths = [report.path for report in loaded.inputs if report.table == RATES]
    return Place(paths[0] if len(paths) == 1 else RATES)
