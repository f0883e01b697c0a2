"""The nouns: Rows, Total, Metric, and the Ask they are computed for. A metric is a value; nothing knows one by name.

Declarations import no dataframe library: what a total adds up is the name of a ready column, or a callable that
builds a Narwhals expression when it is computed, so that `--help` stays as fast as a bare Typer app.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from custmetrics_cli.formula import Formula
from custmetrics_cli.result import Interval, Number

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

    from custmetrics_cli.period import Period

State = Mapping[str, Number]
Spread = Callable[[State], Interval | None]


@dataclass(frozen=True)
class Ask:
    """What is asked of rows: contiguous periods, numbered from 1 in the column k (0 = before the first)."""

    periods: tuple[Period, ...]
    gap: int = 0
    named: bool = False  # keep the customer's id: somebody wants to see who
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Rows:
    """Lazy rows that totals stand on, with columns k (period), g (group) and, when asked.named, id.

    needs: alternatives, in order of preference; each names the tables that must be there.
    """

    name: str
    means: str
    needs: tuple[tuple[str, ...], ...]
    make: Callable[[Any, Ask], nw.LazyFrame]


@dataclass(frozen=True, eq=False)
class Total:
    """A whole number. `flow` is summed over the period, `carried` over all that went before it.

    lost: flow. opening: carried only. closing: both. Names of ready columns of the rows, or '' for nothing.
    """

    name: str
    means: str
    rows: Rows
    flow: str = ""
    carried: str = ""
    needs: tuple[str, ...] = ()  # columns of the table without which there is no answer
    additive: bool = True  # the totals of the groups add up to the whole
    of_end: bool = False  # split by the reason of leaving
    monthly: bool = False  # summed over the calendar months of the period


@dataclass(frozen=True)
class Identity:
    """Arithmetic that must hold between totals, whatever the data."""

    text: str  # "opening + new + reactivated - lost = closing"
    grouped: bool = True  # holds inside a group of --by too


@dataclass(frozen=True, eq=False)
class Definition:
    """A reading of a metric: the formula, its totals in order of display, how sure it is."""

    formula: Formula
    totals: tuple[Total, ...]
    interval: Spread | None = None
    means: str = ""
    share: tuple[str, str] | None = None  # numerator and denominator, when the value is a share of a count


@dataclass(frozen=True, eq=False)
class Metric:
    """A number people ask for by name. `definitions` holds "standard" first; the others are named readings."""

    name: str
    title: str
    asks: str
    unit: str  # "ratio", "count", "months", "points", "money"
    better: str  # "higher", "lower", ""
    family: str
    definitions: Mapping[str, Definition]
    example: str  # an example that runs: the arguments after the name
    notes: str = ""
    also: tuple[str, ...] = ()
    order: int = 0

    @property
    def standard(self) -> Definition:
        return self.definitions["standard"]

    @property
    def needs(self) -> tuple[tuple[str, ...], ...]:
        """The alternatives of tables that answer this metric."""
        return self.standard.totals[0].rows.needs


