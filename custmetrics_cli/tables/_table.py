"""What a table declares: its columns, which rows are set aside and why, which rows are wrong, what is derived, how it can be read.

Rules, checks and derivations see whole columns as numpy arrays of numbers (one array per declared column, absent
columns filled with their `empty` value) and answer with an array. The scan of a bad file calls the same functions
on arrays of length one, so both say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from custmetrics_cli.columns import ColumnKind
from custmetrics_cli.columns.day import DAY

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]


class Arrays(Protocol):
    """The columns of rows. chosen: name of a policy of the table -> the value in effect; and what Wanted.told says."""

    @property
    def chosen(self) -> Mapping[str, str]: ...
    def __getitem__(self, name: str, /) -> Array: ...


def aliases(text: str) -> tuple[str, ...]:
    """Other names of a column, the most telling first.

    >>> aliases("client_id; client; клиент")
    ('client_id', 'client', 'клиент')
    """
    return tuple(text.split("; "))


class Column(NamedTuple):
    """A column of a table. `empty` is the number an empty or absent cell stands for."""

    name: str
    kind: ColumnKind
    about: str
    required: bool = False  # a file without it is not this table
    aliases: tuple[str, ...] = ()
    empty: int = 0
    end: bool = False  # a day on which something stops: 23:59 means the next day, --ends applies
    late: bool = False  # 23:59 means the next day here too, but --ends does not apply
    fallback_end: str = ""  # the end for which it may stand in: for that it is read as that end is, under the name `as_end`
    future: bool = False  # its dates may lie ahead of the data (trial ends, scheduled ends): never the newest date
    is_leave_reason: bool = False  # says why a customer left: splits `lost` over the whole opening
    filled: bool | None = None  # whether an empty cell is an error; None = where the column is required
    blank_code: str = ""  # the error code of an empty cell where that is one; "" = the common one
    is_currency: bool = False  # names the currency of its row's amounts: always read, and a heading of amounts may say it for all rows

    @property
    def never_empty(self) -> bool:
        return self.required if self.filled is None else self.filled

    @property
    def as_end(self) -> str:
        return f"{self.name} as {self.fallback_end}"


class SkipRule(NamedTuple):
    """Rows that are set aside and counted under `reason`. A row set aside is not proven."""

    reason: str
    holds: Callable[[Arrays], Array]
    reads: tuple[str, ...]  # the columns that `holds` reads: where one could not be read, the rule skips nothing
    ended: bool = False  # such rows are no longer running: the file does not hold current ones only


class RowError(NamedTuple):
    """Rows that are wrong: an error at their line. `column` is where it points to."""

    code: str
    column: str
    message: str
    hint: str
    holds: Callable[[Arrays], Array]
    reads: tuple[str, ...]  # the columns that `holds` reads


class RowWarning(NamedTuple):
    """Rows that are used, but of which something should be known: counted in a warning. message may use {n}."""

    code: str
    message: str
    holds: Callable[[Arrays], Array]
    reads: tuple[str, ...]  # the columns that `holds` reads


class Derived(NamedTuple):
    """A column made from others (or the same column, corrected), before rules and checks look."""

    name: str
    kind: ColumnKind  # as what kind of column its numbers go on: days, money, counts
    needs: tuple[tuple[str, ...], ...]  # alternatives: the columns of one of them must all be in a file for this to be an answer
    make: Callable[[Arrays], Array]
    reads: tuple[str, ...] | Callable[[Mapping[str, str]], tuple[str, ...]]  # the columns that `make` reads, under some policies

    def columns_read(self, chosen: Mapping[str, str]) -> tuple[str, ...]:
        """Return the columns that `make` reads under the chosen policies."""
        return self.reads(chosen) if callable(self.reads) else self.reads

    def is_answerable(self, columns: Collection[str]) -> bool:
        """Whether a file with these columns has what it needs."""
        return any(all(name in columns for name in names) for names in self.needs)


class Policy(NamedTuple):
    """A way to read tables, for the user to choose. Derivations, rules and checks see the choice.

    values: each with the column that a file must have for it to be chosen, '' = none.
    needs: columns, of which a file must have one for the choice to matter. gives: a column that the column of a value stands for.
    """

    name: str
    default: str
    values: Mapping[str, str]
    about: str
    needs: tuple[str, ...]
    gives: str = ""


class FileError(NamedTuple):
    """What only the rows of a file together can show to be wrong: an error of the whole file, at a column.

    columns: their numbers, from 0 to 999, are tallied over the rows used. wrong: from that tally and what is
    chosen to what is wrong and a hint; None = nothing.
    """

    code: str
    column: str
    columns: tuple[str, ...]
    problem: Callable[[Mapping[tuple[int, ...], int], Mapping[str, str]], tuple[str, str] | None]


class SurveyQuestions(NamedTuple):
    """Headings that ask, where a table has no column of answers under a name of ours: what is asked says of which kind an answer is.

    texts: kind -> questions, as headings with * for whatever stands there.
    """

    column: str
    kind: str
    texts: Mapping[str, tuple[str, ...]]


class Selection(NamedTuple):
    """What is looked at of a table: columns of words, columns of numbers, and the reasons of rows set aside that are given all the same.

    told: what checks must know of the metrics asked for, by name. whole: all that files and declarations have, and every row.
    """

    words: Collection[str] = ()
    reads: Collection[str] = ()
    kept_reasons: Collection[str] = ()
    check_context: Mapping[str, str] = {}
    everything: bool = False

    def merged(self, other: Selection) -> Selection:
        """What is looked at here or there, each column once."""
        words, reads, aside = (tuple(dict.fromkeys((*mine, *more))) for mine, more in zip(self[:3], other[:3], strict=True))
        return Selection(words, reads, aside, {**self.check_context, **other.check_context}, self.everything or other.everything)


class Table(NamedTuple):
    """keys: by what a row is known again in another export of the table, from fine to coarse; see sources/pairing.py."""

    name: str
    about: str
    columns: tuple[Column, ...]
    derived: tuple[Derived, ...] = ()
    skip_rules: tuple[SkipRule, ...] = ()
    row_errors: tuple[RowError, ...] = ()
    policies: tuple[Policy, ...] = ()
    file_errors: tuple[FileError, ...] = ()
    order: int = 9  # in lists, and of what a header is nearest to
    row_warnings: tuple[RowWarning, ...] = ()
    questions: SurveyQuestions | None = None
    keys: tuple[tuple[str, ...], ...] = ()

    @property
    def by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @property
    def kinds(self) -> dict[str, ColumnKind]:
        """Of every column, derived ones included."""
        return {derived.name: derived.kind for derived in self.derived} | {column.name: column.kind for column in self.columns}

    def policy_values(self, said: Mapping[str, str]) -> dict[str, str]:
        """The value of each policy. said: those that are not left at their default, of any table."""
        return {policy.name: said.get(policy.name, policy.default) for policy in self.policies}

    def answerable(self, columns: Collection[str], chosen: Mapping[str, str]) -> frozenset[str]:
        """The columns for which a file with these can answer: they themselves, and what is made of them."""
        made = {derived.name for derived in self.derived if derived.is_answerable(columns)}
        given = {policy.gives for policy in self.policies if policy.values[chosen[policy.name]] in columns}
        return frozenset(columns) | made | given

    @property
    def has_spans(self) -> bool:
        """Whether its rows last: what began before the data does is in it. Other tables hold what happened on a day."""
        return any(column.end for column in self.columns)

    @property
    def required(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.required)

    @property
    def days(self) -> tuple[str, ...]:
        """The first day of a row and, in tables whose rows last, the first day on which it is over."""
        return tuple(column.name for column in self.columns if column.kind is DAY and (column.required or column.end))
