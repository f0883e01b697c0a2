"""Describe differing rows: the changed cells, the key and the reasons to skip them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from custmetrics_cli.core.diff import CellChange, RowChange
from custmetrics_cli.ingest.compare.compared_columns import ID, ComparedColumns, Row
from custmetrics_cli.tables import Table


class ShownColumn(NamedTuple):
    """A column that users see. Derived columns are not shown."""

    position: int  # in a row
    name: str
    decode: Callable[[Any], Any]

    def change(self, old: Row | None, new: Row | None) -> CellChange:
        return CellChange(self.name, *(self.decode(row[self.position]) if row else None for row in (old, new)))


class RowDescriber(NamedTuple):
    """Describes the rows of one table."""

    table: Table
    shown: tuple[ShownColumn, ...]
    key: tuple[ShownColumn, ...]

    @classmethod
    def of(cls, table: Table, columns: ComparedColumns) -> RowDescriber:
        decoders: dict[str, Callable[[Any], Any]] = dict.fromkeys(columns.words, _decode_word)
        decoders |= {name: table.by_name[name].kind.decode for name in columns.numbers if name in table.by_name}
        positions = enumerate(columns.all_sql_names)
        shown = {name: ShownColumn(position, name, decoders[name]) for position, name in positions if name in decoders}
        key = (shown[name] for name in (columns.keys[0] if columns.keys else ()) if name != ID)
        return cls(table, tuple(shown.values()), tuple(key))

    def change(self, kind: str, old: Row | None, new: Row | None, moves: tuple[str, ...] | None) -> RowChange:
        row, known = new or old or [], old or new or []
        differing = [column for column in self.shown if not (old and new) or old[column.position] != new[column.position]]
        cells = [change for change in (column.change(old, new) for column in differing) if change.old != change.new]
        if old and new and old[0] != new[0]:
            cells.insert(0, CellChange("customer_id", old[0] or None, new[0] or None))
        key = {column.name: column.decode(known[column.position]) for column in self.key}
        return RowChange(self.table.name, kind, row[0] or None, key, tuple(cells), (self._reason(old), self._reason(new)), moves)

    def _reason(self, row: Row | None) -> str | None:
        return self.table.skip_rules[row[1] - 1].reason if row and row[1] else None


def _decode_word(text: str) -> str | None:
    return text or None
