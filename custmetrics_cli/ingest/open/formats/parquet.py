"""Parquet files. Their columns have types, so the text of a value can be read in one way only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from custmetrics_cli.ingest.model import InputFile
from custmetrics_cli.ingest.open.sheet import Format, Sheet

PARTITION = re.compile(r"([A-Za-z_]\w*)=(.*)")  # a folder that holds one value of a column: year=2024
NO_VALUE = "__HIVE_DEFAULT_PARTITION__"


def detect(head: bytes, path: Path) -> bool:
    return head.startswith(b"PAR1")


@contextmanager
def open_parquet(path: Path, file: InputFile) -> Iterator[Sequence[Sheet]]:
    """Yield the only table of a Parquet file. Raises E217."""
    from custmetrics_cli.ingest.open.typed.parquet_rows import ParquetRows

    rows = ParquetRows(path, file, partitions(file.path))
    yield [Sheet("", rows.write, rows=rows)]


def partitions(path: str) -> dict[str, str]:
    """Return the columns whose value is in the path of a file.

    >>> partitions("lake/year=2024/country=D%C3%A9/part-0.parquet")
    {'year': '2024', 'country': 'Dé'}
    """
    found = filter(None, map(PARTITION.fullmatch, PurePosixPath(path).parts[:-1]))
    return {match[1]: "" if match[2] == NO_VALUE else unquote(match[2]) for match in found}


FORMAT = Format("a Parquet file", (".parquet",), detect, open_parquet)
