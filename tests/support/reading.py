"""Load invented tables, and decode their frames into rows that people can read."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from custmetrics_cli.columns import FAR
from custmetrics_cli.engines.query.run import collect
from custmetrics_cli.ingest.load import load
from custmetrics_cli.ingest.loaded import Loaded
from custmetrics_cli.ingest.model import InputFile
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.tables import TABLES
from custmetrics_cli.tables.shared.table import Selection
from tests.support import engines

TODAY = dt.date(2026, 1, 1)
ENGINES = engines.ENGINES
EPOCH = dt.date(1970, 1, 1).toordinal()


def loaded(paths: Iterable[Path | str], engine: str = "pandas", wanted: Any = None, **options: Any) -> Loaded:
    """Load files. wanted: table -> columns of words."""
    settings = Settings(**{"today": TODAY, **options})
    selections = {name: all_numbers(name, *words) for name, words in (wanted or {"customers": ["plan"], "subscriptions": ["plan"]}).items()}
    return load([InputFile(str(path)) for path in paths], selections, settings, engine)


def all_numbers(table: str, *words: str) -> Selection:
    """Select all columns of numbers, and these of words."""
    return Selection(words, tuple(TABLES[table].kinds))


def rows(found: Loaded, table: str = "customers") -> list[tuple[Any, ...]]:
    """Return (id, started_at, ended_at, words …) of every row used, in a fixed order."""
    words = found.words[table]
    made = collect(found.frames[table])
    ids = found.ids([row["id"] for row in made])
    decoded = [
        (name, row["started_at"], row["ended_at"], *((*words[own], None)[row[at]] for own, at in found.split_columns[table].items()))
        for name, row in zip(ids, made, strict=True)
    ]
    return sorted(decoded, key=repr)


def text(header: Sequence[str], records: Iterable[Sequence[str]], **dialect: Any) -> str:
    file = io.StringIO()
    csv.writer(file, **{"lineterminator": "\n", **dialect}).writerows([header, *records])
    return file.getvalue()


def day(number: int) -> str:
    return "" if number == FAR else dt.date.fromordinal(EPOCH + number).isoformat()


def number(iso: str) -> int:
    return dt.date.fromisoformat(iso).toordinal() - EPOCH if iso else FAR
