"""The metric as a value: definitions over totals. Nothing in the program knows one by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import NamedTuple

from custmetrics_cli.core.data.dataset import Dataset, FromCounts
from custmetrics_cli.core.data.total import Identity, Total
from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.interval_method import IntervalMethod
from custmetrics_cli.core.options import Option
from custmetrics_cli.core.rule_of_thumb import RuleOfThumb


class Definition(NamedTuple):
    """A reading of a metric. Its formula may name its totals, `months` and `days` (of the period), options, and the metrics in `uses`."""

    formula: Formula
    totals: tuple[Total, ...]
    description: str = ""
    interval: IntervalMethod | None = None
    uses: tuple[Metric, ...] = ()
    whole_months: bool = False  # answers only periods of whole calendar months
    unit: str = ""  # where it is not that of the metric
    pending_totals: tuple[Total, ...] = ()  # while one of these is not 0, the result is not complete
    grid: FromCounts | None = None  # reads a Grid, shown beside the value
    rule_of_thumb: RuleOfThumb | None = None
    warnings: tuple[FromCounts, ...] = ()  # each reads what should be known of all periods together, Warned or None

    @property
    def needed_totals(self) -> tuple[Total, ...]:
        """The totals without which there is no answer: those that the formula names, itself or through what it uses."""
        own = [total for total in self.totals if total.name in self.formula.names]
        return (*own, *(total for used in self.uses for total in used.standard.needed_totals))

    @property
    def datasets(self) -> tuple[Dataset, ...]:
        """All that it stands on."""
        read = [each.dataset for each in (self.interval.data if self.interval else None, self.grid, *self.warnings) if each]
        own = [total.dataset for total in (*self.totals, *self.pending_totals)]
        return (*own, *read, *(rows for metric in self.uses for rows in metric.standard.datasets))

    @property
    def needs(self) -> tuple[tuple[str, ...], ...]:
        """The alternatives of tables that answer it; none that has more than another."""
        choices = product(*(rows.needs for rows in {id(rows): rows for rows in self.datasets}.values()))
        found = dict.fromkeys(tuple(dict.fromkeys(table for tables in choice for table in tables)) for choice in choices)
        return tuple(tables for tables in found if not any({*other} < {*tables} for other in found))

    @property
    def names(self) -> frozenset[str]:
        """All names in its formula and in those of the metrics that it uses."""
        return frozenset(self.formula.names).union(*(metric.standard.names for metric in self.uses))


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
    worked_example: str = ""  # one small example with its value, as a worked example of the tests says it
    identities: tuple[Identity, ...] = ()
    notes: str = ""
    aliases: tuple[str, ...] = ()
    order: int = 0
    options: tuple[Option, ...] = ()

    @property
    def standard(self) -> Definition:
        return self.definitions["standard"]

    def only(self, definition: str) -> Metric:
        """The metric in one definition, with the identities that stand on what this stands on."""
        asked = self.definitions[definition]
        kept = [identity for identity in self.identities if all(total.dataset in asked.datasets for total in identity.totals)]
        return replace(self, definitions={definition: asked}, identities=tuple(kept))

    @property
    def symbol(self) -> str:
        """Its name in the formulas of others."""
        return self.name.replace("-", "_")

    def unit_of(self, definition: str) -> str:
        return self.definitions[definition].unit or self.unit

    @property
    def datasets(self) -> tuple[Dataset, ...]:
        """What it stands on, the rows that say which groups there are first."""
        own = [total.dataset for definition in self.definitions.values() for total in definition.totals]
        every = [rows for definition in self.definitions.values() for rows in definition.datasets]
        return tuple({id(rows): rows for rows in [*own, *every]}.values())

    @property
    def needs(self) -> tuple[tuple[str, ...], ...]:
        """The alternatives of tables that answer this metric, in one definition or another."""
        return tuple(dict.fromkeys(tables for definition in self.definitions.values() for tables in definition.needs))

    @property
    def totals(self) -> dict[str, Total]:
        """Every total that --list knows, by name: those shown, then those of the identities."""
        shown = [total for definition in self.definitions.values() for total in definition.totals]
        return {total.name: total for total in [*shown, *(t for identity in self.identities for t in identity.totals)]}
