"""The metric as a value: definitions over totals. No other part of the program knows a metric by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from custmetrics_cli.core.data.dataset import Dataset, FromCounts
from custmetrics_cli.core.data.reading import AS_READ, Need, Reading
from custmetrics_cli.core.data.total import Identity, Total
from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.interval_method import IntervalMethod
from custmetrics_cli.core.options import OptionSpec, Value

# The order of families in help, lists and reports. Other families follow by name.
FAMILIES = ("Customers", "Recurring revenue", "Orders", "Surveys", "Unit economics", "Behaviour", "Cohorts", "Outlook")


def family_rank(family: str) -> int:
    return FAMILIES.index(family) if family in FAMILIES else len(FAMILIES)


class Band(NamedTuple):
    """A word for the values below a limit."""

    word: str
    limit: int | None = None  # None: no upper limit
    inclusive: bool = False  # the limit itself belongs to this band, not to the next

    def contains(self, value: Fraction) -> bool:
        return self.limit is None or value < self.limit or (self.inclusive and value == self.limit)


class RuleOfThumb(NamedTuple):
    """Words for a value. They are shown only if the user gave the option."""

    option: str  # its symbol
    bands: tuple[Band, ...]  # from the lowest to the highest

    def word(self, value: Fraction | None, options: Mapping[str, Value]) -> str | None:
        if value is None or self.option not in options:
            return None
        return next(band.word for band in self.bands if band.contains(value))


class Source(NamedTuple):
    """The source of a definition that another system documents."""

    profile: str
    vendor: str
    page: str
    date: str  # the month in which the page was read
    confidence: str
    choices: Mapping[str, str] = {}  # axis -> value
    open: tuple[str, ...] = ()  # axes that the source does not document: they are as in our own definition


class Over(NamedTuple):
    """A value over other periods than the one asked for, by a name that the formula uses."""

    name: str
    definition: Definition
    periods: str  # see compute/windows.py
    is_mean: bool = False  # the mean of the values of the periods; else their sum


class Definition(NamedTuple):
    """One definition of a metric: a formula over totals.

    The formula may name its totals, `months` and `days` of the period, options, and the metrics in `uses`.
    """

    formula: Formula
    totals: tuple[Total, ...]
    description: str = ""
    interval: IntervalMethod | None = None
    uses: tuple[Metric, ...] = ()
    whole_months: bool = False  # answers only periods of whole calendar months
    unit: str = ""  # "": the unit of the metric
    pending_totals: tuple[Total, ...] = ()  # while one of these is not 0, the result is incomplete
    exhibits: tuple[FromCounts, ...] = ()  # each reads a table or a curve, shown beside the value
    rule_of_thumb: RuleOfThumb | None = None
    how: str = ""  # the value in words, over its totals: "{lost} of {opening:customer} lost"; '': the formula with its numbers
    not_zero: tuple[str, str] = ("", "")  # a total, and the reason for no value in the group (none) where it is 0
    warnings: tuple[FromCounts, ...] = ()  # each reads a Notice or None from all periods and groups together
    model: FromCounts | None = None  # reads a Fitted, whose numbers the formula may name
    model_numbers: Mapping[str, str] = {}  # numbers of the model -> description
    across_groups: FromCounts | None = None  # reads an Across from the counts of each group of --by
    window: str = ""  # the days that are counted; '': the period (compute/windows.py)
    over: Over | None = None
    reading: Reading = AS_READ
    needs_columns: tuple[Need, ...] = ()  # without which the reading is our own
    source: Source | None = None
    shares: tuple[str, ...] = ()  # totals that divide a whole, from the best to the worst: drawn as stacked shares

    @property
    def needed_totals(self) -> tuple[Total, ...]:
        """The totals that the formula names, directly or through other metrics: without them there is no answer."""
        own = [total for total in self.totals if total.required or total.name in self.formula.names]
        over = self.over.definition.needed_totals if self.over else ()
        return (*own, *over, *(total for used in self.uses for total in used.standard.needed_totals))

    @property
    def datasets(self) -> tuple[Dataset, ...]:
        """Every dataset that it counts from; one may occur several times."""
        data = self.interval.data if self.interval else None
        read = [each.dataset for each in (data, self.model, self.across_groups, *self.exhibits, *self.warnings) if each]
        own = [total.dataset for total in (*self.totals, *self.pending_totals)]
        own += self.over.definition.datasets if self.over else ()
        return (*own, *read, *(rows for metric in self.uses for rows in metric.standard.datasets))

    @property
    def needs(self) -> tuple[tuple[str, ...], ...]:
        """The alternative sets of tables that answer it, without those that contain another."""
        choices = product(*(dataset.needs for dataset in {id(dataset): dataset for dataset in self.datasets}.values()))
        needs = dict.fromkeys(tuple(dict.fromkeys(table for tables in choice for table in tables)) for choice in choices)
        return tuple(tables for tables in needs if not any({*other} < {*tables} for other in needs))

    @property
    def names(self) -> frozenset[str]:
        """Every name in its formula and in the formulas of the metrics that it uses."""
        return frozenset(self.formula.names).union(*(metric.standard.names for metric in self.uses))


@dataclass(frozen=True, eq=False, repr=False)
class Metric:
    """A number that people ask for by name."""

    name: str
    title: str
    asks: str  # the question it answers
    unit: str  # ratio, count, months, points or money
    better: str  # higher, lower or ""
    family: str  # its group in help and reports
    definitions: Mapping[str, Definition]  # the first is "standard"
    example: str  # arguments after the name that run on sample_data
    worked_example: str = ""  # a small example with its value, for people
    identities: tuple[Identity, ...] = ()
    notes: str = ""
    aliases: tuple[str, ...] = ()
    order: int = 99  # within its family
    value_title: str = ""  # the title of its one value in a report, where that is a part of the metric
    report_list: str = ""  # the totals that a report lists, separated by commas, unless settings choose others
    is_key: bool = False  # a report shows it among the key numbers, unless settings choose others
    options: tuple[OptionSpec, ...] = ()
    subjects: Mapping[str, str] = field(default_factory=dict)  # words before the files -> definition
    default_period: str = ""  # where the user gives none; "": a period is required

    @property
    def position(self) -> tuple[int, str, int, str]:
        """Its place in help, lists and reports: metrics are sorted by it."""
        return family_rank(self.family), self.family, self.order, self.name

    @property
    def standard(self) -> Definition:
        return self.definitions["standard"]

    def only(self, definition: str) -> Metric:
        """Return the metric with one definition, and the identities over its datasets."""
        chosen = self.definitions[definition]
        identities = [identity for identity in self.identities if identity.holds_under(chosen.datasets, chosen.reading)]
        return replace(self, definitions={definition: chosen}, identities=tuple(identities))

    @property
    def symbol(self) -> str:
        """Its name in the formulas of other metrics."""
        return self.name.replace("-", "_")

    def unit_of(self, definition: str) -> str:
        return self.definitions[definition].unit or self.unit

    @property
    def datasets(self) -> tuple[Dataset, ...]:
        """Every dataset that it counts from, once; those of its shown totals come first, because they decide the groups."""
        shown = [total.dataset for definition in self.definitions.values() for total in definition.totals]
        others = [dataset for definition in self.definitions.values() for dataset in definition.datasets]
        return tuple({id(dataset): dataset for dataset in [*shown, *others]}.values())

    @property
    def needs(self) -> tuple[tuple[str, ...], ...]:
        """The alternative sets of tables that answer one definition or another."""
        return tuple(dict.fromkeys(tables for definition in self.definitions.values() for tables in definition.needs))

    @property
    def totals(self) -> dict[str, Total]:
        """Every total that --list accepts, by name: the shown totals, then those of the identities."""
        shown = [total for definition in self.definitions.values() for total in definition.totals]
        return {total.name: total for total in [*shown, *(total for identity in self.identities for total in identity.totals)]}
