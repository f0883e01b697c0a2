"""Match the rows of a table in two exports, in a database of its own.

Equal rows are removed in pairs. The other rows are matched by the keys of the table. The finest key matches rows in order. Each
coarser key matches two rows only if no other row of either export has that key. The rest was added or has vanished.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from custmetrics_cli.engines.connection import connect
from custmetrics_cli.engines.query.run import within_memory
from custmetrics_cli.ingest.check.judge import SKIP_RULE
from custmetrics_cli.ingest.compare.compared_columns import ID, ComparedColumns, Row

if TYPE_CHECKING:
    import pyarrow as pa

OLD, NEW = SIDES = (-1, 1)
KINDS = ("vanished", "added", "changed")
FETCHED = 10_000  # rows at a time
# Each pair with its rows; one of the two may be missing.
PAIRS = "FROM pairs LEFT JOIN unequal o ON o.row = pairs.old_row LEFT JOIN unequal n ON n.row = pairs.new_row"
KIND = "CASE WHEN n.row IS NULL THEN 0 WHEN o.row IS NULL THEN 1 ELSE 2 END"


class RowMatcher:
    """The rows of one table in both exports. Close it after use."""

    def __init__(self, columns: ComparedColumns, memory: int, scratch: Path) -> None:
        self.columns = columns
        self._connection = connect(memory, scratch)
        numbers = {SKIP_RULE, *columns.numbers}
        types = (f"{sql} {'BIGINT' if name in numbers else 'VARCHAR'}" for name, sql in columns.all_sql_names.items())
        self._run(f"CREATE TABLE rows (side TINYINT, {', '.join(types)})")

    @within_memory()
    def _run(self, query: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(query).fetchall()

    @within_memory()
    def add(self, side: int, rows: pa.Table) -> None:
        """Add rows of one export. rows: the compared columns by name; words are text, "" if empty."""
        names = self.columns.all_sql_names
        self._connection.register("part", rows.select(list(names)).rename_columns(list(names.values())))
        self._connection.execute(f"INSERT INTO rows SELECT {side}, * FROM part")
        self._connection.unregister("part")

    def match(self) -> None:
        """Match the rows, after all of them were added."""
        names = ", ".join(self.columns.all_sql_names.values())
        surplus = f"SELECT {names}, sum(side)::BIGINT AS surplus FROM rows GROUP BY {names} HAVING sum(side) <> 0"
        unequal = f"SELECT {names}, sign(surplus) AS side, unnest(range(abs(surplus))) FROM ({surplus})"
        self._run(f"CREATE TABLE unequal AS SELECT row_number() OVER () AS row, side, {names} FROM ({unequal})")
        self._run("DROP TABLE rows")
        self._run("CREATE TABLE pairs (old_row BIGINT, new_row BIGINT)")
        keys = [key for key in dict.fromkeys(self.columns.keys) if key]
        for key in keys[:1]:
            self._run(f"INSERT INTO pairs {self._pairs_in_order(key)}")
        for key in keys[1:]:
            self._run(f"INSERT INTO pairs {self._single_pairs(key)}")
        rest = "SELECT CASE WHEN side < 0 THEN row END, CASE WHEN side > 0 THEN row END"
        self._run(f"INSERT INTO pairs {rest} FROM ({self._unmatched})")

    @property
    def _unmatched(self) -> str:
        return "SELECT * FROM unequal WHERE row NOT IN (SELECT unnest([old_row, new_row]) FROM pairs)"

    def _pairs_in_order(self, key: Sequence[str]) -> str:
        """Select pairs of rows with the same key: the first with the first, the second with the second."""
        by, names = self._sql(key), ", ".join(self.columns.all_sql_names.values())
        nth = f"row_number() OVER (PARTITION BY side, {by} ORDER BY {names}) AS nth"
        numbered = f"(SELECT row, side, {by}, {nth} FROM unequal WHERE {self._identifies(key)})"
        return f"SELECT o.row, n.row FROM {numbered} o JOIN {numbered} n USING ({by}, nth) WHERE o.side < 0 AND n.side > 0"

    def _single_pairs(self, key: Sequence[str]) -> str:
        """Select pairs of unmatched rows whose key no other unmatched row has."""
        single = " AND ".join(f"count(*) FILTER (side = {side}) = 1" for side in SIDES)
        both = ", ".join(f"min(row) FILTER (side = {side})" for side in SIDES)
        return f"SELECT {both} FROM ({self._unmatched}) WHERE {self._identifies(key)} GROUP BY {self._sql(key)} HAVING {single}"

    def _sql(self, columns: Iterable[str]) -> str:
        return ", ".join(self.columns.all_sql_names[name] for name in columns)

    def _identifies(self, key: Sequence[str]) -> str:
        """Return the condition that a key identifies a row: the row has a customer or, without that column, some word."""
        if ID in key:
            return f"{ID} <> ''"
        words = [f"{self.columns.sql_names[name]} <> ''" for name in key if name in self.columns.words]
        return "TRUE" if len(words) < len(key) else f"({' OR '.join(words)})"

    def changed_customers(self, limit: int) -> list[str]:
        """Return customers whose rows differ in a column that a metric uses."""
        ids = f"SELECT unnest([o.id, n.id]) AS id {PAIRS} WHERE {self._differs_in_used}"
        return [customer for (customer,) in self._run(f"SELECT DISTINCT id FROM ({ids}) WHERE id <> '' LIMIT {limit}")]

    @property
    def _differs_in_used(self) -> str:
        """The condition that a row was added, has vanished, or differs in a column that a metric uses."""
        names = [self.columns.all_sql_names[name] for name in (ID, SKIP_RULE, *sorted(self.columns.used))]
        return " OR ".join(["o.row IS NULL", "n.row IS NULL", *(f"o.{name} <> n.{name}" for name in names)])

    def mark_effects(self, movers: Sequence[str], without_customer: bool) -> None:
        """Mark the pairs that change a metric: those of these customers that differ in a column that a metric uses.

        without_customer: also mark pairs without a customer on the days that count.
        """
        import pyarrow as pa

        self._connection.register("movers", pa.table({"id": pa.array(movers, pa.string())}))
        of_movers = " OR ".join(self._is_of_movers(side, without_customer) for side in "on")
        has_effect = f"({of_movers}) AND ({self._differs_in_used})"
        self._run(f"CREATE TABLE marked AS SELECT pairs.*, coalesce({has_effect}, FALSE) AS has_effect {PAIRS}")
        self._run("DROP TABLE pairs")
        self._run("ALTER TABLE marked RENAME TO pairs")

    def _is_of_movers(self, side: str, without_customer: bool) -> str:
        day, (first, end) = self.columns.sql_names[self.columns.day], self.columns.days
        dated = f"({side}.id = '' AND {side}.{day} >= {first} AND {side}.{day} < {end})"
        return f"coalesce({side}.id IN (FROM movers) OR {dated if without_customer else 'FALSE'}, FALSE)"

    def counts(self) -> dict[tuple[str, bool], int]:
        """Return the number of rows by kind and by effect."""
        counts = self._run(f"SELECT {KIND} AS kind, has_effect, count(*) {PAIRS} GROUP BY ALL")
        return {(KINDS[kind], has_effect): count for kind, has_effect, count in counts}

    @within_memory()
    def changes(self, limit: int | None) -> Iterator[tuple[bool, str, Row | None, Row | None]]:
        """Yield effect, kind, old row and new row: first the rows with an effect, then by customer and key. None = all."""
        names = self.columns.all_sql_names
        both = [f"{side}.{name}" for side in "on" for name in names.values()]
        first_key = self.columns.keys[0] if self.columns.keys else ()
        sorting = (f"coalesce(o.{names[name]}, n.{names[name]})" for name in dict.fromkeys([ID, *first_key, *names]))
        order = ", ".join(["has_effect DESC", *sorting, *both])
        at_most = f"LIMIT {limit}" if limit is not None else ""
        result = self._connection.execute(f"SELECT {KIND}, has_effect, {', '.join(both)} {PAIRS} ORDER BY {order} {at_most}")
        for kind, has_effect, *cells in chain.from_iterable(iter(lambda: result.fetchmany(FETCHED), [])):
            old, new = cells[: len(names)], cells[len(names) :]
            yield has_effect, KINDS[kind], old if kind != 1 else None, new if kind != 0 else None

    def close(self) -> None:
        self._connection.close()
