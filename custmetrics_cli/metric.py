"""The nouns: Rows, Total, Metric, and the Ask they are computed for. A metric is a value; nothing knows one by name.

Declarations import no dataframe library: what a total adds up is a name under which its rows count, and rows are made by a
function that imports Narwhals when it is called, so that `--help` stays as fast as a bare Typer app.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from custmetrics_cli.formula import Formula
from custmetrics_cli.result import Interval, Number

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

    from custmetrics_cli.period import Period

OUTSIDE, WHOLE = -1, -2  # groups: rows that --where leaves out; all rows, whatever their group

State = Mapping[str, Number]
Made = TypeVar("Made")


class Spread(NamedTuple):
    """How sure a value is: its interval, and that of the difference between two periods; both from the totals."""

    of: Callable[[State], Interval | None]
    apart: Callable[[State, State], Interval | None] | None = None  # None: a difference cannot be told from chance


class Ask(NamedTuple):
    """What is asked of rows: contiguous periods, numbered from 1 in the column k (0 = before the first)."""

    periods: tuple[Period, ...]
    gap: int = 0
    named: bool = False  # keep the customer's id: somebody wants to see who


class Check(NamedTuple):
    """Rows that are suspicious, not wrong: counted in a warning, listed by --list NAME.

    find gives one row per finding: id and day columns; None when it cannot be asked of these tables.
    message may use {n}, the number of findings.
    """

    name: str
    code: str
    message: str
    find: Callable[[Source, Ask], nw.LazyFrame[Any] | None]
    of: tuple[str, ...] = ()  # the totals for which it matters; none: all


class Source(Protocol):
    """What Rows see of the input: the tables chosen for them (the first is the one that is split), and their words."""

    @property
    def tables(self) -> tuple[str, ...]: ...
    @property
    def grouped(self) -> bool: ...
    def frame(self, table: str = "") -> nw.LazyFrame[Any]:
        """Rows of a table, with the number g of what --by and --where make of them, in order of name."""

    def place(self, number: int) -> int:
        """The group of a g: the same for rows that only --where tells apart, OUTSIDE for those it leaves out."""

    def loaded(self, table: str) -> bool: ...
    def has(self, column: str) -> bool:
        """Whether the first table can answer for a column."""

    def holds(self, column: str, test: Callable[[str], bool]) -> nw.Expr:
        """Where the word of a column of the first table passes; a missing word is ''."""

    def once(self, key: Any, make: Callable[[], Made]) -> Made:
        """What make() gives, made once for a key."""


class Harvest(NamedTuple):
    """A small frame to collect, and how one row of it counts: (period number k, group g, {name: number}) any number of times.

    When ask.named, each row has an id and counts for one customer.
    """

    frame: nw.LazyFrame[Any]
    unfold: Callable[[Mapping[str, int]], Iterable[tuple[int, int, Mapping[str, int]]]]


class Rows(NamedTuple):
    """What totals stand on.

    needs: alternatives, in order of preference; each names the tables that must be there; the first is the one that is split.
    shows: id and day columns, one row per id: what --list tells of whoever counts.
    words: columns of words that make or checks look at.
    """

    name: str
    needs: tuple[tuple[str, ...], ...]
    make: Callable[[Source, Ask], Sequence[Harvest]]
    shows: Callable[[Source], nw.LazyFrame[Any]] | None = None
    words: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()


class Total(NamedTuple):
    """A whole number. `flow` is summed over the period, `carried` over all that went before it.

    lost: flow. opening: carried only. closing: both. Names that the rows count under, or '' for nothing.
    """

    name: str
    means: str
    rows: Rows
    flow: str = ""
    carried: str = ""
    needs: tuple[str, ...] = ()  # columns of the table without which there is no answer
    additive: bool = True  # the totals of the groups add up to the whole
    between: bool = False  # only means something between the groups of --by and --where
    of_end: bool = False  # split by the reason of leaving
    parts: int = 1  # the unit of the total is so many of what the rows count: 100 for hundredths
    monthly: bool = False  # summed over the calendar months of the period


class Identity(NamedTuple):
    """Arithmetic that must hold between totals, whatever the data; both sides are formulas over their names."""

    left: Formula
    right: Formula
    totals: tuple[Total, ...]
    grouped: bool = True  # holds inside a group of --by too

    def __str__(self) -> str:
        return f"{self.left.text} = {self.right.text}"


class Definition(NamedTuple):
    """A reading of a metric. Its formula may name its totals, `months` (of the period) and the metrics in `uses`."""

    formula: Formula
    totals: tuple[Total, ...]
    means: str = ""
    interval: Spread | None = None
    uses: tuple[Metric, ...] = ()
    whole_months: bool = False  # answers only periods of whole calendar months

    @property
    def needed(self) -> tuple[Total, ...]:
        """The totals without which there is no answer: those that the formula names, itself or through what it uses."""
        own = [total for total in self.totals if total.name in self.formula.names]
        return (*own, *(total for used in self.uses for total in used.standard.needed))


@dataclass(frozen=True, eq=False, repr=False)
class Metric:
    """A number people ask for by name. `definitions` begins with "standard"; the others are named readings."""

    name: str
    title: str
    asks: str
    unit: str  # ratio, count, months, points or money
    better: str  # higher, lower or ""
    family: str
    definitions: Mapping[str, Definition]
    example: str  # arguments after the name that run on sample_data
    worked: str = ""  # one small example with its value, as a worked example of the tests says it
    identities: tuple[Identity, ...] = ()
    notes: str = ""
    also: tuple[str, ...] = ()
    order: int = 0

    @property
    def standard(self) -> Definition:
        return self.definitions["standard"]

    @property
    def symbol(self) -> str:
        """Its name in the formulas of others."""
        return self.name.replace("-", "_")

    @property
    def rows(self) -> tuple[Rows, ...]:
        """What it stands on, the rows that say which groups there are first."""
        own = [total.rows for definition in self.definitions.values() for total in definition.totals]
        used = [rows for definition in self.definitions.values() for metric in definition.uses for rows in metric.rows]
        return tuple({id(rows): rows for rows in [*own, *used]}.values())

    @property
    def needs(self) -> tuple[tuple[str, ...], ...]:
        """The alternatives of tables that answer this metric."""
        choices = product(*(rows.needs for rows in self.rows))
        return tuple(dict.fromkeys(tuple(dict.fromkeys(table for tables in choice for table in tables)) for choice in choices))

    @property
    def totals(self) -> dict[str, Total]:
        """Every total that --list knows, by name: those shown, then those of the identities."""
        shown = [total for definition in self.definitions.values() for total in definition.totals]
        return {total.name: total for total in [*shown, *(t for identity in self.identities for t in identity.totals)]}
