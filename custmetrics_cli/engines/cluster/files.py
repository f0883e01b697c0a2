"""Parquet files that the workers of a cluster read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

EXACT = {
    "parquet.page.verify-checksum.enabled": "true",  # without it a changed byte gives another number in silence
    "datetimeRebaseMode": "CORRECTED",  # a day of before 1582 is the day that is written, with any settings of the cluster
}


def read_parquet(session: SparkSession, paths: Iterable[Path], types: Mapping[str, str]) -> DataFrame:
    """Return the rows of files or folders. types: each column -> its type in Spark; other columns are not read."""
    schema = ", ".join(f"{quoted(name)} {kind}" for name, kind in types.items())
    rows: DataFrame = session.read.schema(schema).options(**EXACT).parquet(*map(address, paths))
    return rows


def address(path: Path) -> str:
    """Return the address of a local path, for a cluster whose usual paths are of another file system.

    >>> address(Path("/tmp/a[1]"))
    'file:///tmp/a\\\\[1\\\\]'
    """
    return "file://" + re.sub(r"([*?\[\]{}\\])", r"\\\1", str(path.absolute()))


def quoted(name: str) -> str:
    """Return a name of a column as Spark reads it.

    >>> quoted("a.b")
    '`a.b`'
    """
    return "`" + name.replace("`", "``") + "`"
