"""The rows of a file with typed columns, which are read without a copy as CSV.

Typed values need no parsing. They are checked like texts: a column arrives as its distinct texts, or as days.
A file with an error, or one whose rows are not under one header, is written as CSV and read like any other: see TextFile.whole.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pyarrow as pa


class NotText(Exception):
    """A column holds binary data."""


class TypedSlice(NamedTuple):
    """Some rows of a file: its columns by position."""

    row: int  # of the first one, from 0
    columns: Mapping[int, pa.ChunkedArray]


class TypedRows(ABC):
    """All rows of one file. Several threads may ask for texts."""

    count: int  # of rows

    @abstractmethod
    def write_head(self, copy: Path) -> int:
        """Write as many rows as CSV as are needed to recognise a table, and return how many. Raises CustmetricsError E217."""

    @abstractmethod
    def slices(self, positions: Collection[int], in_little: bool = False) -> Iterator[TypedSlice]:
        """Read these columns, some rows at a time; fewer in little memory. Raises CustmetricsError E217."""

    @abstractmethod
    def texts(self, part: TypedSlice, positions: Mapping[str, int], types: Mapping[str, pa.DataType], days: Collection[str]) -> pa.Table:
        """Return columns as the CSV parser returns them. days: keys that may be ISO_DAY instead of their type. Raises NotText."""


class TypedFile(NamedTuple):
    """A file with more typed rows than its copy holds."""

    rows: TypedRows
    write: Callable[[], tuple[Path, tuple[Any, ...]]]  # writes all rows as CSV, once, and returns the copy and its refused cells
