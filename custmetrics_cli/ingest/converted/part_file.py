"""Write one Parquet file: zstd, page checksums, row groups of equal size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from custmetrics_cli.core.safety.reading import sha256

GROUP = 245_760  # rows of a row group: a month is then found in millions of rows without reading the others


class PartFile(NamedTuple):
    """A file of a converted folder, as the manifest names it."""

    file: str  # below the folder
    rows: int
    bytes: int
    sha256: str


def write_part(folder: Path, name: str, tables: Iterable[pa.Table], schema: pa.Schema) -> PartFile:
    """Write the tables to a new file below a folder. Raises OSError."""
    path, rows = folder / name, 0
    path.parent.mkdir(parents=True, exist_ok=True)
    with pq.ParquetWriter(path, schema, compression="zstd", write_page_checksum=True, store_decimal_as_integer=True) as writer:
        for group in _groups(tables):
            writer.write_table(group.cast(schema) if group.schema != schema else group, GROUP)
            rows += group.num_rows
    return PartFile(name, rows, path.stat().st_size, sha256(path))


def _groups(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """Join and split tables so that each has the rows of one group. The last has the rest."""
    waiting: list[pa.Table] = []
    rows = 0
    for table in tables:
        waiting.append(table)
        rows += table.num_rows
        while rows >= GROUP:
            joined = pa.concat_tables(waiting)
            yield joined.slice(0, GROUP)
            waiting, rows = [joined.slice(GROUP)], rows - GROUP
    if rows:
        yield pa.concat_tables(waiting)
