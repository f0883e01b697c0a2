"""The engine that holds tables in a private DuckDB database, which spills to disk: for data that does not fit well in memory.

Ids stay text. Words are numbered as they arrive, those of a chunk in order of name, so that the numbers are mostly in order at the end.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw
import pyarrow as pa

from custmetrics_cli.columns.text import BLANKS
from custmetrics_cli.engines.base import NO_ID, Chunk, Engine, Frames, TableSpec, Words, WordsByTable
from custmetrics_cli.engines.connection import connect
from custmetrics_cli.engines.memory import is_little
from custmetrics_cli.engines.query.run import materialise, within_memory
from custmetrics_cli.engines.query.similar_ids import group_similar_ids
from custmetrics_cli.engines.stored.duckdb_sql import can_read, rows_query, words_query

if TYPE_CHECKING:
    import duckdb

    from custmetrics_cli.engines.stored.part import StoredPart

WAITING = 1  # chunks that may wait to be written
ROWS = 245_760  # rows written at a time: two row groups of DuckDB; a part of one costs two to three times as much (measured)
MISSING = -1  # the number of rows without a word, until all words are known


class DuckdbEngine(Engine):
    no_id = NO_ID

    def __init__(self, memory: int, scratch: Path, master: str = "") -> None:
        self._memory, self._scratch = memory, scratch
        self._rows_at_once = ROWS // 2 if is_little(memory) else ROWS
        self._numbers: dict[str, dict[str, dict[str, int]]] = {}  # table -> column -> word -> number, in order of arrival
        self._thread = ThreadPoolExecutor(1)
        self._writing: deque[Future[None]] = deque()
        self._unwritten: dict[str, list[pa.Table]] = {}  # table -> too few rows to be written yet

    def close(self) -> None:
        self._thread.shutdown(cancel_futures=True)
        if "_connection" in self.__dict__:
            self._connection.close()

    @cached_property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        return connect(self._memory, self._scratch)

    def prepare(self) -> None:
        _ = self._connection  # made on first use

    @within_memory()
    def clear(self, table: TableSpec) -> None:
        self._wait()
        self._unwritten[table.name] = []
        self._numbers[table.name] = {name: {} for name in table.words}
        columns = ["id VARCHAR", *(f"{_quoted(name)} {_type(table, name)}" for name in table.numbers)]
        columns += [f"{_quoted(name)} INTEGER" for name in table.words]
        self._connection.execute(f"CREATE OR REPLACE TABLE {_rows_of(table.name)} ({', '.join(columns)})")

    @within_memory()
    def add(self, table: TableSpec, chunk: Chunk) -> None:
        """Write rows in a thread, while the next chunk is being made."""
        self._writing.append(self._thread.submit(self._append, table, chunk))
        self._wait(WAITING)

    @within_memory()
    def attach(self, table: TableSpec, parts: Sequence[StoredPart]) -> None:
        """Let DuckDB read the parts itself, whenever a query needs their rows."""
        if not can_read(parts):
            super().attach(table, parts)
            return
        for name in table.words:
            query = words_query(parts, name)
            found = self._connection.execute(query).fetchall() if query else []
            self._numbers[table.name][name] = {word: number for number, word in enumerate(sorted(word for (word,) in found))}
        words = {name: list(numbers) for name, numbers in self._numbers[table.name].items()}
        self._connection.execute(f"DROP TABLE {_rows_of(table.name)}")
        self._connection.execute(f"CREATE VIEW {_rows_of(table.name)} AS {rows_query(table, parts, words, MISSING)}")

    def _wait(self, waiting: int = 0) -> None:
        """Wait until at most this many chunks are still to be written."""
        while len(self._writing) > waiting:
            self._writing.popleft().result()

    def _append(self, table: TableSpec, chunk: Chunk) -> None:
        unwritten = self._unwritten[table.name]
        unwritten.append(chunk.arrived(self._numbers[table.name], MISSING))
        if sum(part.num_rows for part in unwritten) >= self._rows_at_once:
            self._write(table)

    def _write(self, table: TableSpec) -> None:
        if unwritten := self._unwritten[table.name]:
            self._connection.register("chunks", pa.concat_tables(unwritten))
            unwritten.clear()
            self._connection.execute(f"INSERT INTO {_rows_of(table.name)} BY NAME FROM chunks")
            self._connection.unregister("chunks")

    @within_memory()
    def row_count(self, table: TableSpec) -> int:
        self._wait()
        self._write(table)
        ((rows,),) = self._connection.execute(f"SELECT count(*) FROM {_rows_of(table.name)}").fetchall()
        return int(rows)

    @within_memory()
    def finish(self, tables: Sequence[TableSpec]) -> tuple[Frames, WordsByTable]:
        frames, words = {}, {}
        for table in tables:
            self.row_count(table)  # writes what is left
            numbers = self._numbers[table.name]
            words[table.name] = {name: tuple(sorted(numbers[name])) for name in table.words}
            for name in table.words:
                self._renumber(table.name, name)
            frames[table.name] = nw.from_native(self._connection.sql(self._query(table))).lazy()
        return frames, words

    def _renumber(self, table: str, column: str) -> None:
        """Number the words of a column in order of name, unless they arrived in that order."""
        numbers, rows, name = self._numbers[table][column], _rows_of(table), _quoted(column)
        words = sorted(numbers)
        if words == list(numbers):
            return
        renumbered = {"old": [numbers[word] for word in words], "new": list(range(len(words)))}
        self._connection.register("renumbered", pa.table({side: pa.array(each, pa.int32()) for side, each in renumbered.items()}))
        self._connection.execute(
            f"CREATE OR REPLACE TABLE {rows} AS SELECT {rows}.* REPLACE (coalesce(renumbered.new, {MISSING})::INTEGER AS {name}) "
            f"FROM {rows} LEFT JOIN renumbered ON {rows}.{name} = renumbered.old"
        )
        self._connection.unregister("renumbered")

    def _query(self, table: TableSpec) -> str:
        columns = ["id", *map(_quoted, table.numbers)]
        columns += [f"{value}::{_type(table, name)} AS {_quoted(name)}" for name, value in table.constants.items()]
        for column in table.words:
            missing, name = len(self._numbers[table.name][column]), _quoted(column)
            columns.append(f"CASE WHEN {name} = {MISSING} THEN {missing} ELSE {name} END::INTEGER AS {name}")
        return f"SELECT {', '.join(columns)} FROM {_rows_of(table.name)}"

    def ids_as_text(self, ids: Iterable[Any]) -> list[str]:
        return [str(each) for each in ids]

    def id_column_as_text(self, ids: pa.ChunkedArray) -> pa.ChunkedArray:
        return ids

    @within_memory()
    def with_ids(self, frame: nw.LazyFrame[Any], ids: Collection[str]) -> nw.LazyFrame[Any]:
        self._connection.register("few", pa.table({"id": pa.array(ids, pa.string())}))
        few: nw.LazyFrame[Any] = nw.from_native(frame.to_native().query("_every", "SELECT * FROM _every SEMI JOIN few USING (id)")).lazy()
        return materialise(few)

    @within_memory()
    def similar_ids(self) -> list[Words]:
        """Look only at ids that are equal without case and space: all of them may not fit in memory."""
        ids = " UNION ".join(f"SELECT DISTINCT id FROM {_rows_of(table)}" for table in self._numbers)
        similar = f"SELECT unnest(list(id)) FROM ({ids}) GROUP BY lower(trim(id, $blanks)) HAVING count(*) > 1"
        found = self._connection.sql(similar, params={"blanks": BLANKS}).to_arrow_table()
        return group_similar_ids(found.column(0).combine_chunks().cast(pa.string()))


ENGINE = DuckdbEngine


def _rows_of(table: str) -> str:
    return _quoted(f"rows of {table}")


def _type(table: TableSpec, column: str) -> str:
    return "INTEGER" if column in table.days else "BIGINT"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
