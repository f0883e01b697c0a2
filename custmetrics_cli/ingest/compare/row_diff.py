"""The rows that differ between two exports of the same tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field

from custmetrics_cli.core.diff import RowChange, RowCount
from custmetrics_cli.ingest.compare.compared_columns import Row, compared_columns, read_rows
from custmetrics_cli.ingest.compare.describe_rows import RowDescriber
from custmetrics_cli.ingest.compare.exports import Exports
from custmetrics_cli.ingest.compare.match_rows import KINDS, NEW, OLD, RowMatcher
from custmetrics_cli.ingest.open.temp_files import Scratch
from custmetrics_cli.tables import TABLES

Names = tuple[str, ...]


@dataclass(eq=False, repr=False)
class RowDiff:
    """The rows of each table that differ."""

    matchers: Mapping[str, RowMatcher]  # by table
    movers: Mapping[str, Mapping[str, Names]] | None = None  # table -> customer -> metrics that the customer changes; None = not known
    without_customer: Mapping[str, Names] = field(default_factory=dict)  # table -> metrics that rows without a customer change

    def changed_customers(self, limit: int) -> list[str]:
        """Return customers whose rows differ in a column that a metric uses."""
        customers = dict.fromkeys(customer for matcher in self.matchers.values() for customer in matcher.changed_customers(limit))
        return list(customers)[:limit]

    def set_movers(self, movers: Mapping[str, Mapping[str, Names]] | None, without_customer: Mapping[str, Names]) -> None:
        """Set the customers who change metrics. Call this once, before counts() and changes()."""
        self.movers, self.without_customer = movers, without_customer
        for table, matcher in self.matchers.items():
            matcher.mark_effects(list((movers or {}).get(table, ())), bool(without_customer.get(table)))

    def counts(self) -> tuple[RowCount, ...]:
        counts = {table: matcher.counts() for table, matcher in self.matchers.items()}
        return tuple(self._count(table, kind, by_kind) for table, by_kind in counts.items() for kind in KINDS)

    def _count(self, table: str, kind: str, counts: Mapping[tuple[str, bool], int]) -> RowCount:
        with_effect, without_effect = counts.get((kind, True), 0), counts.get((kind, False), 0)
        return RowCount(table, kind, with_effect + without_effect, None if self.movers is None else without_effect)

    def changes(self, limit: int | None) -> Iterator[RowChange]:
        """Yield the differing rows of each table, those that change metrics first. limit: per table; None = all."""
        for table, matcher in self.matchers.items():
            describer = RowDescriber.of(TABLES[table], matcher.columns)
            for has_effect, kind, old, new in matcher.changes(limit):
                yield describer.change(kind, old, new, self._metrics_changed(table, has_effect, (old, new)))

    def _metrics_changed(self, table: str, has_effect: bool, rows: Sequence[Row | None]) -> Names | None:
        if self.movers is None or not has_effect:
            return None if self.movers is None else ()
        customers = dict.fromkeys(row[0] for row in rows if row)
        movers, without_customer = self.movers.get(table, {}), self.without_customer.get(table, ())
        metrics = [movers.get(customer, ()) if customer else without_customer for customer in customers]
        return tuple(dict.fromkeys(name for names in metrics for name in names))


def compare_rows(exports: Exports, used: Mapping[str, frozenset[str]], days: tuple[int, int], memory: int, stack: ExitStack) -> RowDiff:
    """Compare the rows of the tables of both exports.

    used: the columns that metrics use, by table. days: the first day that counts for rows without a customer, and the first day
    after the last. memory: for DuckDB, in bytes. stack: closes what is opened.
    """
    folder = stack.enter_context(Scratch()).file().parent
    matchers: dict[str, RowMatcher] = {}
    for table in exports.tables:
        columns = compared_columns(exports, TABLES[table], used[table], days)
        matcher = stack.enter_context(closing(RowMatcher(columns, memory, folder)))
        for side, loaded in ((OLD, exports.old), (NEW, exports.new)):
            for rows in read_rows(loaded, table, columns):
                matcher.add(side, rows)
        matcher.match()
        matchers[table] = matcher
    return RowDiff(matchers)
