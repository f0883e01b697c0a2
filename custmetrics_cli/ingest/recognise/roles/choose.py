"""Choose the header of each column that has no exact header, or whose cells do not fit it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from custmetrics_cli.columns import ColumnKind
from custmetrics_cli.columns.count import TALLY
from custmetrics_cli.columns.currency import CURRENCY
from custmetrics_cli.columns.interval import INTERVAL
from custmetrics_cli.columns.orders.payment import PAYMENT
from custmetrics_cli.columns.status import STATUS
from custmetrics_cli.columns.text import ID
from custmetrics_cli.ingest.recognise.headers import Header, normalise
from custmetrics_cli.ingest.recognise.match_table import WORDS, TableMatch, settled_positions
from custmetrics_cli.ingest.recognise.roles.sample import Sample
from custmetrics_cli.ingest.recognise.roles.words import rank_for
from custmetrics_cli.tables.shared.column import Column
from custmetrics_cli.tables.words import people

HALF = 0.5  # of the cells must fit a column whose header is one of its names
CONFIRMED = (INTERVAL, STATUS, PAYMENT, CURRENCY)  # kinds whose cells are words of a known list


class Rival(NamedTuple):
    """Two columns with equally good headers, whose cells fit and differ."""

    column: Column
    positions: tuple[int, int]


class Choice(NamedTuple):
    """The positions of columns after their cells were read."""

    columns: Mapping[str, int]
    found_by: Mapping[str, str]  # as in TableMatch
    rivals: tuple[Rival, ...]
    notes: tuple[str, ...]


def kind_of(column: Column) -> ColumnKind:
    """Return the kind whose cells a column must have. Currencies are read as words."""
    return CURRENCY if column.is_currency else column.kind


def choose_columns(match: TableMatch, header: Header, sample: Sample, mapping: Mapping[str, str]) -> Choice:
    """Return the columns of a match, completed and corrected by words and cells. mapping: the user's own."""
    chooser = _Chooser(match, header, sample, mapping)
    return chooser.choose()


def _share_for(column: Column, rank: int) -> float:
    """Return the share of the cells that must fit a column whose header has a rank for it."""
    if not column.words:
        return HALF
    return 0 if rank < column.words.sure else column.words.share


class _Chooser:
    def __init__(self, match: TableMatch, header: Header, sample: Sample, mapping: Mapping[str, str]) -> None:
        self._match, self._header, self._sample = match, header, sample
        self._settled = {*mapping, *(match.preset.columns if match.preset else ()), *match.constants}
        self._columns = dict(match.columns)
        self._found_by = dict(match.found_by)
        self._rivals: list[Rival] = []
        self._notes: list[str] = []

    def choose(self) -> Choice:
        free = [column for column in self._match.table.columns if column.name not in self._settled]
        for column in free:
            self._check_named(column)
        by_header = {name: self._columns.pop(name) for name in self._match.found_by}  # to be found again, with the cells
        for column in sorted(free, key=lambda column: column.search_order):
            if column.name not in self._columns:
                self._find_by_words(column)
        for name, at in by_header.items():
            if name not in self._columns and at not in self._columns.values():
                self._columns[name] = at
        return Choice(self._columns, self._found_by, tuple(self._rivals), tuple(self._notes))

    def _check_named(self, column: Column) -> None:
        """Replace a header whose cells do not fit by the next one whose cells fit."""
        at = self._columns.get(column.name, -1)
        if at < 0 or (column.kind.is_text and not column.is_currency):
            return
        others = [other for other in self._header.positions(column.names) if other not in self._columns.values()]
        is_confirmed = kind_of(column) in (*CONFIRMED, TALLY) and normalise(self._header.cells[at]) != normalise(column.name)
        if not (others or is_confirmed) or self._fits(column, at, HALF):
            return
        better = next((other for other in others if self._fits(column, other, HALF)), -1)
        if better < 0 and (column.required or not is_confirmed):
            return
        self._notes.append(f"'{self._header.cells[at]}' is not used as {column.name}: its cells do not fit")
        del self._columns[column.name]
        self._found_by.pop(column.name, None)
        if better >= 0:
            self._columns[column.name] = better

    def _find_by_words(self, column: Column) -> None:
        fitting = list(self._fitting_by_rank(column))
        if not fitting:
            return
        (rank, first), *others = fitting
        self._columns[column.name] = first
        self._found_by[column.name] = WORDS
        self._notes += [f"'{self._header.cells[at]}' would fit {column.name}, too" for _, at in others]
        equal = [at for other, at in others if other == rank and self._sample.column(at) != self._sample.column(first)]
        if equal and kind_of(column) in CONFIRMED:
            self._rivals.append(Rival(column, (first, equal[0])))

    def _fitting_by_rank(self, column: Column) -> Iterator[tuple[int, int]]:
        """Yield the rank and the position of the free headers with words of a column, whose cells fit, the best first."""
        taken = {*self._columns.values(), *settled_positions(self._match.preset, self._header)}
        free = [at for at, name in enumerate(self._header.cells) if name and at not in taken]
        ranked = sorted(
            (self._rank_with_cells(column, rank, at), at) for at in free if (rank := rank_for(self._header.cells[at], column)) is not None
        )
        yield from ((rank, at) for rank, at in ranked if self._fits(column, at, _share_for(column, rank)))

    def _rank_with_cells(self, column: Column, rank: int, at: int) -> int:
        """Return the rank of a header. Under a bare "customer", e-mails, phones and names have their own rank."""
        return max(rank, people.rank_of_cells(self._sample.distinct(at))) if column.kind is ID and rank >= 0 else rank

    def _fits(self, column: Column, at: int, share: float) -> bool:
        fit = self._sample.fit(at, kind_of(column))
        return fit is not None and fit >= share
