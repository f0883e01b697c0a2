"""Which table a header is of, and which of its columns are which.

The canonical name goes before aliases, an earlier alias before a later one; where a preset says which headings a column has, these and no
others. Of a survey without a column of scores the heading that asks for one is it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from custmetrics_cli.columns.money import MONEY
from custmetrics_cli.ingest.recognise.headings import Header, normal
from custmetrics_cli.presets import Preset
from custmetrics_cli.tables import Column, Table


class Asked(NamedTuple):
    """What is known beside a header: what the user maps, and which surveys are asked for."""

    said: Mapping[str, Mapping[str, str]] = {}  # table -> canonical name -> header name; '' = no column is this one
    surveys: tuple[str, ...] = ()


class Match(NamedTuple):
    """What a header means as one table, with a preset perhaps."""

    table: Table
    columns: Mapping[str, int]
    missing: tuple[str, ...]  # required columns that are not there
    zones: Mapping[str, str] = {}
    notes: tuple[str, ...] = ()
    said: Mapping[str, str] = {}  # canonical name of a column -> what the header says in its place
    preset: Preset | None = None
    several: tuple[int, ...] = ()  # the questions of which any could be the score, the one taken first
    otherwise: str = ""  # the table that the header is of without the preset

    @property
    def weight(self) -> tuple[bool, int, int]:
        """What decides between tables: recognised, then most required columns, then most columns."""
        required = len(self.table.required) - len(self.missing)
        return (not self.missing, required, len(self.columns))


def match(header: Header, table: Table, asked: Asked, preset: Preset | None = None) -> Match:
    """The header read as this table."""
    said = asked.said.get(table.name, {})
    columns = {column: at for column, name in said.items() if name and (at := header.position(name)) >= 0}
    notes: list[str] = []
    for column in table.columns:
        if column.name not in columns and said.get(column.name) != "":
            _take(column, header, preset, columns, notes)
    kind, several = _question(table, header, asked.surveys, columns, said, _segments(table, header, preset))
    notes += [f"'{header.cells[at]}' says {header.names[at].currency}" for at in columns.values() if header.names[at].currency]
    return Match(
        table,
        columns,
        missing=tuple(column.name for column in table.required if column.name not in columns),
        zones={column: header.names[at].zone for column, at in columns.items() if header.names[at].zone},
        notes=tuple(notes),
        said={**kind, **_constants(preset, columns), **_currency(table, columns, header)},
        preset=preset,
        several=several,
    )


def best(header: Header, tables: Iterable[Table], asked: Asked, file: str) -> Match:
    """The table that this header is of, or comes nearest to. The file's name settles what the header leaves open."""
    matches = [match(header, table, asked) for table in tables]
    return max(matches, key=lambda found: (*found.weight[:2], found.table.name in normal(file.rpartition("/")[2]), found.weight[2]))


def _take(column: Column, header: Header, preset: Preset | None, columns: dict[str, int], notes: list[str]) -> None:
    own = preset.columns.get(column.name) if preset else None
    found = [at for at in header.under((column.name, *column.aliases) if own is None else own) if at not in columns.values()]
    if found:
        columns[column.name] = found[0]
        notes += [f"{column.name} is '{header.cells[found[0]]}', not '{header.cells[other]}'" for other in found[1:]]


def _currency(table: Table, columns: Mapping[str, int], header: Header) -> dict[str, str]:
    """What the heading of amounts says in the place of the column that names their currency."""
    names = [header.names[at] for column, at in columns.items() if table.by_name[column].kind is MONEY]
    said = [name.currency for name in names if name.currency]
    return {column.name: said[0] for column in table.columns if column.is_currency and said}


def _constants(preset: Preset | None, columns: Mapping[str, int]) -> dict[str, str]:
    """What the preset says of every row, where no column does."""
    return {column: text for column, text in preset.constants.items() if column not in columns} if preset else {}


def _segments(table: Table, header: Header, preset: Preset | None) -> set[int]:
    """Where what the preset only names stands, to split by: the group of a score is no score."""
    named = preset.columns.items() if preset else ()
    return {at for name, headings in named if name not in table.by_name for at in header.under(headings)}


def _question(
    table: Table, header: Header, surveys: Iterable[str], columns: dict[str, int], said: Mapping[str, str], segments: Collection[int]
) -> tuple[dict[str, str], tuple[int, ...]]:
    """Takes the heading that asks for a score where no column is it: of the surveys asked for first.

    What kind of survey that is, also where the column is known; and where it is asked in several columns, these.
    """
    asks = table.questions
    if asks is None or said.get(asks.column) == "":
        return {}, ()
    taken = columns.get(asks.column, -1)
    for kind in (kind for kind in dict.fromkeys((*surveys, *asks.patterns)) if kind in asks.patterns):
        found = [at for at in header.asking(asks.patterns[kind]) if at == taken or (taken < 0 and at not in {*columns.values(), *segments})]
        if found:
            columns[asks.column] = found[0]
            return ({} if asks.kind in columns else {asks.kind: kind}), tuple(found) if len(found) > 1 else ()
    return {}, ()
