"""Keeps tables in a private DuckDB database that spills to disk: for what would be held badly in memory.

Ids stay text. Words are numbered as they come, those of a slice in order of name, so that mostly the numbers are in order at the end.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw
import numpy as np
import pyarrow as pa

from custmetrics_cli.engines.base import Make, Words
from custmetrics_cli.engines.query.run import materialise, within_memory
from custmetrics_cli.engines.query.similar_ids import group_similar_ids
from custmetrics_cli.ingest.check.batch import Batch
from custmetrics_cli.ingest.check.plan import ReadPlan
from custmetrics_cli.ingest.parse.distinct import BLANKS, DistinctTexts

if TYPE_CHECKING:
    import duckdb

    Array = np.ndarray[Any, Any]

READING = 170 << 20  # bytes that reading slices takes besides (measured)
LEAST = 256 << 20  # bytes that DuckDB is left in any case: with less it cannot group ten million rows, spilling or not (measured)
WAITING = 1  # batches that may wait to be written
ROWS = 245_760  # rows written at a time: two whole row groups of DuckDB, which takes part of one at two to three times the cost (measured)
MISSING = -1  # the number of a word that is not there, while the words are not all known


class DuckdbEngine:
    no_id = ""

    def __init__(self, memory: int, scratch: Path) -> None:
        self._memory, self._scratch = memory, scratch
        self._words: dict[str, dict[str, dict[str, int]]] = {}
        self._thread = ThreadPoolExecutor(1)
        self._coming: deque[Future[None]] = deque()
        self._slices: list[pa.Table] = []  # made ready, and too few to be written yet

    def close(self) -> None:
        self._thread.shutdown(cancel_futures=True)
        if "_connection" in self.__dict__:
            self._connection.close()

    @cached_property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        import duckdb

        return duckdb.connect(":memory:", config=config(self._memory, self._scratch))

    def ready(self) -> None:
        _ = self._connection  # made on first use

    @within_memory()
    def clear(self, plan: ReadPlan) -> None:
        self._settle()
        self._slices.clear()
        self._words[plan.table.name] = {own: {} for own in plan.split_columns.values()}
        columns = ["id VARCHAR", *(f"{_quoted(name)} {_type(plan, name)}" for name in plan.stored_columns)]
        columns += [f"{_quoted(own)} INTEGER" for own in plan.split_columns.values()]
        self._connection.execute(f"CREATE OR REPLACE TABLE {_name(plan)} ({', '.join(columns)})")

    @within_memory()
    def add(self, plan: ReadPlan, batch: Batch) -> None:
        """Rows are written in a thread of its own, while the next are made ready."""
        self._coming.append(self._thread.submit(self._insert, plan, batch))
        self._settle(WAITING)

    def _settle(self, waiting: int = 0) -> None:
        """Waits until at most so many batches are still to be written."""
        while len(self._coming) > waiting:
            self._coming.popleft().result()

    def _insert(self, plan: ReadPlan, batch: Batch) -> None:
        ids = batch.all_ids
        given = batch.kept
        columns: dict[str, Any] = {"id": ids if given.which is None else ids.filter(pa.array(given.which))}
        columns |= {name: given.number(name).astype(np.int32 if plan.is_day(name) else np.int64) for name in plan.stored_columns}
        for name, own in plan.split_columns.items():
            columns[own] = _numbered(given.segment(name), self._words[plan.table.name][own])
        self._slices.append(pa.table(columns))
        if sum(part.num_rows for part in self._slices) >= ROWS:
            self._write(plan)

    def _write(self, plan: ReadPlan) -> None:
        if self._slices:
            self._connection.register("slices", pa.concat_tables(self._slices))
            self._slices.clear()
            self._connection.execute(f"INSERT INTO {_name(plan)} FROM slices")
            self._connection.unregister("slices")

    @within_memory()
    def held(self, plan: ReadPlan) -> int:
        self._settle()
        self._write(plan)
        ((rows,),) = self._connection.execute(f"SELECT count(*) FROM {_name(plan)}").fetchall()
        return int(rows)

    @within_memory()
    def finish(self, plans: Sequence[ReadPlan]) -> tuple[dict[str, nw.LazyFrame[Any]], dict[str, dict[str, Words]]]:
        """The frames, and the words of their segments."""
        self._settle()
        frames, words = {}, {}
        for plan in plans:
            numbered = self._words[plan.table.name]
            words[plan.table.name] = {name: tuple(sorted(numbered[own])) for name, own in plan.split_columns.items()}
            self._order(plan)
            frames[plan.table.name] = nw.from_native(self._connection.sql(self._query(plan))).lazy()
        return frames, words

    def _query(self, plan: ReadPlan) -> str:
        columns = ["id", *map(_quoted, plan.stored_columns)]
        columns += [f"{value}::{_type(plan, name)} AS {_quoted(name)}" for name, value in plan.constant_columns.items()]
        for own in plan.split_columns.values():
            count, name = len(self._words[plan.table.name][own]), _quoted(own)
            columns.append(f"CASE WHEN {name} = {MISSING} THEN {count} ELSE {name} END::INTEGER AS {name}")
        return f"SELECT {', '.join(columns)} FROM {_name(plan)}"

    def _order(self, plan: ReadPlan) -> None:
        """Numbers words in order of name, where they did not come in that order."""
        for own, numbered in self._words[plan.table.name].items():
            words = sorted(numbered)
            if words != list(numbered):
                places = {"old": [numbered[word] for word in words], "new": range(len(words))}
                self._connection.register("places", pa.table({name: pa.array(list(each), pa.int32()) for name, each in places.items()}))
                name, rows = _quoted(own), _name(plan)
                self._connection.execute(
                    f"CREATE OR REPLACE TABLE {rows} AS SELECT {rows}.* REPLACE (coalesce(places.new, {MISSING})::INTEGER AS {name}) "
                    f"FROM {rows} LEFT JOIN places ON {rows}.{name} = places.old"
                )
                self._connection.unregister("places")

    def texts(self, values: Iterable[Any]) -> list[str]:
        """Ids are text here."""
        return [str(value) for value in values]

    def ids_as_text(self, ids: pa.ChunkedArray) -> pa.ChunkedArray:
        return ids

    @within_memory()
    def with_ids(self, frame: nw.LazyFrame[Any], ids: Collection[str]) -> nw.LazyFrame[Any]:
        self._connection.register("few", pa.table({"id": pa.array(ids, pa.string())}))
        few: nw.LazyFrame[Any] = nw.from_native(frame.to_native().query("_every", "SELECT * FROM _every SEMI JOIN few USING (id)")).lazy()
        return materialise(few)

    @within_memory()
    def similar_ids(self) -> list[tuple[str, ...]]:
        """Ids that differ only by case or space."""
        every = " UNION ".join(f'SELECT DISTINCT id FROM "rows of {table}"' for table in self._words)
        again = f"SELECT unnest(list(id)) FROM ({every}) GROUP BY lower(trim(id, $blanks)) HAVING count(*) > 1"
        return group_similar_ids(
            self._connection.sql(again, params={"blanks": BLANKS}).to_arrow_table().column(0).combine_chunks().cast(pa.string())
        )


ENGINE: Make = DuckdbEngine


def config(memory: int, scratch: Path) -> dict[str, Any]:
    """No extension is fetched, what spills goes to the private folder, and the limit leaves room for what the process holds already."""
    limit = {"memory_limit": f"{max(LEAST, memory - _held() - READING)}B"} if memory else {}
    fixed = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
    return fixed | {"temp_directory": str(scratch / "spill"), "preserve_insertion_order": False} | limit


def _held() -> int:
    """Bytes of memory that the process has used at most so far; 0 where the system does not say."""
    try:
        import resource
        import sys
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _numbered(cells: DistinctTexts, known: dict[str, int]) -> Array:
    """The words of a slice by number; new ones are numbered on, in order of name."""
    used = np.bincount(cells.codes, minlength=len(cells.words)) > 0
    texts = cells.words.to_pylist()
    for word in sorted({text for text, there in zip(texts, used, strict=True) if there and text} - known.keys()):
        known[word] = len(known)
    places = np.array([known.get(text, MISSING) for text in texts], np.int32)
    return places[cells.codes]


def _name(plan: ReadPlan) -> str:
    return f'"rows of {plan.table.name}"'


def _type(plan: ReadPlan, name: str) -> str:
    return "INTEGER" if plan.is_day(name) else "BIGINT"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
