"""Rules for rows: skip, refuse, warn, derive. And policies, which the user chooses.

A rule gets whole columns: one array of numbers per declared column. A column that the file does not have is filled with its
`empty` number. A rule returns an array. The scan of a bad file calls the same rules, so that both give the same result.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from custmetrics_cli.columns import ColumnKind
from custmetrics_cli.core.errors import Problem

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]


ROLE = "header of "  # before the name of a column, in Arrays.chosen: the role that the column's header has


class Arrays(Protocol):
    """The columns of rows, by name."""

    @property
    def chosen(self) -> Mapping[str, str]:
        """The values of policies, by name; the context of Selection.check_context; and the role of each column's header (ROLE)."""

    @property
    def rests(self) -> Mapping[str, Array]:
        """The part of amounts that rounding left out, by column of money, in 10 ** -9 of a number; no entry: nothing."""

    def __getitem__(self, name: str, /) -> Array: ...


class SkipRule(NamedTuple):
    """Rows that are skipped and counted. No error or warning is looked for in a skipped row."""

    reason: str
    matches: Callable[[Arrays], Array]
    reads: tuple[str, ...]  # the columns that `matches` reads; the rule skips no row with an unreadable cell in one of them
    means_ended: bool = False  # such a row has ended: the file contains more than current customers
    kept_by: tuple[str, str] = ("", "")  # a policy, and the value by which such rows are used
    doubt: tuple[str, str] = ("", "")  # the code and the message of a warning about such rows; {n} is "2 rows"


class RowError(NamedTuple):
    """Rows that are wrong. The error points to a column of the row."""

    code: str
    column: str
    message: str  # {value} is the text of the cell
    hint: str
    matches: Callable[[Arrays], Array]
    reads: tuple[str, ...]  # the columns that `matches` reads


class RowWarning(NamedTuple):
    """Rows that are used, but counted in a warning."""

    code: str
    message: str  # {n} is "1 row is", "2 rows are"
    matches: Callable[[Arrays], Array]
    reads: tuple[str, ...]  # the columns that `matches` reads


class Derived(NamedTuple):
    """A column made from others, or the same column corrected. It is made before the rules are applied."""

    name: str
    kind: ColumnKind  # of the result
    needs: tuple[tuple[str, ...], ...]  # alternatives: a file must have all columns of one of them
    make: Callable[[Arrays], Array]
    reads: tuple[str, ...] | Callable[[Mapping[str, str]], tuple[str, ...]]  # the columns that `make` reads; it may depend on policies
    on_demand: bool = False  # made only if a metric reads it

    def columns_read(self, chosen: Mapping[str, str]) -> tuple[str, ...]:
        """Return the columns that `make` reads under the chosen policies."""
        return self.reads(chosen) if callable(self.reads) else self.reads

    def is_answerable(self, columns: Collection[str]) -> bool:
        """Return True if a file with these columns has all that is needed."""
        return any(all(name in columns for name in names) for names in self.needs)


class Policy(NamedTuple):
    """A way to read tables that the user chooses with an option. Rules and derived columns see the choice."""

    name: str
    default: str
    values: Mapping[str, str]  # value -> the column that it needs; "" = none
    about: str  # the help text of the option
    needs: tuple[str, ...]  # a file must have one of these columns for the policy to matter
    replaces: str = ""  # the column that the column of a value replaces
    shows_default: bool = True  # the answer states the default, too, where it matters


class FileError(NamedTuple):
    """An error that only the rows of a whole file can show. It points to a column.

    All files of a table are checked together, then each file with enough rows.
    """

    name: str  # of the counts
    column: str
    columns: tuple[str, ...]  # whose numbers, from 0 to 999, are counted over the rows used
    enough: int  # rows of one file among several, from which it is checked by itself: fewer may differ from the others by chance
    problem: Callable[[Mapping[tuple[int, ...], int], Mapping[str, str]], Problem | None]
    """Takes the counts by numbers, and Arrays.chosen. Returns the error without its place; None = no error."""
