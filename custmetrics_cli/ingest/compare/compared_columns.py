"""The columns in which the rows of a table are compared, and their texts and numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa

from custmetrics_cli.columns.text import ID as ID_KIND
from custmetrics_cli.engines.query.run import pieces
from custmetrics_cli.ingest.check.judge import SKIP_RULE, numeric
from custmetrics_cli.ingest.compare.exports import Exports
from custmetrics_cli.tables import Table

if TYPE_CHECKING:
    from custmetrics_cli.ingest.loaded import Loaded

ID = "id"
Row = Sequence[Any]  # values in the order of ComparedColumns.all_sql_names: the id and the skip rule first


class ComparedColumns(NamedTuple):
    """The columns of a table in which rows are compared, besides the id and the number of the rule that skips the row."""

    numbers: tuple[str, ...]
    words: tuple[str, ...]
    keys: tuple[tuple[str, ...], ...]  # columns that identify a row, from fine to coarse; the column of customers is "id"
    used: frozenset[str]  # columns that a metric uses
    day: str  # the day of a row
    days: tuple[int, int]  # the first day that counts for rows without a customer, and the first day after the last

    @property
    def sql_names(self) -> dict[str, str]:
        """Column -> its name in the database, without the id and the rule."""
        return {name: f"c{at}" for at, name in enumerate((*self.numbers, *self.words))}

    @property
    def all_sql_names(self) -> dict[str, str]:
        return {ID: ID, SKIP_RULE: SKIP_RULE, **self.sql_names}


def compared_columns(exports: Exports, table: Table, used: frozenset[str], days: tuple[int, int]) -> ComparedColumns:
    """Choose the columns: declared numbers, derived numbers that a metric uses, and all columns of words of both exports."""
    derived = {derived.name for derived in table.derived if derived.name in used}
    candidates = list(dict.fromkeys((*(column.name for column in numeric(table)), *sorted(derived))))
    numbers = tuple(name for name in candidates if name in exports.old.present[table.name])
    in_old, in_new = (side.split_columns[table.name] for side in exports)
    words = tuple(name for name in in_old if name in in_new and name not in candidates)
    available = {ID, *numbers, *words}
    customer = next((column.name for column in table.columns if column.kind is ID_KIND), "")
    keys = ([ID if name == customer else name for name in key] for key in table.keys)
    available_keys = tuple(tuple(name for name in key if name in available) for key in keys)
    used |= {column.name for column in table.columns if column.as_key in used}
    return ComparedColumns(numbers, words, available_keys, used & available, table.days[0], days)


def read_rows(loaded: Loaded, table: str, columns: ComparedColumns) -> Iterator[pa.Table]:
    """Yield all rows of a table, skipped ones included, with ids and words as text."""
    own, words = loaded.split_columns[table], loaded.words[table]
    for piece in pieces(loaded.with_skipped(table)):
        values = {ID: loaded.engine.id_column_as_text(piece["id"]), SKIP_RULE: piece[SKIP_RULE]}
        values |= {name: piece[name] for name in columns.numbers}
        values |= {name: _as_text(piece[own[name]], words[name]) for name in columns.words}
        yield pa.table(values)


def _as_text(codes: pa.ChunkedArray, words: Sequence[str]) -> pa.ChunkedArray:
    texts = pa.array([*words, ""], pa.string())
    return pa.chunked_array([texts.take(chunk) for chunk in codes.chunks], pa.string())
