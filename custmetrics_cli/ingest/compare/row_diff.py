"""Two exports of the same tables: which rows were added, have vanished or were changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa

from custmetrics_cli.columns.text import ID as KIND_OF_ID
from custmetrics_cli.core.diff import CellChange, RowChange, RowCount
from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.core.result import Notice
from custmetrics_cli.engines.query.run import pieces
from custmetrics_cli.ingest.check.judge import numeric
from custmetrics_cli.ingest.compare.match_rows import ASIDE, ID, KINDS, NEW, OLD, KeyLayout, Pairing
from custmetrics_cli.ingest.open.temp_files import Scratch
from custmetrics_cli.tables import TABLES, Table

if TYPE_CHECKING:
    from custmetrics_cli.ingest.loaded import Loaded

Names = tuple[str, ...]
Row = Sequence[Any]  # in the order of Layout.every: id, aside, and its own columns
Back = Callable[[Any], Any]


class Exports(NamedTuple):
    """The same tables, as two exports have them."""

    old: Loaded
    new: Loaded

    @property
    def tables(self) -> list[str]:
        """Those of both sides. Raises CustmetricsError E168 where there is none."""
        shared = [name for name in TABLES if name in self.old.frames and name in self.new.frames]
        if not shared:
            held = [" and ".join(sorted(side.frames)) or "no table that a metric reads" for side in self]
            message = f"there is nothing to compare: OLD holds {held[0]}, NEW holds {held[1]}"
            raise CustmetricsError(Problem("E168", message, hint="name two exports of the same table; TABLE=FILE says what a file is"))
        return shared

    def only(self) -> Exports:
        """With the tables of both sides alone."""
        shared = self.tables
        return Exports(*(side.only_tables(shared) for side in self))

    def prove(self) -> None:
        """Raises CustmetricsError E341 for a declared column that one side does not have: rows would differ by that alone."""
        problems = [problem for table in self.tables for problem in self._lacking(TABLES[table])]
        if problems:
            raise CustmetricsError(*problems)

    def _lacking(self, table: Table) -> Iterator[Problem]:
        for column in table.columns:
            there = [column.name in side.present[table.name] for side in self]
            if there[0] != there[1]:
                lacks, has = (_path(side, table.name) for side in (self if there[1] else self[::-1]))
                hint = f"export both with it, or leave it out of both: --column {column.name}="
                yield Problem("E341", f"{table.name} has no column {column.name}, which {has} has", Place(lacks), hint)

    def warnings(self) -> Iterator[Notice]:
        """What only one side has, and is not compared."""
        for name, side, other in (("OLD", *self), ("NEW", *self[::-1])):
            if tables := [table for table in side.frames if table not in other.frames]:
                yield Notice("W240", f"{' and '.join(tables)}: only in {name}, and not compared")
            for table in (table for table in side.frames if table in other.frames):
                extra = [column for column in side.headers[table] if column not in (*other.headers[table], *TABLES[table].by_name)]
                if extra:
                    yield Notice("W241", f"{table}: {', '.join(extra)} only in {name}, and not compared")


def _path(side: Loaded, table: str) -> str:
    return next((report.path for report in side.inputs if report.table == table), table)


@dataclass(eq=False, repr=False)
class Difference:
    """The rows of each table that differ.

    movers: by table, the customers who move metrics, and which; of_nobody: the metrics that rows without a customer move, by table.
    None: that is not asked.
    """

    pairings: Mapping[str, Pairing]
    movers: Mapping[str, Mapping[str, Names]] | None = None
    of_nobody: Mapping[str, Names] = field(default_factory=dict)

    def customers(self, most: int) -> list[str]:
        """Whose rows differ in something that a metric looks at; at most so many."""
        found = {one: None for pairing in self.pairings.values() for one in pairing.customers(most)}
        return list(found)[:most]

    def told(self, movers: Mapping[str, Mapping[str, Names]] | None, of_nobody: Mapping[str, Names]) -> None:
        """Before it is asked about rows."""
        self.movers, self.of_nobody = movers, of_nobody
        for table, pairing in self.pairings.items():
            pairing.told(list((movers or {}).get(table, ())), bool(of_nobody.get(table)))

    def counts(self) -> tuple[RowCount, ...]:
        found = {table: pairing.counted() for table, pairing in self.pairings.items()}
        return tuple(
            RowCount(table, kind, moving + idle, None if self.movers is None else idle)
            for table, counts in found.items()
            for kind in KINDS
            for moving, idle in [(counts.get((kind, True), 0), counts.get((kind, False), 0))]
        )

    def rows(self, most: int | None) -> Iterator[RowChange]:
        """The first so many of each table, those that move metrics before the others. None: all."""
        for table, pairing in self.pairings.items():
            telling = RowDescriber.of(TABLES[table], pairing.layout)
            for moving, kind, old, new in pairing.rows(most):
                yield telling.change(kind, old, new)._replace(moves=self._moves(table, moving, (old, new)))

    def _moves(self, table: str, moving: bool, rows: Sequence[Row | None]) -> Names | None:
        if self.movers is None or not moving:
            return None if self.movers is None else ()
        whose = dict.fromkeys(row[0] for row in rows if row)
        found = [self.movers.get(table, {}).get(one, ()) if one else self.of_nobody.get(table, ()) for one in whose]
        return tuple(dict.fromkeys(name for names in found for name in names))


def difference(
    exports: Exports, looked: Mapping[str, frozenset[str]], within: tuple[int, int], memory: int, stack: ExitStack
) -> Difference:
    """looked: the columns that metrics look at, by table. within: the days that count for rows that are nobody's, the last excluded.

    stack: closes what is opened.
    """
    folder = stack.enter_context(Scratch()).file().parent
    found: dict[str, Pairing] = {}
    for table in exports.tables:
        layout = _layout(exports, TABLES[table], looked[table], within)
        pairing = stack.enter_context(closing(Pairing(layout, memory, folder)))
        for side, loaded in ((OLD, exports.old), (NEW, exports.new)):
            for part in _texts(loaded, table, layout):
                pairing.take(side, part)
        pairing.pair()
        found[table] = pairing
    return Difference(found)


def _layout(exports: Exports, table: Table, looked: frozenset[str], within: tuple[int, int]) -> KeyLayout:
    """What is made of columns is compared where metrics look at it; a column of words that both have, always."""
    made = {derived.name for derived in table.derived if derived.name in looked}
    there = list(dict.fromkeys((*(column.name for column in numeric(table)), *sorted(made))))
    numbers = tuple(name for name in there if name in exports.old.present[table.name])
    words = tuple(
        name for name in exports.old.split_columns[table.name] if name in exports.new.split_columns[table.name] and name not in there
    )
    here = {ID, *numbers, *words}
    whose = next((column.name for column in table.columns if column.kind is KIND_OF_ID), "")
    keys = tuple(tuple(name for name in (ID if each == whose else each for each in key) if name in here) for key in table.keys)
    return KeyLayout(numbers, words, keys, looked & here, table.days[0], within)


def _texts(loaded: Loaded, table: str, layout: KeyLayout) -> Iterator[pa.Table]:
    """All rows of a table, those set aside too: ids and words as text."""
    frame, own, words = loaded.with_skipped(table), loaded.split_columns[table], loaded.words[table]
    for part in pieces(frame):
        columns = {ID: loaded.engine.id_column_as_text(part["id"]), ASIDE: part[ASIDE]}
        columns |= {name: part[name] for name in layout.numbers}
        columns |= {name: _spelt(part[own[name]], words[name]) for name in layout.words}
        yield pa.table(columns)


def _spelt(codes: pa.ChunkedArray, words: Sequence[str]) -> pa.ChunkedArray:
    every = pa.array([*words, ""], pa.string())
    return pa.chunked_array([every.take(chunk) for chunk in codes.chunks], pa.string())


class RowDescriber(NamedTuple):
    """How the rows of a table are told: the columns that are shown and those of the key, each by its place in a row."""

    table: Table
    shown: tuple[tuple[int, str, Back], ...]
    key: tuple[tuple[int, str, Back], ...]

    @classmethod
    def of(cls, table: Table, layout: KeyLayout) -> RowDescriber:
        backs = {
            name: _text if name in layout.words else table.by_name[name].kind.decode for name in layout.own if _shows(table, layout, name)
        }
        shown = {name: (at, name, backs[name]) for at, name in enumerate(layout.every) if name in backs}
        key = (shown[name] for name in (layout.keys[0] if layout.keys else ()) if name != ID)
        return cls(table, tuple(shown.values()), tuple(key))

    def change(self, kind: str, old: Row | None, new: Row | None) -> RowChange:
        row, known = new or old or [], old or new or []
        differ = [each for each in self.shown if not (old and new) or old[each[0]] != new[each[0]]]
        cells = [CellChange(name, back(old[at]) if old else None, back(new[at]) if new else None) for at, name, back in differ]
        moved = [CellChange("customer_id", old[0] or None, new[0] or None)] if old and new and old[0] != new[0] else []
        return RowChange(
            self.table.name,
            kind,
            row[0] or None,
            {name: back(known[at]) for at, name, back in self.key},
            (*moved, *(each for each in cells if each.old != each.new)),
            (self._reason(old), self._reason(new)),
        )

    def _reason(self, row: Row | None) -> str | None:
        return self.table.skip_rules[row[1] - 1].reason if row and row[1] else None


def _shows(table: Table, layout: KeyLayout, name: str) -> bool:
    """Not what is only made of other columns."""
    return name in table.by_name or name in layout.words


def _text(cell: str) -> str | None:
    return cell or None
