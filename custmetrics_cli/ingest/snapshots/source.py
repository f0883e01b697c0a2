"""One way to read a file: a line as its header, with one delimiter, and the columns that snapshots need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from custmetrics_cli.columns.money import MONEY
from custmetrics_cli.core.data.delimiters import DELIMITERS
from custmetrics_cli.core.errors import Place
from custmetrics_cli.ingest.model import TextFile
from custmetrics_cli.ingest.open.csv_reader import reader
from custmetrics_cli.ingest.recognise.candidates import HeaderCandidate
from custmetrics_cli.ingest.recognise.head import Head, clean_header, records
from custmetrics_cli.ingest.recognise.header_lines import guess_quote, make_unique
from custmetrics_cli.ingest.recognise.headers import Header
from custmetrics_cli.ingest.recognise.match_table import TableMatch, mapping_for
from custmetrics_cli.ingest.recognise.roles.sample import Sample
from custmetrics_cli.ingest.recognise.roles.words import rank_for, split_words
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.tables.shared.column import Column
from custmetrics_cli.tables.shared.header_words import Phrases
from custmetrics_cli.tables.subscriptions import TABLE
from custmetrics_cli.tables.words import amounts, snapshots

MOST_LINES = 15  # on which the header may be
FEWEST = 3  # columns: the customer and two others
NINE_IN_TEN, HALF = 0.9, 0.5  # of the cells


class Source:
    """A file, read with one line as its header."""

    def __init__(self, text_file: TextFile, head: Head, settings: Settings, candidate: HeaderCandidate) -> None:
        self.text_file, self.settings = text_file, settings
        self.line, self.delimiter, self.quote = candidate.line, candidate.delimiter, candidate.quote
        self.header = Header(candidate.header)
        self.sample = Sample(head, candidate)
        self.mapping: Mapping[str, str] = mapping_for(TABLE, settings.columns)

    @property
    def cells(self) -> tuple[str, ...]:
        return self.header.cells

    def place(self, at: int = -1) -> Place:
        return Place(self.text_file.source.path, self.line, at + 1)

    def rows(self) -> Iterator[list[str]]:
        """Yield the records below the header of the whole file. A blank line is []."""
        with self.text_file.whole().path.open(encoding="utf-8-sig", newline="") as stream:
            for _ in range(self.line - 1):
                next(stream)
            found = reader(stream, delimiter=self.delimiter, quotechar=self.quote)
            next(found, None)
            yield from found

    def mapped(self, column: str) -> int | None:
        """Return the position that the user gives to a column; None if the user gives none."""
        name = self.mapping.get(column)
        return self.header.position(name) if name else None

    def having(self, phrases: Phrases) -> list[int]:
        """Return the positions of headers that are one of these phrases and no more."""
        known = phrases.joined
        return [at for at, cell in enumerate(self.cells) if "".join(split_words(cell)) in known]

    @cached_property
    def customers(self) -> list[int]:
        """The positions of headers that certainly name the customer, the best first."""
        if (mapped := self.mapped("customer_id")) is not None:
            return [mapped] if mapped >= 0 else []
        unclear = self.having(snapshots.UNCLEAR)
        return [at for at in [*self.named(TABLE.by_name["customer_id"]), *self.having(snapshots.COMPANY)] if at not in unclear]

    @cached_property
    def amounts(self) -> list[int]:
        """The positions of amounts per customer and month, the best first: MRR, then ARR, then others. Their cells are numbers."""
        if (mapped := self.mapped("amount")) is not None:
            return [mapped] if mapped >= 0 else []
        column = TABLE.by_name["amount"]
        others = [at for at, cell in enumerate(self.cells) if amounts.REVENUE.are_in(split_words(cell))]
        found = dict.fromkeys([*filter(self.is_mrr, range(len(self.cells))), *self.named(column), *others])
        return [at for at in found if self._is_money(at)]

    def is_mrr(self, at: int) -> bool:
        """Return whether a header names an amount per month or year."""
        words = split_words(self.cells[at])
        return amounts.OF_SUBSCRIPTION.ranks[0].are_in(words) or amounts.RECURRING.are_in(words)

    def _is_money(self, at: int) -> bool:
        fit = self.sample.fit(at, MONEY)
        return fit is not None and fit >= (HALF if self.is_mrr(at) else NINE_IN_TEN)

    def named(self, column: Column) -> list[int]:
        ranked = [(rank, at) for at, cell in enumerate(self.cells) if cell and (rank := rank_for(cell, column)) is not None]
        return list(dict.fromkeys([*self.header.positions(column.names), *(at for _, at in sorted(ranked))]))


def sources(text_file: TextFile, head: Head, settings: Settings) -> Iterator[Source]:
    """Yield the ways to read a file: with each delimiter, the first line with several cells is the header."""
    given = "," if text_file.is_typed else settings.delimiter
    for delimiter in [given] if given else DELIMITERS:
        line = settings.header_row or _first_line(head, delimiter)
        if 0 < line <= len(head.lines):
            yield _source(text_file, head, settings, line, delimiter)


def _first_line(head: Head, delimiter: str) -> int:
    """Return the first line with several cells that are not empty; 0 = there is none."""
    lines = enumerate(head.lines[:MOST_LINES], 1)
    return next((line for line, text in lines if sum(map(bool, map(str.strip, text.split(delimiter)))) >= FEWEST), 0)


def _source(text_file: TextFile, head: Head, settings: Settings, line: int, delimiter: str) -> Source:
    _, cells = next(records(head, line, delimiter, settings.quote or '"'), (line, []))
    quote = settings.quote or guess_quote(cells)
    _, cells = next(records(head, line, delimiter, quote), (line, []))
    names = tuple(map(clean_header, cells))
    candidate = HeaderCandidate(delimiter, quote, line, make_unique(names), names, TableMatch(TABLE, {}, ()))
    return Source(text_file, head, settings, candidate)
