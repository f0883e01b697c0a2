"""The currency of an answer, and the money of each table in it.

Spellings of a currency count as one, as columns/currency.py reads them: eur, EUR and €. Nothing is guessed. Rows without
a currency beside rows with one are an error. So are several currencies without --currency and exchange rates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.columns.day import DAY
from custmetrics_cli.columns.money import MONEY
from custmetrics_cli.columns.parsing.currencies import currency_name, is_code, why_not_a_code
from custmetrics_cli.compute.cache import RunCache
from custmetrics_cli.compute.money import currency_errors as errors
from custmetrics_cli.compute.money.asked import AskedCurrency, currency_column
from custmetrics_cli.compute.money.convert import ConvertedMoney, RateSeries, SingleCurrency
from custmetrics_cli.compute.money.rates import RATES, rate_series, rates_place
from custmetrics_cli.core.data.table_view import Money
from custmetrics_cli.core.data.total import Total
from custmetrics_cli.core.errors import SHOWN, CustmetricsError
from custmetrics_cli.core.metric import Metric
from custmetrics_cli.core.result import Notice
from custmetrics_cli.engines.query.run import collect
from custmetrics_cli.tables import TABLES

if TYPE_CHECKING:
    from custmetrics_cli.ingest.loaded import Loaded


def money_totals(metric: Metric, name: str) -> Iterator[Total]:
    """Yield the totals of money behind a definition: its own, those of its identities and of the metrics that it uses."""
    definition = metric.definitions[name]
    in_identities = [total for identity in metric.identities for total in identity.totals]
    yield from (total for total in (*definition.totals, *definition.pending_totals, *in_identities) if total.unit == "money")
    for used in definition.uses:
        yield from money_totals(used, "standard")


def has_money(table: str) -> bool:
    return any(column.kind is MONEY for column in TABLES[table].columns)


@dataclass(eq=False, repr=False)
class Currencies:
    """The currencies of the tables behind an answer."""

    loaded: Loaded
    tables: Sequence[str]  # the tables with money in the answer
    asked: AskedCurrency = field(default_factory=AskedCurrency)
    cache: RunCache = field(default_factory=RunCache)
    passing: Callable[[str], nw.LazyFrame[Any] | None] = lambda table: None  # the rows that --where leaves; None: all of them

    @cached_property
    def answer_currency(self) -> str | None:
        """The currency of the answer, None if no file names one. Raises CustmetricsError E330, E331, E333."""
        return self._common(self.tables) if self.tables and not self.is_split else None

    @cached_property
    def is_split(self) -> bool:
        """True if each group of --by has one currency, so that nothing is converted."""
        return bool(self.tables) and not self.asked.name and all(self._is_split(table) for table in self.tables)

    def of_group(self, group: Mapping[str, str | None]) -> str | None:
        """Return the currency of a group of --by that has one."""
        return currency_name(group[self._split_by(self.tables[0])] or "") or None

    def _is_split(self, table: str) -> bool:
        return bool(self._split_by(table)) and len(self._row_counts(table)) > 1

    def _split_by(self, table: str) -> str:
        """Return the name in --by that means the currency of a table, "" without one."""
        currency = currency_column(table)
        return next((name for name in self.asked.by if currency and self.loaded.column_named(table, name) == currency), "")

    def _common(self, tables: Sequence[str]) -> str | None:
        """Return the one currency of some tables."""
        by_table = {table: {*self._row_counts(table)} for table in tables}
        names = {*chain.from_iterable(by_table.values())}
        requested = self.asked.chosen(names)
        if not names - {""}:
            return requested or None
        without = {table: self._row_counts(table)[""] for table, own in by_table.items() if "" in own and not self._is_read_as(own, names)}
        if without:
            unnamed = {table for table in without if by_table[table] == {""}}
            raise CustmetricsError(*errors.rows_without(without, names - {""}, unnamed))
        names -= {""}
        if not requested and len(names) > 1:
            raise CustmetricsError(errors.several(sum(map(self._row_counts, tables), Counter())))
        if requested and names - {requested}:
            self._check_convertible(requested, names - {requested})
        return requested or names.pop()

    def _is_read_as(self, own: Collection[str], names: set[str]) -> bool:
        """Return whether --currency says what the amounts of a table are that names none: all other tables name it, too."""
        return bool(self.asked.name) and {*own} == {""} and {*names} <= {self.asked.chosen(names), ""}

    def _check_convertible(self, requested: str, others: Iterable[str]) -> None:
        """Raise CustmetricsError E331 if there are no rates, or if a currency is not a code that rates can name."""
        unclear_name = next((name for name in (requested, *sorted(others)) if not is_code(name)), "")
        if unclear_name:
            raise CustmetricsError(errors.not_convertible(others, requested, f"'{unclear_name}' {why_not_a_code(unclear_name)}"))
        if RATES not in self.loaded.frames and not self.asked.rates.keys() >= {*others}:
            raise CustmetricsError(errors.not_convertible(others, requested))

    def money(self, table: str) -> Money:
        """Return the money of one table, regardless of the other tables."""
        return self.cache.once(("money", table), lambda: self._money(table))

    def _money(self, table: str) -> Money:
        if self.is_split and self._is_split(table):
            return SingleCurrency()
        currency, names = self._common([table]), self._names(table)
        if {*self._row_counts(table)} <= {currency, ""}:
            return SingleCurrency()
        if not currency or not {*names[:-1]} - {currency}:
            return SingleCurrency()
        series = rate_series(self.loaded, currency) if RATES in self.loaded.frames else {}
        series |= {name: RateSeries([-FAR], [rate]) for name, rate in self.asked.rates.items()}
        return ConvertedMoney(names, currency, series, self._missing_rates(table))

    def _missing_rates(self, table: str) -> dict[str, int]:
        """Return the missing rates noted so far: a currency, and the first day that needed one."""
        return self.cache.once(("missing rates", table), dict)

    def code(self, table: str) -> nw.Expr:
        """Return an expression: the code of a row's currency, its place in _names()."""
        column = self.loaded.split_columns[table].get(currency_column(table))
        return nw.col(column).cast(nw.Int64) if column else nw.lit(0)

    def check_rates(self) -> None:
        """Raise CustmetricsError E332 for missing rates. Call it when everything is computed."""
        missing: dict[str, int] = {}
        used = {name for table in self.tables for name in self._row_counts(table)}
        for currency, day in (each for table in self.tables for each in self._missing_rates(table).items() if each[0] in used):
            missing[currency] = min(day, missing.get(currency, day))
        if missing:
            first = self._first_days()
            needed = [(currency, max(day, first.get(currency, day))) for currency, day in sorted(missing.items())]
            place = rates_place(self.loaded)
            raise CustmetricsError(
                *(errors.missing_rate(place, *each, str(self.answer_currency)) for each in needed[:SHOWN]), total=len(needed)
            )

    def _first_days(self) -> dict[str, int]:
        """Return the first day with a row in each currency. The first day that asked for its rate may be earlier."""
        first: dict[str, int] = {}
        for table in self.tables:
            day = next(column.name for column in TABLES[table].columns if column.kind is DAY and column.required)
            names, rows = self._names(table), self.loaded.used(table).with_columns(code=self.code(table))
            for row in collect(rows.group_by("code").agg(first=nw.col(day).min())):
                currency = names[row["code"]]
                first[currency] = min(row["first"], first.get(currency, row["first"]))
        return first

    def warnings(self, amount_tables: Iterable[str]) -> list[Notice]:
        """Return the warnings about currencies. amount_tables: tables whose amounts decide the group of a customer."""
        names = {table: {*self._row_counts(table)} for table in amount_tables if table not in self.tables}
        warnings = [errors.compared_unconverted(table, each) for table, each in names.items() if len(each) > 1]
        unnamed = [table for table in self.tables if {*self._row_counts(table)} == {""}]
        if self.asked.name and self.answer_currency and unnamed:
            warnings.append(errors.read_as(self.answer_currency, unnamed if len(unnamed) < len({*self.tables}) else ()))
        return warnings

    def _names(self, table: str) -> tuple[str, ...]:
        """Return the currencies of a table by code. The last is "", for a row without one."""
        return (*(currency_name(word) for word in self.loaded.words[table].get(currency_column(table), ())), "")

    def _row_counts(self, table: str) -> Counter[str]:
        """Return the number of used rows in each currency that --where leaves, "" for rows without one."""
        return self.cache.once(("currencies", table), lambda: self._count_rows(table))

    def _count_rows(self, table: str) -> Counter[str]:
        rows, names = self.passing(table), self._names(table)
        if rows is not None and len(names) > 1:
            counted = collect(rows.with_columns(code=self.code(table)).group_by("code").agg(n=nw.len()))
            return +Counter({name: sum(row["n"] for row in counted if names[row["code"]] == name) for name in names})
        used = sum(report.used for report in self.loaded.inputs if report.table == table)
        counts = Counter[str]()
        for word, n in (self.loaded.currencies[table] or {"": used}).items():
            counts[currency_name(word)] += n
        return +counts
