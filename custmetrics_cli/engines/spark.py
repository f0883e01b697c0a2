"""The engine that runs queries on Spark: for data that may not leave a cluster, or does not fit on one machine.

The rows are written as Parquet to the private folder, which all machines of the cluster must see. Ids stay text.
Words are numbered as they arrive, and once more in order of name at the end.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property, reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from custmetrics_cli.columns.text import BLANKS
from custmetrics_cli.engines.base import NO_ID, Chunk, Engine, Frames, TableSpec, Words, WordsByTable
from custmetrics_cli.engines.cluster.failures import spark_failures
from custmetrics_cli.engines.cluster.files import quoted, read_parquet
from custmetrics_cli.engines.cluster.session import check_installed, chosen_master, close_session, open_session
from custmetrics_cli.engines.cluster.stored import can_read, rows_of, words_of
from custmetrics_cli.engines.query.run import collect, materialise
from custmetrics_cli.engines.query.similar_ids import group_similar_ids

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from custmetrics_cli.engines.stored.part import StoredPart

MISSING = -1  # the number of rows without a word, until all words are known


class SparkEngine(Engine):
    no_id = NO_ID

    def __init__(self, memory: int, scratch: Path, master: str = "") -> None:
        self._memory, self._scratch, self._master = memory, scratch, chosen_master(master)
        self._numbers: dict[str, dict[str, dict[str, int]]] = {}  # table -> column -> word -> number, in order of arrival
        self._rows: dict[str, int] = {}  # by table
        self._folders: dict[str, Path] = {}  # by table
        self._stored: dict[str, DataFrame] = {}  # table -> rows that stay in the files of `convert`
        self._frames: dict[str, DataFrame] = {}  # by table
        check_installed(self._master)

    def close(self) -> None:
        if "_session" in self.__dict__:
            from custmetrics_cli.engines.cluster.queries import release

            release()
            close_session()

    @cached_property
    def _session(self) -> SparkSession:
        return open_session(self._master, self._memory)

    def prepare(self) -> None:
        from custmetrics_cli.engines.cluster import queries  # registers them

        _ = queries, self._session  # made on first use

    def clear(self, table: TableSpec) -> None:
        folder = self._folders.setdefault(table.name, self._scratch / f"rows-{len(self._folders)}")
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        self._numbers[table.name] = {name: {} for name in table.words}
        self._stored.pop(table.name, None)
        self._rows[table.name] = 0

    def add(self, table: TableSpec, chunk: Chunk) -> None:
        folder = self._folders[table.name]
        _write(chunk.arrived(self._numbers[table.name], MISSING), folder / f"{len([*folder.iterdir()])}.parquet")
        self._rows[table.name] += chunk.row_count

    @spark_failures()
    def attach(self, table: TableSpec, parts: Sequence[StoredPart]) -> None:
        """Let the workers read the parts, whenever a query needs their rows."""
        if not can_read(parts):
            super().attach(table, parts)
            return
        words = {name: words_of(self._session, parts, name) for name in table.words}
        self._numbers[table.name] = {name: {word: at for at, word in enumerate(found)} for name, found in words.items()}
        self._stored[table.name] = rows_of(self._session, table, parts, words)
        self._rows[table.name] = sum(part.rows for part in parts)

    def row_count(self, table: TableSpec) -> int:
        return self._rows[table.name]

    def finish(self, tables: Sequence[TableSpec]) -> tuple[Frames, WordsByTable]:
        self.prepare()
        frames, words = {}, {}
        for table in tables:
            numbers = self._numbers[table.name]
            words[table.name] = {name: tuple(sorted(numbers[name])) for name in table.words}
            self._renumber(table)
            self._frames[table.name] = self._frame(table)
            frames[table.name] = nw.from_native(self._frames[table.name]).lazy()
        return frames, words

    def _renumber(self, table: TableSpec) -> None:
        """Number the words of the written rows in order of name; rows without a word get the number after the last."""
        orders = {name: np.array([*_places([*numbers]), len(numbers)], np.int32) for name, numbers in self._numbers[table.name].items()}
        for path in self._folders[table.name].iterdir() if orders else ():
            rows = pq.read_table(path)
            for name, order in orders.items():
                at = rows.column_names.index(name)
                rows = rows.set_column(at, name, pa.array(order[rows[name].to_numpy()]))  # MISSING takes the last one
            _write(rows, path)

    def _frame(self, table: TableSpec) -> DataFrame:
        from pyspark.sql import functions as sql

        types = [("id", "string"), *((name, _type(table, name)) for name in table.numbers), *((name, "int") for name in table.words)]
        rows = self._stored.get(table.name)
        rows = read_parquet(self._session, [self._folders[table.name]], dict(types)) if rows is None else rows
        numbers = [rows[quoted(name)] for name in ("id", *table.numbers)]
        constants = [sql.lit(value).cast(_type(table, name)).alias(name) for name, value in table.constants.items()]
        return rows.select(*numbers, *constants, *(rows[quoted(name)] for name in table.words))

    def ids_as_text(self, ids: Iterable[Any]) -> list[str]:
        return [str(each) for each in ids]

    def id_column_as_text(self, ids: pa.ChunkedArray) -> pa.ChunkedArray:
        return ids

    def with_ids(self, frame: nw.LazyFrame[Any], ids: Collection[str]) -> nw.LazyFrame[Any]:
        few = self._session.createDataFrame(pa.table({"id": pa.array(ids, pa.string())}))
        return materialise(frame.join(nw.from_native(few).lazy(), on="id", how="semi"))

    @spark_failures()
    def similar_ids(self) -> list[Words]:
        """Look only at ids that are equal without case and space: all of them may not fit in memory."""
        from pyspark.sql import functions as sql

        ids = reduce(lambda one, other: one.union(other), [frame.select("id") for frame in self._frames.values()])
        plain = sql.lower(sql.btrim("id", sql.lit(BLANKS)))
        groups = ids.distinct().groupBy(plain.alias("plain")).agg(sql.collect_list("id").alias("ids"))
        found = collect(nw.from_native(groups.where(sql.size("ids") > 1).select(sql.explode("ids").alias("id"))).lazy())
        return group_similar_ids(pa.array([row["id"] for row in found], pa.string()))


ENGINE = SparkEngine


def _places(words: Sequence[str]) -> list[int]:
    """Return the place of each word in order of name.

    >>> _places(["pro", "free"])
    [1, 0]
    """
    places = {word: at for at, word in enumerate(sorted(words))}
    return [places[word] for word in words]


def _write(rows: pa.Table, path: Path) -> None:
    pq.write_table(rows, path, compression="zstd", write_page_checksum=True)


def _type(table: TableSpec, column: str) -> str:
    return "int" if column in table.days else "bigint"
