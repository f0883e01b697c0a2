"""Which rows of a table differ between two sides, and which of them are the same row: joined in a database of its own.

Rows that are alike in all columns are left out, one against one. What is left is known again by the keys of its table: by the finest
key in order, then by each coarser one where just one row is left of it on each side. The rest was added, or has vanished.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from custmetrics_cli.engines.duckdb import connect
from custmetrics_cli.engines.query.run import within_memory

if TYPE_CHECKING:
    import pyarrow as pa

OLD, NEW = SIDES = (-1, 1)
KINDS = ("vanished", "added", "changed")
ID, ASIDE = "id", "skip_rule"
FETCHED = 10_000  # rows at a time
Cells = list[Any]  # of a row, in the order of Layout.every
# What is known of a pair: one of the two rows may not be there.
PAIRED = "FROM paired LEFT JOIN lone o ON o.r = paired.old LEFT JOIN lone n ON n.r = paired.new"
KIND = "CASE WHEN n.r IS NULL THEN 0 WHEN o.r IS NULL THEN 1 ELSE 2 END"


class KeyLayout(NamedTuple):
    """The columns in which rows are compared, beside whose they are (id) and why they are set aside (aside).

    looked: those that metrics look at. day: that of the day of rows that are nobody's, with the days that count (the last excluded).
    """

    numbers: tuple[str, ...]
    words: tuple[str, ...]
    keys: tuple[tuple[str, ...], ...]  # of names of columns; id among them
    looked: frozenset[str]
    day: str
    within: tuple[int, int]

    @property
    def own(self) -> dict[str, str]:
        """Column -> its name in the database."""
        return {name: f"c{at}" for at, name in enumerate((*self.numbers, *self.words))}

    @property
    def every(self) -> dict[str, str]:
        return {ID: ID, ASIDE: ASIDE, **self.own}


class Pairing:
    """The rows of one table on both sides. To be closed."""

    def __init__(self, layout: KeyLayout, memory: int, scratch: Path) -> None:
        self.layout = layout
        self._connection = connect(memory, scratch)
        self._run(f"CREATE TABLE rows (s TINYINT, {self._declared})")

    @property
    def _declared(self) -> str:
        numbers = {ASIDE, *self.layout.numbers}
        return ", ".join(f"{own} {'BIGINT' if name in numbers else 'VARCHAR'}" for name, own in self.layout.every.items())

    @within_memory()
    def _run(self, query: str, **values: Any) -> list[tuple[Any, ...]]:
        return self._connection.execute(query, values or None).fetchall()

    @within_memory()
    def take(self, side: int, part: pa.Table) -> None:
        """part: the columns of the layout, by name; words are text, '' where there is none."""
        names = self.layout.every
        self._connection.register("part", part.select(list(names)).rename_columns(list(names.values())))
        self._connection.execute(f"INSERT INTO rows SELECT {side}, * FROM part")
        self._connection.unregister("part")

    def pair(self) -> None:
        """Once all rows are there."""
        names = ", ".join(self.layout.every.values())
        odd = f"SELECT {names}, sum(s)::BIGINT AS d FROM rows GROUP BY {names} HAVING sum(s) <> 0"
        each = f"SELECT {names}, sign(d) AS s, unnest(range(abs(d))) FROM ({odd})"
        self._run(f"CREATE TABLE lone AS SELECT row_number() OVER () AS r, s, {names} FROM ({each})")
        self._run("DROP TABLE rows")
        self._run("CREATE TABLE paired (old BIGINT, new BIGINT)")
        keys = [key for key in dict.fromkeys(self.layout.keys) if key]
        for key in keys[:1]:
            self._run(f"INSERT INTO paired {self._in_order(key)}")
        for key in keys[1:]:
            self._run(f"INSERT INTO paired {self._one_each(key)}")
        rest = "SELECT CASE WHEN s < 0 THEN r END, CASE WHEN s > 0 THEN r END"
        self._run(f"INSERT INTO paired {rest} FROM ({self._rest})")

    @property
    def _rest(self) -> str:
        return "SELECT * FROM lone WHERE r NOT IN (SELECT unnest([old, new]) FROM paired)"

    def _in_order(self, key: Sequence[str]) -> str:
        by, names = self._named(key), ", ".join(self.layout.every.values())
        nth = f"row_number() OVER (PARTITION BY s, {by} ORDER BY {names}) AS nth"
        numbered = f"(SELECT r, s, {by}, {nth} FROM lone WHERE {self._says(key)})"
        return f"SELECT o.r, n.r FROM {numbered} o JOIN {numbered} n USING ({by}, nth) WHERE o.s < 0 AND n.s > 0"

    def _one_each(self, key: Sequence[str]) -> str:
        single = " AND ".join(f"count(*) FILTER (s = {side}) = 1" for side in SIDES)
        both = ", ".join(f"min(r) FILTER (s = {side})" for side in SIDES)
        return f"SELECT {both} FROM ({self._rest}) WHERE {self._says(key)} GROUP BY {self._named(key)} HAVING {single}"

    def _named(self, columns: Iterable[str]) -> str:
        return ", ".join(self.layout.every[name] for name in columns)

    def _says(self, key: Sequence[str]) -> str:
        """Where a key says which row it is: somebody's, or one that has a name."""
        if ID in key:
            return f"{ID} <> ''"
        named = [f"{self.layout.own[name]} <> ''" for name in key if name in self.layout.words]
        return "TRUE" if len(named) < len(key) else f"({' OR '.join(named)})"

    def customers(self, most: int) -> list[str]:
        """Whose rows differ in something that a metric looks at; at most so many."""
        ids = f"SELECT unnest([o.id, n.id]) AS id {PAIRED} WHERE {self._looked_at}"
        return [one for (one,) in self._run(f"SELECT DISTINCT id FROM ({ids}) WHERE id <> '' LIMIT {most}")]

    @property
    def _looked_at(self) -> str:
        """Where a row is there on one side only, or differs not only in what no metric looks at."""
        names = [self.layout.every[name] for name in (ID, ASIDE, *sorted(self.layout.looked))]
        return " OR ".join(["o.r IS NULL", "n.r IS NULL", *(f"o.{name} <> n.{name}" for name in names)])

    def told(self, movers: Sequence[str], nobody: bool) -> None:
        """Marks the pairs that matter: not only in what no metric looks at, and of one of these customers.

        nobody: or of nobody, and within the days.
        """
        import pyarrow as pa

        self._connection.register("movers", pa.table({"id": pa.array(movers, pa.string())}))
        matters = " OR ".join(self._matters(side, nobody) for side in "on")
        moves = f"({matters}) AND ({self._looked_at})"
        self._run(f"CREATE TABLE told AS SELECT paired.*, coalesce({moves}, FALSE) AS moves {PAIRED}")
        self._run("DROP TABLE paired")
        self._run("ALTER TABLE told RENAME TO paired")

    def _matters(self, side: str, nobody: bool) -> str:
        """Where the row of a side is of one who moves something; a row that is not there is not."""
        day, (first, end) = self.layout.own[self.layout.day], self.layout.within
        dated = f"({side}.id = '' AND {side}.{day} >= {first} AND {side}.{day} < {end})"
        own = f"{side}.id IN (FROM movers) OR {dated if nobody else 'FALSE'}"
        return f"coalesce({own}, FALSE)"

    def counted(self) -> dict[tuple[str, bool], int]:
        """How many rows of each kind matter, and how many do not."""
        found = self._run(f"SELECT {KIND} AS kind, moves, count(*) {PAIRED} GROUP BY ALL")
        return {(KINDS[kind], moves): n for kind, moves, n in found}

    @within_memory()
    def rows(self, most: int | None) -> Iterator[tuple[bool, str, Cells | None, Cells | None]]:
        """The first so many, those that matter first, then by customer and key: whether it matters, kind, the old row, the new row."""
        names = list(self.layout.every)
        both = [f"{side}.{own}" for side in "on" for own in self.layout.every.values()]
        first = dict.fromkeys([ID, *(self.layout.keys[0] if self.layout.keys else ()), *names])
        order = ", ".join(["moves DESC", *(f"coalesce(o.{own}, n.{own})" for own in map(self.layout.every.__getitem__, first)), *both])
        limit = f"LIMIT {most}" if most is not None else ""
        found = self._connection.execute(f"SELECT {KIND}, moves, {', '.join(both)} {PAIRED} ORDER BY {order} {limit}")
        half = 2 + len(names)
        for kind, moves, *cells in chain.from_iterable(iter(lambda: found.fetchmany(FETCHED), [])):
            yield moves, KINDS[kind], cells[: half - 2] if kind != 1 else None, cells[half - 2 :] if kind != 0 else None

    def close(self) -> None:
        self._connection.close()
