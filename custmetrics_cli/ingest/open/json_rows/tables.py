"""The tables of a JSON file: each list of objects is a table, and each object a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.ingest.model import InputFile, RefusedCell
from custmetrics_cli.ingest.open.json_rows.flatten import flatten, is_rows, tables_in
from custmetrics_cli.ingest.open.json_rows.read import has_lines, read_lines, read_values
from custmetrics_cli.ingest.open.sheet import Sheet, write_csv

Numbered = Iterable[tuple[int, Any]]  # objects, each with its number from 1
PAGED = ("has_more", "hasMore", "next_page", "next_cursor", "next", "nextPageToken", "next_page_token")  # set if another page follows
LINE_SUFFIXES = (".jsonl", ".ndjson")


class JsonTable(NamedTuple):
    """Objects that can be read several times."""

    name: str  # "" = the only table of its file
    rows: Callable[[], Numbered]

    def write(self, path: Path) -> list[RefusedCell]:
        """Write a header of all fields, and a line for each object. Objects may have different fields, in another order."""
        fields: dict[str, None] = {}
        for _, row in self.rows():
            fields.update(dict.fromkeys(name for name, _ in flatten(row)))
        write_csv(path, [[*fields], *self._texts([*fields])] if len(fields) else [], keep_empty=True)
        return []

    def _texts(self, fields: Sequence[str]) -> Iterator[Sequence[str]]:
        last = 0
        for number, row in self.rows():
            yield from ((),) * (number - last - 1)
            cells = dict(flatten(row))
            yield [cells.get(name, "") for name in fields]
            last = number


def tables_of(path: Path, file: InputFile) -> list[Sheet]:
    """Return the tables of a file. Raises E227 if it has none, E228 for one page of several; ValueError for damaged JSON."""
    tables = _tables(path, file)
    if not tables:
        message = "is JSON without a list of objects"
        raise CustmetricsError(Problem("E227", message, Place(file.path), "export one object for each row: [{…}, {…}], or one a line"))
    return [Sheet(table.name, table.write) for table in tables]


def _tables(path: Path, file: InputFile) -> list[JsonTable]:
    if has_lines(path, file.path):
        return [JsonTable("", lambda: _objects(read_lines(path, file.path)))]
    values = read_values(path, file.path)
    if len(values) == 1 and isinstance(values[0], dict) and not file.path.endswith(LINE_SUFFIXES):
        return _of_object(values[0], file)
    rows = values[0] if len(values) == 1 and isinstance(values[0], list) else values
    if rows and all(isinstance(row, list) for row in rows):
        header, *rows = rows
        rows = [dict(zip(map(str, header), row, strict=False)) for row in rows]
    return [_table("", rows)] if is_rows(rows) else []


def _of_object(value: Mapping[str, Any], file: InputFile) -> list[JsonTable]:
    """Return the lists of objects inside one object, or its columns. Raises E228."""
    found = [*tables_in(value)]
    if found and (more := next((key for key in PAGED if value.get(key)), "")):
        hint = f"get all pages and join them, one object a line: jq -c '.{found[0][0]}[]' page*.json > all.jsonl"
        raise CustmetricsError(Problem("E228", f"is one page of a longer list: the field {more} is set", Place(file.path), hint))
    if not found and (rows := _columns(value)):
        found = [("", rows)]
    return [_table("" if len(found) == 1 else name, rows) for name, rows in found]


def _columns(value: Mapping[str, Any]) -> list[Any]:
    """Return the rows of an object of columns, which pandas writes: {"id": {"0": "a"}, "date": {"0": "2022-01-01"}}."""
    columns = {
        name: {str(at): each for at, each in enumerate(cells)} if isinstance(cells, list) else cells for name, cells in value.items()
    }
    if not columns or not all(isinstance(cells, dict) and cells for cells in columns.values()):
        return []
    keys = [*next(iter(columns.values()))]
    is_table = all([*cells] == keys for cells in columns.values())
    return [{name: cells[key] for name, cells in columns.items()} for key in keys] if is_table else []


def _table(name: str, rows: Sequence[Any]) -> JsonTable:
    return JsonTable(name, lambda: enumerate(rows, 1))


def _objects(lines: Numbered) -> Numbered:
    """Yield the values that are objects. Raises ValueError for another one."""
    for number, value in lines:
        if not isinstance(value, dict):
            raise ValueError(f"line {number}: is not an object")
        yield number, value
