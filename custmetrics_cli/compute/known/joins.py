"""Customers that two tables share: a metric of both has no answer if there are none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals.stable.v2 as nw

from custmetrics_cli.core.result import Notice
from custmetrics_cli.engines.query.run import collect, total
from custmetrics_cli.tables import TABLES

if TYPE_CHECKING:
    from custmetrics_cli.ingest.loaded import Loaded

CUSTOMER = "customer_id"
FIRST = 100  # ids


class Match(NamedTuple):
    """The customers of the table with fewer of them, and those among them that the other table has."""

    table: str
    other: str
    customers: int
    matched: int

    @property
    def reason(self) -> str | None:
        """Why there is no answer; None if some customers match."""
        if self.matched or not self.customers:
            return None
        return f"none of {self.customers:,} customer ids in {self.table} is in {self.other}"

    @property
    def warning(self) -> Notice | None:
        """W283 if fewer than half of the customers match."""
        if not self.matched or 2 * self.matched >= self.customers:
            return None
        verb = "is" if self.matched == 1 else "are"
        return Notice(
            "W283", f"only {self.matched:,} of {self.customers:,} customer ids in {self.table} {verb} in {self.other}", is_decisive=True
        )


def match(loaded: Loaded, tables: tuple[str, ...]) -> Match | None:
    """Return how the customers of two tables match; None for fewer tables with customers."""
    with_customers = [table for table in tables if CUSTOMER in TABLES[table].by_name]
    if len(with_customers) != len(tables) or len(tables) < 2:
        return None
    first, second = with_customers[:2]
    ids = {table: _ids(loaded, table) for table in (first, second)}
    counts = {table: _count(frame) for table, frame in ids.items()}
    table, other = sorted((second, first), key=lambda each: counts[each])
    return Match(table, other, counts[table], _count(ids[table].join(ids[other], on="id", how="semi")))


def are_emails(loaded: Loaded, table: str) -> bool:
    """Return whether most ids of customers of a table are e-mails, by the first ones."""
    few = collect(loaded.used(table).filter(loaded.has_id()).select("id").head(FIRST))
    return 2 * sum("@" in text for text in loaded.ids([row["id"] for row in few])) > len(few)


def _ids(loaded: Loaded, table: str) -> nw.LazyFrame[Any]:
    return loaded.used(table).filter(loaded.has_id()).select("id").unique()


def _count(ids: nw.LazyFrame[Any]) -> int:
    return total(ids.with_columns(n=nw.lit(1)), "n")
