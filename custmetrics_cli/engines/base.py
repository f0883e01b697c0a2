"""The base class of engines, and the rows that ingest gives them.

An engine holds tables and gives them back as lazy Narwhals frames. A file in this folder that declares `ENGINE` is an engine.
The queries of query/ run on every engine; an engine's file may register a faster way for its own frames (query/per_engine.py).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from custmetrics_cli import engines
from custmetrics_cli.core.discovery import Discovered
from custmetrics_cli.engines.chunk import Chunk, CodedWords, TableSpec

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw
    import numpy as np
    import pyarrow as pa

    from custmetrics_cli.engines.stored.part import StoredPart

    Array = np.ndarray[Any, Any]

__all__ = ["Chunk", "CodedWords", "TableSpec"]

Words = tuple[str, ...]
Frames = Mapping[str, "nw.LazyFrame[Any]"]  # table -> frame
WordsByTable = Mapping[str, Mapping[str, Words]]  # table -> column of words -> code -> word
NO_ID = ""  # the id of a row whose customer is unknown


class RowSink(ABC):
    """A receiver of the rows of tables."""

    @abstractmethod
    def prepare(self) -> None:
        """Import slow libraries; called while the first slices are being parsed."""

    @abstractmethod
    def clear(self, table: TableSpec) -> None:
        """Begin a table without rows, and forget those it had."""

    @abstractmethod
    def add(self, table: TableSpec, chunk: Chunk) -> None:
        """Append rows to a table that was begun with `clear`. Row order is not kept."""

    @abstractmethod
    def row_count(self, table: TableSpec) -> int:
        """Return how many rows a table has."""


class Engine(RowSink):
    """A holder of tables, in memory or in a database.

    Frames hold whole numbers only, never null. `id` may have any type: equal ids are equal in all tables.
    The words of a column are numbered in order of name; rows without a word have the number after the last one.
    """

    @property
    @abstractmethod
    def no_id(self) -> Any:
        """The value of NO_ID in the `id` columns of finished frames."""

    @abstractmethod
    def __init__(self, memory: int, scratch: Path, master: str = "") -> None:
        """Take the bytes of memory for the whole process (0 = the engine's own limit) and a private folder.

        master: the address of a cluster, for the engine that runs on one.
        """

    def attach(self, table: TableSpec, parts: Sequence[StoredPart]) -> None:
        """Append the rows of stored parts to a table that was begun with `clear`."""
        from custmetrics_cli.engines.stored.chunks import Keys, chunks

        keys: Keys = {}
        for part in parts:
            for chunk in chunks(part, table, keys):
                self.add(table, chunk)

    @abstractmethod
    def finish(self, tables: Sequence[TableSpec]) -> tuple[Frames, WordsByTable]:
        """Return the frames of all tables, and their words. Called once, after the last chunk."""

    @abstractmethod
    def ids_as_text(self, ids: Iterable[Any]) -> list[str]:
        """Return the text of ids of finished frames."""

    @abstractmethod
    def id_column_as_text(self, ids: pa.ChunkedArray) -> pa.ChunkedArray:
        """Return the text of a whole `id` column."""

    @abstractmethod
    def with_ids(self, frame: nw.LazyFrame[Any], ids: Collection[str]) -> nw.LazyFrame[Any]:
        """Return the rows of a few customers, given by the text of their ids."""

    @abstractmethod
    def similar_ids(self) -> list[Words]:
        """Return groups of ids that differ only by case or surrounding space, in order of name."""

    def close(self) -> None:
        """Release files and connections."""


ENGINES: Mapping[str, type[Engine]] = Discovered(engines, "ENGINE")
"""Name of each engine, as --engine takes it -> its class, imported on first use."""
