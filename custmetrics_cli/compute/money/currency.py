"""One answer has one currency: which one, and the money of each table in it.

The words of a column are taken as columns/currency.py takes them: eur, EUR and € are one currency. What a file does not say
is not guessed: rows without a currency beside rows with one are refused, and so are several currencies, unless it is said
in which one the answer is to be and rates of exchange are there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw

from custmetrics_cli.columns.day import DAY
from custmetrics_cli.columns.money import MONEY
from custmetrics_cli.columns.parsing.currencies import currency_name, is_code, why_not_a_code
from custmetrics_cli.compute.cache import RunCache
from custmetrics_cli.compute.money.convert import ONE, ConvertedMoney, Series
from custmetrics_cli.compute.money.rates import RATES, place, series
from custmetrics_cli.core.data.table_view import Money
from custmetrics_cli.core.data.total import Total
from custmetrics_cli.core.errors import SHOWN, CustmetricsError, Problem
from custmetrics_cli.core.metric import Metric
from custmetrics_cli.core.result import Notice
from custmetrics_cli.core.time.calendar import day_of
from custmetrics_cli.engines.query.run import collect
from custmetrics_cli.tables import TABLES

if TYPE_CHECKING:
    from custmetrics_cli.ingest.loaded import Loaded

WRITE = "write its code in the file, like EUR"


def priced(metric: Metric, definition: str) -> Iterator[Total]:
    """The totals of money that an answer takes, for itself, for what it uses or for its proof."""
    asked = metric.definitions[definition]
    proven = [total for identity in metric.identities for total in identity.totals]
    yield from (total for total in (*asked.totals, *asked.pending_totals, *proven) if total.unit == "money")
    for used in asked.uses:
        yield from priced(used, "standard")


@dataclass(eq=False, repr=False)
class Currencies:
    """tables: those whose money the answer is made of. said: the currency that was asked for, '' = none."""

    loaded: Loaded
    tables: Sequence[str]
    said: str = ""
    kept: RunCache = field(default_factory=RunCache)

    @cached_property
    def own(self) -> str | None:
        """The currency of the answer; None: no file names any. Raises CustmetricsError E330, E331, E333."""
        return self._one(self.tables) if self.tables else None

    def _one(self, tables: Sequence[str]) -> str | None:
        found = {table: self._used(table) for table in tables}
        every = {name for names in found.values() for name in names}
        said = currency_name(self.said)
        if not every - {""}:
            return said or None
        if "" in every:
            raise CustmetricsError(*self._unnamed(found, every - {""}))
        if not said and len(every) > 1:
            raise CustmetricsError(self._several(tables))
        if said and every - {said}:
            self._convertible(said, every - {said})
        return said or every.pop()

    def money(self, table: str) -> Money:
        """The money of a table, whatever else the answer is made of."""
        if table not in self.kept.money:
            self.kept.money[table] = self._of(table)
        return self.kept.money[table]

    def code(self, table: str) -> nw.Expr:
        """The code of a row's currency: its place among the words of the column, the last where it has none."""
        own = self.loaded.split_columns[table].get(column(table))
        return nw.col(own).cast(nw.Int64) if own else nw.lit(0)

    def _of(self, table: str) -> Money:
        own = self._one([table])
        names = (*self._names(table), "")
        if not own or not {*names[:-1]} - {own}:
            return ONE
        rates: Mapping[str, Series] = series(self.loaded, own) if RATES in self.loaded.frames else {}
        return ConvertedMoney(names, own, rates, self.kept.missing.setdefault(table, {}))

    def settle(self) -> None:
        """After all is computed: raises CustmetricsError E332 for the rates that were needed and are not there."""
        missing: dict[str, int] = {}
        for name, day in (each for table in self.tables for each in self.kept.missing.get(table, {}).items()):
            missing[name] = min(day, missing.get(name, day))
        if missing:
            first = self._first()
            needed = [(name, max(day, first.get(name, day))) for name, day in sorted(missing.items())]
            raise CustmetricsError(*(self._lacking(*each) for each in needed[:SHOWN]), total=len(needed))

    def _first(self) -> dict[str, int]:
        """The first day of the rows in each currency: rates are asked for on days on which any rate changes, which may be earlier."""
        found: dict[str, int] = {}
        for table in self.tables:
            day = next(each.name for each in TABLES[table].columns if each.kind is DAY and each.required)
            names, rows = (*self._names(table), ""), self.loaded.used(table).with_columns(code=self.code(table))
            for row in collect(rows.group_by("code").agg(first=nw.col(day).min())):
                name = names[row["code"]]
                found[name] = min(row["first"], found.get(name, row["first"]))
        return found

    def _lacking(self, name: str, day: int) -> Problem:
        message = f"there is no rate from {name or 'an empty currency'} to {self.own} on {day_of(day)} or before"
        return Problem("E332", message, place(self.loaded), f"add one, as {day_of(day)},{name},{self.own},RATE")

    def warnings(self, split: Iterable[str]) -> list[Notice]:
        """split: the tables by whose amounts customers are put into groups."""
        said = [self._mixed(table) for table in split if table not in self.tables and len(self._used(table)) > 1]
        if self.said and self.own and not any(name for table in self.tables for name in self._used(table)):
            said.append(Notice("W211", f"no file says which currency its amounts are in: they are taken as {self.own}, as --currency says"))
        return said

    def _mixed(self, table: str) -> Notice:
        names = _listed(self._used(table))
        return Notice("W210", f"{table}: amounts in {names} are compared as they stand where a customer is in several groups at once")

    def _convertible(self, said: str, others: Iterable[str]) -> None:
        """Raises CustmetricsError E331 where nothing can say what the others are worth."""
        odd = next((name for name in (said, *sorted(others)) if not is_code(name)), "")
        if odd or RATES not in self.loaded.frames:
            why = f": '{odd}' {why_not_a_code(odd)}" if odd else " without rates"
            hint = WRITE if odd else "name a file of them: --fx rates.csv, with the columns date, from, to, rate"
            raise CustmetricsError(Problem("E331", f"{_listed(others)} cannot be given in {said}{why}", hint=hint))

    def _several(self, tables: Iterable[str]) -> Problem:
        rows: Counter[str] = sum(map(self._rows, tables), Counter())
        listed = ", ".join(f"{name} ({n:,} row{'s' if n > 1 else ''})" for name, n in sorted(rows.items()))
        most = max(sorted(filter(is_code, rows)), key=rows.__getitem__, default="EUR")
        hint = f"say in which to answer: --currency {most} --fx rates.csv"
        return Problem("E330", f"the money is in several currencies: {listed}", hint=hint)

    def _unnamed(self, found: Mapping[str, set[str]], others: Iterable[str]) -> Iterator[Problem]:
        for table in (table for table, names in found.items() if "" in names):
            n = self._rows(table)[""]
            message = f"{table}: {n:,} row{'s have' if n > 1 else ' has'} no currency, others have {_listed(others)}"
            yield Problem("E333", message, hint=f"{WRITE}; an empty one is not guessed")

    def _names(self, table: str) -> list[str]:
        """The currencies of a table by their code in its frame."""
        return [currency_name(word) for word in self.loaded.words[table].get(column(table), ())]

    def _used(self, table: str) -> set[str]:
        """The currencies of the rows that are used; '' where some have none."""
        return {*+self._rows(table)}

    def _rows(self, table: str) -> Counter[str]:
        """How many of the rows that are used are in each currency."""
        used = sum(report.used for report in self.loaded.inputs if report.table == table)
        found = Counter[str]()
        for word, n in (self.loaded.currencies[table] or {"": used}).items():
            found[currency_name(word)] += n
        return found


def _listed(names: Iterable[str]) -> str:
    """
    >>> _listed({"USD", "EUR", ""})
    'no currency, EUR and USD'
    """
    *some, last = (name or "no currency" for name in sorted(names))
    return f"{', '.join(some)} and {last}" if some else last


def has_money(table: str) -> bool:
    return any(each.kind is MONEY for each in TABLES[table].columns)


def column(table: str) -> str:
    """The column that names the currency of a row; '' = there is none."""
    return next((each.name for each in TABLES[table].columns if each.is_currency), "")
