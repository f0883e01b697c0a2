"""SQLite databases: each table is a sheet. Views are read if the user names them, or if there is nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from custmetrics_cli.core.safety.temp_folders import temp_folder
from custmetrics_cli.ingest.model import InputFile, RefusedCell
from custmetrics_cli.ingest.open.sheet import Format, Sheet, binary_cell, damaged_error, write_csv
from custmetrics_cli.ingest.open.typed.exact_text import exact, one_line

if TYPE_CHECKING:
    from sqlite3 import Connection, Cursor

TITLE = "a SQLite database"
BESIDE = ("-wal", "-journal")  # files with the last changes of a database
TABLES = "SELECT name, type FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY rowid"
BLOB = "(binary data)"
HINT = "read a view that leaves the column out, or converts it to text"


def detect(head: bytes, path: Path) -> bool:
    return head.startswith(b"SQLite format 3\0")


@contextmanager
def open_database(path: Path, file: InputFile) -> Iterator[Sequence[Sheet]]:
    """Yield the tables of a database. Raises E217."""
    import sqlite3

    try:
        with _readable(path) as uri, closing(sqlite3.connect(uri, uri=True)) as database:
            database.text_factory = lambda data: data.decode("utf-8", "backslashreplace")
            found = database.execute(TABLES).fetchall()
            has_tables = any(kind == "table" for _, kind in found)
            yield [Sheet(name, _writer(database, name), kind == "view" and has_tables) for name, kind in found]
    except sqlite3.Error as error:
        raise damaged_error(file, TITLE, error) from None


@contextmanager
def _readable(path: Path) -> Iterator[str]:
    """Yield the address of a database that can be read without a change to any file.

    A database with a file of last changes is copied first: SQLite would write them into it.
    """
    from urllib.parse import quote

    beside = [each for suffix in BESIDE if (each := path.with_name(path.name + suffix)).exists() and each.stat().st_size]
    if not beside:
        yield f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
        return
    with temp_folder() as folder:
        for each in (path, *beside):
            Path(folder, each.name).write_bytes(each.read_bytes())
        yield f"file:{quote(str(Path(folder, path.name)))}"


def _writer(database: Connection, name: str) -> Any:
    def write(path: Path) -> list[RefusedCell]:
        quoted = name.replace('"', '""')
        cursor = database.execute(f'SELECT * FROM "{quoted}"')
        refused: list[RefusedCell] = []
        write_csv(path, _rows(cursor, refused), keep_empty=True)
        return refused

    return write


def _rows(cursor: Cursor, refused: list[RefusedCell]) -> Iterator[list[str]]:
    """Yield the header and the rows as texts, and collect the cells of binary data."""
    yield [one_line(each[0]) for each in cursor.description]
    for row, values in enumerate(cursor, 1):
        yield [_text(value) for value in values]
        if bytes in map(type, values):
            refused += [binary_cell(row, at, HINT) for at, value in enumerate(values, 1) if isinstance(value, bytes)]


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case str():
            return one_line(value)
        case int():
            return str(value)
        case float():
            return exact(value)
    return BLOB


FORMAT = Format(TITLE, (".sqlite", ".sqlite3", ".db"), detect, open_database)
