"""What an engine that keeps rows must do. Each file in this folder that declares `ENGINE` is one; nothing else knows it by name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from custmetrics_cli import engines
from custmetrics_cli.core.discovery import Discovered

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw
    import pyarrow as pa

    from custmetrics_cli.ingest.check.batch import Batch
    from custmetrics_cli.ingest.check.plan import ReadPlan

Words = tuple[str, ...]
Frames = Mapping[str, "nw.LazyFrame[Any]"]  # by table


class RowSink(Protocol):
    """Where rows go while they are read."""

    def ready(self) -> None:
        """Loads the library it stands on, while the first slices are being parsed."""

    def clear(self, plan: ReadPlan) -> None:
        """Forgets the rows of a table."""

    def add(self, plan: ReadPlan, batch: Batch) -> None:
        """Takes the rows that are given."""

    def held(self, plan: ReadPlan) -> int:
        """How many rows of a table it has."""


class Engine(RowSink, Protocol):
    """Where rows are kept: in memory, or in a database that can be larger."""

    def finish(self, plans: Sequence[ReadPlan]) -> tuple[Frames, Mapping[str, Mapping[str, Words]]]:
        """The frames, and the words of their segments in order of name: table -> segment as asked for -> code -> text."""

    @property
    def no_id(self) -> Any:
        """What frames hold where it is not known whose a row is; once they are finished."""

    def texts(self, values: Iterable[Any]) -> list[str]:
        """Ids as frames hold them, back to text."""

    def ids_as_text(self, ids: pa.ChunkedArray) -> pa.ChunkedArray:
        """The same for a whole column."""

    def with_ids(self, frame: nw.LazyFrame[Any], ids: Collection[str]) -> nw.LazyFrame[Any]:
        """The rows of a few customers, by their ids as text."""

    def similar_ids(self) -> list[Words]:
        """Ids that differ only by case or space."""

    def close(self) -> None:
        """Lets go of all it holds."""


Make = Callable[[int, Path], Engine]
"""From the bytes of memory for the whole process (0 = the engine's own limit) and a private folder."""

ENGINES: Mapping[str, Make] = Discovered(engines, "ENGINE")
