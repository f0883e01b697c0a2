"""Parquet files. Their columns have types, so the text of a value can be read in one way only."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from custmetrics_cli.ingest.model import InputFile, RefusedCell
from custmetrics_cli.ingest.open.sheet import Format, Sheet, damaged_error, write_csv
from custmetrics_cli.ingest.open.unpacked_size import written

TITLE = "a Parquet file"
PARTITION = re.compile(r"([A-Za-z_]\w*)=(.*)")  # a folder that holds one value of a column: year=2024
NO_VALUE = "__HIVE_DEFAULT_PARTITION__"
ROWS = 1 << 16  # of a batch
WORKERS, AHEAD = 2, 4  # threads, and batches that wait for them


def detect(head: bytes, path: Path) -> bool:
    return head.startswith(b"PAR1")


@contextmanager
def open_parquet(path: Path, file: InputFile) -> Iterator[Sequence[Sheet]]:
    """Yield the only table of a Parquet file. Raises E217."""
    import pyarrow as pa

    try:
        yield [Sheet("", lambda copy: _write(path, copy, partitions(file.path)))]
    except (pa.ArrowException, OSError) as error:
        if isinstance(error, OSError) and error.errno:
            raise
        raise damaged_error(file, TITLE, error) from None


def partitions(path: str) -> dict[str, str]:
    """Return the columns whose value is in the path of a file.

    >>> partitions("lake/year=2024/country=D%C3%A9/part-0.parquet")
    {'year': '2024', 'country': 'Dé'}
    """
    found = filter(None, map(PARTITION.fullmatch, PurePosixPath(path).parts[:-1]))
    return {match[1]: "" if match[2] == NO_VALUE else unquote(match[2]) for match in found}


def _write(path: Path, copy: Path, constants: dict[str, str]) -> list[RefusedCell]:
    """Write the rows as CSV, in batches that several threads convert."""
    import pyarrow.parquet as pq

    from custmetrics_cli.ingest.open.arrow_text import TextColumns, flat

    with pq.ParquetFile(path) as table, ThreadPoolExecutor(WORKERS) as pool:
        names = flat(table.schema_arrow.empty_table()).column_names
        columns = TextColumns(table, {name: value for name, value in constants.items() if name not in names})
        write_csv(copy, [[*names, *columns.constants]])
        waiting: deque[Future[bytes]] = deque()
        with copy.open("ab") as sink:
            row = 1
            for batch in table.iter_batches(ROWS):
                waiting.append(pool.submit(columns.csv, batch, row))
                row += batch.num_rows
                if len(waiting) > AHEAD:
                    written(sink.write(waiting.popleft().result()))
            for each in waiting:
                written(sink.write(each.result()))
    return sorted(columns.refused)


FORMAT = Format(TITLE, (".parquet",), detect, open_parquet)
