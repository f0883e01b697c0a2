"""The declaration of a table, and the selection of its columns that a question needs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from custmetrics_cli.columns import ColumnKind
from custmetrics_cli.columns.day import DAY
from custmetrics_cli.tables.shared.column import Column, SurveyQuestions
from custmetrics_cli.tables.shared.header_words import HeaderWords
from custmetrics_cli.tables.shared.rules import Derived, FileError, Policy, RowError, RowWarning, SkipRule


class Selection(NamedTuple):
    """The columns and rows of a table that a question needs."""

    words: Collection[str] = ()  # columns of words
    reads: Collection[str] = ()  # columns of numbers
    kept_reasons: Collection[str] = ()  # reasons of skipped rows that are kept in the frame
    check_context: Mapping[str, str] = {}  # facts about the metrics that rules need, by name
    known_by: bool = False  # also the columns by which people know a customer, such as the name
    everything: bool = False  # all columns of the files and of the declaration, and every row

    def merge(self, other: Selection) -> Selection:
        """Return a selection of both, each column once."""
        words, reads, reasons = (tuple(dict.fromkeys((*mine, *more))) for mine, more in zip(self[:3], other[:3], strict=True))
        context = {**self.check_context, **other.check_context}
        return Selection(words, reads, reasons, context, self.known_by or other.known_by, self.everything or other.everything)


class RowId(NamedTuple):
    """The id of a row, by which exports that overlap are noticed."""

    column: str = ""  # of the table; "" = none
    words: HeaderWords | None = None  # of headers that hold such ids


class Table(NamedTuple):
    """An input table."""

    name: str
    about: str  # shown to users; begins with "one row is"
    columns: tuple[Column, ...]
    derived: tuple[Derived, ...] = ()  # made in this order
    skip_rules: tuple[SkipRule, ...] = ()  # the first that matches counts
    row_errors: tuple[RowError, ...] = ()
    policies: tuple[Policy, ...] = ()
    file_errors: tuple[FileError, ...] = ()
    order: int = 9  # position in lists; the first of equally similar tables wins
    row_warnings: tuple[RowWarning, ...] = ()
    questions: SurveyQuestions | None = None
    keys: tuple[tuple[str, ...], ...] = ()  # columns that identify a row in another export, from fine to coarse (ingest/compare)
    row_id: RowId | None = None  # None: a row that two files hold changes no answer
    silent_end: str = ""  # column of ends that follow from --gap days without a row; "" = none

    def derived_for(self, reads: Collection[str]) -> tuple[Derived, ...]:
        """Return the derived columns that are made for a metric that reads these columns."""
        return tuple(derived for derived in self.derived if not derived.on_demand or derived.name in reads)

    @property
    def by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @property
    def kinds(self) -> dict[str, ColumnKind]:
        """The kinds of all columns, derived ones included."""
        return {derived.name: derived.kind for derived in self.derived} | {column.name: column.kind for column in self.columns}

    def policy_values(self, chosen: Mapping[str, str]) -> dict[str, str]:
        """Return the value of each policy. chosen: the values that differ from the default, of any table."""
        return {policy.name: chosen.get(policy.name, policy.default) for policy in self.policies}

    def answerable(self, columns: Collection[str], chosen: Mapping[str, str]) -> frozenset[str]:
        """Return the columns that a file with these columns can fill, derived ones included."""
        derived = {derived.name for derived in self.derived if derived.is_answerable(columns)}
        replaced = {policy.replaces for policy in self.policies if policy.values[chosen[policy.name]] in columns}
        return frozenset(columns) | derived | replaced

    @property
    def has_spans(self) -> bool:
        """True if rows last from a start to an end: the file then also contains what began before the data does."""
        return any(column.is_end for column in self.columns)

    @property
    def required(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.required)

    @property
    def days(self) -> tuple[str, ...]:
        """The first day of a row and, if rows last, the first day after its end."""
        return tuple(column.name for column in self.columns if column.kind is DAY and (column.required or column.is_end))
