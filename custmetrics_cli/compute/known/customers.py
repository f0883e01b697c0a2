"""Further columns of a list of customers: those by which people know a customer, or those of --columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import narwhals.stable.v2 as nw

from custmetrics_cli.compute.run import Run
from custmetrics_cli.compute.split.columns import CUSTOMER, ColumnRef
from custmetrics_cli.compute.view import LoadedView
from custmetrics_cli.engines.query.run import collect
from custmetrics_cli.tables import TABLES

MOST_NAMED = 10_000  # customers by whose ids the rows are filtered; for more, all rows are read


class CustomerColumns(NamedTuple):
    """Words by customer. A customer with several words in a column has the first by name."""

    names: tuple[str, ...]  # as the user names them
    columns: Sequence[Mapping[Any, str]]  # in the same order: the word of each customer

    def cells(self, customer: Any) -> tuple[str | None, ...]:
        return tuple(column.get(customer) for column in self.columns)


def columns_of_customers(run: Run, view: LoadedView, customers: Sequence[Any]) -> CustomerColumns:
    """Return the columns beside the id. Raises the errors of ColumnResolver for a column that is not in the files."""
    question, table = run.question, view.tables[0]
    if CUSTOMER not in TABLES[table].by_name:
        return CustomerColumns((), ())
    shown = question.columns or (run.loaded.known_by.get(table, ()) if question.known_by else ())
    names = tuple(name for name in dict.fromkeys(shown) if name not in question.by)
    return CustomerColumns(names, [_words(run, view, name, customers) for name in names])


def _words(run: Run, view: LoadedView, name: str, customers: Sequence[Any]) -> dict[Any, str]:
    """Return the word of each customer; customers without one are left out."""
    words = view.groups.resolver.words(name)
    ref: ColumnRef = view.groups.resolver.resolve(name)
    frame = run.loaded.used(ref.table).select("id", word=nw.col(run.loaded.split_columns[ref.table][ref.column]))
    if len(customers) <= MOST_NAMED:
        frame = frame.filter(nw.col("id").is_in(list(customers)))
    rows = collect(frame.group_by("id").agg(nw.col("word").min()))
    return {row["id"]: words[row["word"]] for row in rows if row["word"] < len(words)}
