"""JSON: one object per line, a list of objects, or an object that contains such lists, as vendors' APIs return."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from custmetrics_cli.ingest.model import InputFile
from custmetrics_cli.ingest.open.sheet import Format, Sheet, damaged_error

TITLE = "JSON"
START = re.compile(rb"(\xef\xbb\xbf)?[\s\x1e]*(\{\s*[\"}]|\[\s*[\[{\]])")


def detect(head: bytes, path: Path) -> bool:
    return bool(START.match(head))


@contextmanager
def open_json(path: Path, file: InputFile) -> Iterator[Sequence[Sheet]]:
    """Yield the tables of a JSON file. Raises E217, E227, E228."""
    from custmetrics_cli.ingest.open.json_rows.tables import tables_of

    try:
        yield tables_of(path, file)
    except (ValueError, RecursionError) as error:
        raise damaged_error(file, TITLE, error) from None


FORMAT = Format(TITLE, (".json", ".jsonl", ".ndjson"), detect, open_json)
