"""Match a header with a table: which position holds which column.

The column's own name is tried first, then its aliases in order. A preset's headers replace both. A required column without either is
found by the words of a header; roles/ finds the others, which need the cells. If a survey has no score column, the header that asks the
survey's question becomes the score column.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from custmetrics_cli.columns.money import MONEY
from custmetrics_cli.columns.parsing.currencies import possible_currencies
from custmetrics_cli.ingest.model import Remark
from custmetrics_cli.ingest.recognise.headers import Header, normalise
from custmetrics_cli.ingest.recognise.questions.match import match_question
from custmetrics_cli.ingest.recognise.roles.signs import count_signs, is_clearer
from custmetrics_cli.ingest.recognise.roles.words import rank_of
from custmetrics_cli.presets._preset import Preset
from custmetrics_cli.tables import Table
from custmetrics_cli.tables.shared.column import Column

MANY = 2  # required columns; a table that lacks so many is not the table of a file
KIND = "kind"  # the column of the kind of survey: its value follows from the question
WORDS, CELLS = "words", "cells"  # what a column was found by, if not by its name


class MatchOptions(NamedTuple):
    """The user's mappings, and the kinds of survey that the metric uses."""

    mappings: Mapping[str, Mapping[str, str]] = {}  # table -> column -> header; '' = no header is this column
    surveys: tuple[str, ...] = ()
    sample: Callable[[int], Sequence[str]] = lambda at: ()  # position of a column -> cells of the first rows; none = not known


class TableMatch(NamedTuple):
    """The meaning of a header as one table, with or without a preset."""

    table: Table
    columns: Mapping[str, int]
    missing: tuple[str, ...]  # required columns
    zones: Mapping[str, str] = {}
    notes: tuple[str, ...] = ()
    constants: Mapping[str, str] = {}  # column -> its value in every row
    preset: Preset | None = None
    score_questions: tuple[int, ...] = ()  # positions of several questions that could each be the score
    table_without_preset: str = ""  # the table that the header matches if no preset is used
    found_by: Mapping[str, str] = {}  # column -> words or cells, if its header is not one of its names
    remarks: tuple[Remark, ...] = ()  # doubts about the answer
    column_help: Mapping[str, str] = {}  # end that the file lacks -> the headers that may hold it
    facts: Mapping[str, str] = {}  # policies that the file itself settles, as rules see them
    cents: bool = False  # the header of the amount names a hundredth of the currency

    @property
    def asks_question(self) -> bool:
        """Return whether a header is the question of a survey, such as "How likely are you to recommend us?"."""
        return bool(self.table.questions) and KIND in self.constants

    @property
    def quality(self) -> tuple[bool, int, int]:
        """Rank matches: complete first, then most required columns, then most columns."""
        required = len(self.table.required) - len(self.missing)
        return (not self.missing, required, len(self.columns))


def mapping_for(table: Table, columns: Mapping[str, str]) -> dict[str, str]:
    """Return the user's mappings for one table. 'table.column' overrides 'column'."""
    plain = {name: header for name, header in columns.items() if name in table.by_name}
    own = {name.removeprefix(f"{table.name}."): header for name, header in columns.items() if name.startswith(f"{table.name}.")}
    return plain | own


def match_header(header: Header, table: Table, options: MatchOptions, preset: Preset | None = None) -> TableMatch:
    """Return the match of a header with one table."""
    mapping = options.mappings.get(table.name, {})
    columns = {column: at for column, name in mapping.items() if name and (at := header.position(name)) >= 0}
    notes: list[str] = []
    for column in sorted(table.columns, key=lambda column: not column.fit):
        if column.name not in columns and mapping.get(column.name) != "":
            _match_column(column, header, preset, columns, notes, options)
    survey, questions = match_question(table, header, options.surveys, columns, mapping, _segments(table, header, preset))
    by_words = [] if preset else list(_match_by_words(table, header, columns, mapping))
    notes += [f"'{header.cells[at]}' contains the currency {header.parts[at].currency}" for at in _with_currency(header, columns)]
    return TableMatch(
        table,
        columns,
        missing=tuple(column.name for column in table.required if column.name not in columns),
        zones={column: header.parts[at].zone for column, at in columns.items() if header.parts[at].zone},
        notes=tuple(notes),
        constants=survey | _constants(preset, table, columns, header),
        preset=preset,
        score_questions=questions,
        found_by=dict.fromkeys(by_words, WORDS),
    )


def best_match(header: Header, tables: Iterable[Table], options: MatchOptions, file: str) -> TableMatch:
    """Return the match with the table that fits best. If two fit equally, the file's name decides.

    A complete match gives way to a table of which clearly more headers are a sign, even if that table lacks a column: a list of orders
    is not a list of customers.
    """
    matches = [match_header(header, table, options) for table in tables]
    name, signs = normalise(file.rpartition("/")[2]), count_signs(header.cells, file)

    def order(match: TableMatch) -> tuple[bool, int, int, bool, int]:
        complete, required, columns = match.quality
        return (
            complete,
            signs.get(match.table.name, 0) if complete else 0,
            required,
            match.table.name in name,
            columns,
        )

    best = max(matches, key=order)
    if _has_own_names(best, header) or (best.asks_question and not best.missing):
        return best
    clearer = [match for match in matches if len(match.missing) < MANY and is_clearer(match.table.name, best.table.name, signs)]
    return max(clearer, key=lambda match: signs[match.table.name], default=best)


def _has_own_names(match: TableMatch, header: Header) -> bool:
    """Return whether each required column has its own name, not an alias."""
    return all(normalise(header.cells[match.columns.get(column.name, 0)]) == normalise(column.name) for column in match.table.required)


def _match_column(
    column: Column, header: Header, preset: Preset | None, columns: dict[str, int], notes: list[str], options: MatchOptions
) -> None:
    """Add the first unused header of a column to `columns`, and a note on the others."""
    preset_headers = preset.columns.get(column.name) if preset else None
    if preset and preset_headers is None and not column.in_presets:
        return
    positions = header.positions(column.names if preset_headers is None else preset_headers)
    if column.fit and preset_headers is None:
        settled = settled_positions(preset, header)
        positions = [at for at in positions if at not in settled and _fits(column, header, at, options)]
    first, *others = [at for at in positions if at not in columns.values()] or [-1]
    if first >= 0:
        columns[column.name] = first
        notes += [f"'{header.cells[first]}' is used as {column.name} ('{header.cells[other]}' would fit too)" for other in others]


def _match_by_words(table: Table, header: Header, columns: dict[str, int], mapping: Mapping[str, str]) -> Iterator[str]:
    """Add the header with the best words for each required column that has none. Yield the names of these columns."""
    for column in table.required:
        if column.words and column.name not in columns and column.name not in mapping:
            free = [at for at, cell in enumerate(header.cells) if cell and at not in columns.values()]
            ranked = [(rank, at) for at in free if (rank := rank_of(header.cells[at], column.words)) is not None]
            if ranked:
                columns[column.name] = min(ranked)[1]
                yield column.name


def settled_positions(preset: Preset | None, header: Header) -> set[int]:
    """Return the positions that a preset uses: for a column, a segment or a rule for rows."""
    groups = [*preset.columns.values(), *(choice.columns for choice in preset.choices)] if preset else []
    return {at for group in groups for at in header.positions(group)}


def _fits(column: Column, header: Header, at: int, options: MatchOptions) -> bool:
    """Return whether enough cells of a column are of its kind. A header that is exactly the name of the kind of status always fits."""
    cells = options.sample(at)
    if column.name == header.parts[at].plain and column.fit < 1:
        return True
    return bool(cells) and column.kind.fits(cells) >= column.fit


def _with_currency(header: Header, columns: Mapping[str, int]) -> list[int]:
    return [at for at in columns.values() if header.parts[at].currency]


def _header_currency(table: Table, columns: Mapping[str, int], header: Header) -> dict[str, str]:
    """Return the currency that the header of an amount names, as the value of the currency column."""
    amounts = [header.parts[at] for column, at in columns.items() if table.by_name[column].kind is MONEY]
    currencies = [parts.currency for parts in amounts if parts.currency]
    return {column.name: currencies[0] for column in table.columns if column.is_currency and currencies}


def _constants(preset: Preset | None, table: Table, columns: Mapping[str, int], header: Header) -> dict[str, str]:
    """Return the preset's values, and the currency of the header. A shared sign such as $ does not replace the preset's currency."""
    constants = _preset_constants(preset, columns)
    named = _header_currency(table, columns, header).items()
    return constants | {column: text for column, text in named if constants.get(column, "") not in possible_currencies(text)}


def _preset_constants(preset: Preset | None, columns: Mapping[str, int]) -> dict[str, str]:
    """Return the preset's values for columns that the file does not have."""
    return {column: text for column, text in preset.constants.items() if column not in columns} if preset else {}


def _segments(table: Table, header: Header, preset: Preset | None) -> set[int]:
    """Return the positions of the preset's segments. A segment of a score, such as its group, is not a score."""
    segments = preset.columns.items() if preset else ()
    return {at for name, headers in segments if name not in table.by_name for at in header.positions(headers)}
