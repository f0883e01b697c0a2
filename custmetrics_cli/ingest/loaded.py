"""The loaded tables: their frames of whole numbers, and what else an answer needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from types import TracebackType
from typing import Any

import narwhals.stable.v2 as nw

from custmetrics_cli.core.result import InputReport, Listing, Notice
from custmetrics_cli.core.time.calendar import day_of
from custmetrics_cli.core.time.period import Period
from custmetrics_cli.engines.base import Engine
from custmetrics_cli.ingest.check.judge import SKIP_RULE
from custmetrics_cli.ingest.recognise.headers import normalise
from custmetrics_cli.tables.answers.facts import Fact
from custmetrics_cli.tables.shared.planned_ends import LastEnds


@dataclass(frozen=True, eq=False, repr=False)
class Loaded:
    """Tables that were read. Each frame has the columns: id; the numbers that metrics read; columns to split by.

    Days are numbers of days (Int32); other numbers are Int64. A column to split by holds codes (Int32): the position of a word in
    `words`, which are sorted; a missing word has the code len(words).
    """

    frames: Mapping[str, nw.LazyFrame[Any]]
    tables_with_skipped: frozenset[str]  # tables whose frames also hold skipped rows: see with_skipped
    present: Mapping[str, frozenset[str]]  # table -> declared columns that a metric may read: in a file, or derived from one that is
    words: Mapping[str, Mapping[str, tuple[str, ...]]]  # table -> column to split by, as the user names it -> code -> word
    split_columns: Mapping[str, Mapping[str, str]]  # table -> column to split by, as the user names it -> column of the frame
    inputs: tuple[InputReport, ...]  # the files that were read; files of tables not asked for are left out
    warnings: tuple[Notice, ...]
    lists: Mapping[str, Listing]  # rows behind warnings, by the name of the list
    newest: Mapping[str, int | None]  # table -> the last day, up to today, on which something happened
    oldest: Mapping[str, int | None]
    months: Mapping[str, frozenset[int]]  # table -> first days of the whole months that its rows name instead of a day
    policies: Mapping[str, str]  # policies that matter for these files -> value in effect
    currencies: Mapping[str, Mapping[str, int]]  # table -> currency ('' = not known) -> rows used; {} without a column of currencies
    headers: Mapping[str, tuple[str, ...]]  # table, also one not asked for -> the columns by which it can be split
    column_help: Mapping[str, Mapping[str, str]]  # table -> column that its files lack -> how to export them with it
    engine: Engine
    found: Mapping[str, Mapping[str, Fact]] = field(default_factory=dict)  # name in a check context -> option, by symbol -> its value
    last_ends: Mapping[str, LastEnds | None] = field(default_factory=dict)  # table -> the last ends of rows, which may be planned
    undated: frozenset[str] = frozenset()  # tables without dates: their rows are one wave
    by_header: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # table -> header, normalised -> declared column
    known_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # table -> columns by which people know a customer
    other_files: tuple[tuple[str, str], ...] = ()  # the path and the table of each file that the question does not need
    _stack: ExitStack = field(default_factory=ExitStack)

    @property
    def is_one_wave(self) -> bool:
        """True if no table has dates."""
        return bool(self.frames) and self.undated.issuperset(self.frames)

    @property
    def wave(self) -> Period:
        """The period of tables without dates."""
        days = [day for table in self.undated if (day := self.newest[table]) is not None]
        return Period.of_wave(day_of(max(days)))

    def used(self, table: str) -> nw.LazyFrame[Any]:
        """Return the rows of a table without the skipped ones."""
        frame = self.frames[table]
        return frame.filter(nw.col(SKIP_RULE) == 0).drop(SKIP_RULE) if table in self.tables_with_skipped else frame

    def with_skipped(self, table: str) -> nw.LazyFrame[Any]:
        """Return the rows of a table with the skipped ones that a metric asked for, and the column skip_rule: 0 for rows used."""
        frame = self.frames[table]
        return frame if table in self.tables_with_skipped else frame.with_columns(nw.lit(0).cast(nw.Int64).alias(SKIP_RULE))

    def only_tables(self, tables: Collection[str]) -> Loaded:
        return replace(self, frames={name: frame for name, frame in self.frames.items() if name in tables})

    def only_customers(self, ids: Collection[str]) -> Loaded:
        """Return the tables with the rows of a few customers, given by the text of their ids. All else is unchanged."""
        return replace(self, frames={name: self.engine.with_ids(frame, ids) for name, frame in self.frames.items()})

    def has_id(self) -> nw.Expr:
        """Return a condition: the row's customer is known."""
        condition: nw.Expr = nw.col("id") != self.engine.no_id
        return condition

    def ids(self, values: Iterable[Any]) -> list[str]:
        """Return the text of ids of a frame."""
        return self.engine.ids_as_text(values)

    def column_named(self, table: str, name: str) -> str:
        """Return the declared column that a name means by a header of the files, else the name."""
        known = {*self.words.get(table, ()), *self.headers.get(table, ())}
        return name if name in known else self.by_header.get(table, {}).get(normalise(name), name)

    def close(self) -> None:
        """Remove temporary files and the database."""
        self._stack.close()

    def __enter__(self) -> Loaded:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
