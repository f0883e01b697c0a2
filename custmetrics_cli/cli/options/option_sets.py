"""The options. A command takes one of these classes; an empty value always means: left out.

repr and eq are left out because making them for so many fields takes a noticeable part of --help.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, TypeVar

import typer

from custmetrics_cli.cli.options.fields import ENGINE, INPUT, OUTPUT, PERIOD, SPLIT, many, switch, text, whole
from custmetrics_cli.engines.base import ENGINES
from custmetrics_cli.render import FORMATS
from custmetrics_cli.tables import POLICIES

FOUND = "found out"
FILES = typer.Argument(metavar="FILES", help="Files, folders, TABLE=FILE; - is standard input", show_default=False)
SIDES = typer.Argument(metavar="OLD NEW", help="Two exports: files, folders, TABLE=FILE", show_default=False)
METRIC = typer.Argument(metavar="METRIC", help="Name of a metric", show_default=False)


Kind = TypeVar("Kind")


def with_policies(kind: type[Kind]) -> type[Kind]:
    """Gives a class an option for every policy that some table declares."""
    for policy in POLICIES.values():
        name = field_of(policy.name)
        kind.__annotations__[name] = "str"
        setattr(kind, name, text(INPUT, policy.about, "HOW", default=policy.default, choices=tuple(policy.values)))
    return kind


def field_of(option: str) -> str:
    """The field behind an option's name."""
    return option.replace("-", "_")


@dataclass(kw_only=True, repr=False, eq=False)
class CommonOptions:
    """What every command takes."""

    color: str = text(OUTPUT, "Colours", "WHEN", default="auto", choices=("auto", "always", "never"))
    quiet: bool = switch(OUTPUT, "No warnings, no progress", short="-q")
    config: str = text(ENGINE, "Settings file", "FILE", when_absent="custmetrics.toml or pyproject.toml, found upward")
    no_config: bool = switch(ENGINE, "Read no settings file")
    debug: bool = switch(ENGINE, "Show the traceback of a fault of ours")
    flags = frozenset[str]()  # names of the options that were given as flags


@dataclass(kw_only=True, repr=False, eq=False)
class OutputOptions(CommonOptions):
    """Where text goes."""

    output: str = text(OUTPUT, "Write to this file, whole or not at all", "FILE", short="-o", when_absent="standard output")


@dataclass(kw_only=True, repr=False, eq=False)
class FormatOptions(OutputOptions):
    """How an answer is written."""

    format: str = text(
        OUTPUT,
        "Format",
        "NAME",
        short="-f",
        choices=tuple(FORMATS),
        when_absent="by the suffix of -o, else table",
    )
    json: bool = switch(OUTPUT, "The same as --format json")


@dataclass(kw_only=True, repr=False, eq=False)
@with_policies
class InputOptions(FormatOptions):
    """How files are read."""

    files: Annotated[list[str], FILES] = field(default_factory=list)
    column: list[str] = field(
        default_factory=list, metadata=many(INPUT, 'A header said by hand: started_at="Signed up"', "NAME=HEADER", when_absent=FOUND)
    )
    preset: list[str] = field(
        default_factory=list, metadata=many(INPUT, "Whose export a file is, as custmetrics presets names it", "NAME", when_absent=FOUND)
    )
    amounts: str = text(INPUT, "What amounts are in", "UNIT", choices=("units", "cents"), when_absent="as the preset says, else units")
    date_order: str = text(INPUT, "What 03/04/2022 means", "ORDER", choices=("dmy", "mdy", "ymd"), when_absent=FOUND)
    decimal: str = text(INPUT, "Decimal mark, . or ,", "MARK", when_absent=FOUND)
    encoding: str = text(INPUT, "Encoding of the files", "NAME", when_absent=FOUND)
    delimiter: str = text(INPUT, "What stands between cells: , ; | or tab", "MARK", when_absent=FOUND)
    quote: str = text(INPUT, "What stands around a cell", "MARK", when_absent=FOUND)
    header_row: int = whole(INPUT, "Line of the header, from 1", "LINE", when_absent=FOUND)
    fx: str = text(INPUT, "Rates of exchange, a file with the columns date, from, to, rate", "FILE", when_absent="none")
    tz: str = text(INPUT, "Reporting zone, to which dates with a time and a zone go", "ZONE", default="UTC")
    ends: str = text(
        INPUT,
        "ended_at is the first day no longer served (exclusive) or the last day served",
        "HOW",
        default="exclusive",
        choices=("exclusive", "inclusive"),
    )
    today: str = text(PERIOD, "The day from which last-month and the like count", "DAY", when_absent="the clock's")


@dataclass(kw_only=True, repr=False, eq=False)
class LoadOptions(InputOptions):
    """How the rows are loaded."""

    skip_bad_rows: bool = switch(INPUT, "Set rows with errors aside, and count them")
    rejects: str = text(INPUT, "Write the rows so set aside to this CSV file", "FILE", when_absent="not written")
    engine: str = text(ENGINE, "What computes", "NAME", default="auto", choices=("auto", *ENGINES))
    memory: str = text(ENGINE, "Memory to stay within, as 4GB", "SIZE", when_absent="the engine's own")


@dataclass(kw_only=True, repr=False, eq=False)
class PeriodOptions(LoadOptions):
    """Of which time and of which rows metrics are computed."""

    period: str = text(
        PERIOD,
        "2022, 2022-H1, 2022-Q2, 2022-04, 2022-W14, A..B, last-quarter",
        "PERIOD",
        short="-p",
        when_absent="none, it must be said",
    )
    as_of: str = text(PERIOD, "The last day the data knows of", "DAY", when_absent="the newest date in it")
    quiet_days: int = whole(PERIOD, "Days without news at the end that still count as known", "DAYS", default=7)
    fiscal_year_start: int = whole(PERIOD, "Month in which the year starts", "MONTH", default=1)
    where: list[str] = field(
        default_factory=list, metadata=many(SPLIT, "Rows with country=DE (= != in < >)", "TEST", when_absent="all rows")
    )
    currency: str = text(INPUT, "The currency in which money is answered", "CODE", when_absent="that of the files")
    gap: int = whole(SPLIT, "Days a customer may be away without being lost", "DAYS")


@dataclass(kw_only=True, repr=False, eq=False)
class CompareOptions(PeriodOptions):
    """Beside what values are shown."""

    compare: str = text(
        SPLIT, "Beside another period, said, or", "WITH", choices=("previous", "year-ago"), only=False, when_absent="not compared"
    )
    target: list[str] = field(
        default_factory=list,
        metadata=many(SPLIT, "Shown as met or missed, as 'churn < 5%'; in a settings file below [targets]", "TEST", when_absent="none"),
    )
    benchmarks: str = text(
        SPLIT,
        "Beside what others published: a CSV file of your own, beside those shipped, or",
        "FILE",
        default="none",
        choices=("none", "shipped"),
        only=False,
    )


@dataclass(kw_only=True, repr=False, eq=False)
class ComputeOptions(CompareOptions):
    """How a metric is computed."""

    every: str = text(
        PERIOD, "A series, one result per", "STEP", choices=("day", "week", "month", "quarter", "year"), when_absent="the period as a whole"
    )
    by: list[str] = field(
        default_factory=list, metadata=many(SPLIT, "Split by this column, or TABLE.COLUMN", "COLUMN", when_absent="not split")
    )
    definition: str = text(SPLIT, "Another reading of the metric", "NAME", default="standard")


@dataclass(kw_only=True, repr=False, eq=False)
class ReportOptions(CompareOptions):
    """What a report shows of every metric."""

    compare: str = text(SPLIT, "Beside another period, said, or", "WITH", default="previous", choices=("previous", "year-ago"), only=False)
    benchmarks: str = text(
        SPLIT,
        "Beside what others published: a CSV file of your own, beside those shipped, or",
        "FILE",
        default="shipped",
        choices=("none", "shipped"),
        only=False,
    )
    trend: int = whole(PERIOD, "Periods as long as this one in the trend, this one included", "NUMBER", default=8)
    fail_if: list[str] = field(
        default_factory=list, metadata=many(OUTPUT, "Status 1 when this holds, as 'churn > 5%'", "TEST", when_absent="never")
    )


@dataclass(kw_only=True, repr=False, eq=False)
class DiffOptions(PeriodOptions):
    """What is shown of two exports that differ."""

    files: Annotated[list[str], SIDES] = field(default_factory=list)
    rows: int = whole(OUTPUT, "Rows shown of each table", "NUMBER", when_absent="20 for people, all in data")
    fail_if_changed: bool = switch(OUTPUT, "Status 1 when a metric of the period differs")


@dataclass(kw_only=True, repr=False, eq=False)
class MetricOptions(ComputeOptions):
    """What a metric is asked for."""

    listed: str = text(SPLIT, "The customers behind this total", "TOTAL", name="list", when_absent="the metric itself")
    fail_if: str = text(OUTPUT, "Status 1 when this holds, as 'churn > 5%'", "TEST", when_absent="never")


@dataclass(kw_only=True, repr=False, eq=False)
class MetricWithCommentsOptions(MetricOptions):
    """The same of a metric for which people wrote something."""

    comments: str = text(SPLIT, "The comments behind this total", "TOTAL", when_absent="the metric itself")


@dataclass(kw_only=True, repr=False, eq=False)
class ExplainOptions(ComputeOptions):
    """A metric, and perhaps files to fill its numbers in from."""

    metric: Annotated[str, METRIC]


PRESET = typer.Argument(metavar="[NAME]", help="A preset to print", show_default=False)


@dataclass(kw_only=True, repr=False, eq=False)
class PresetOptions(FormatOptions):
    """One preset, or none for the list of them."""

    name: Annotated[str, PRESET] = ""


@dataclass(kw_only=True, repr=False, eq=False)
class InitOptions(InputOptions):
    """A folder of exports for which settings are to be found."""

    write: str = text(OUTPUT, "The settings file to make", "FILE", when_absent="custmetrics.toml in the folder")


@dataclass(kw_only=True, repr=False, eq=False)
class InspectOptions(InputOptions):
    """Files to be looked at."""

    write: str = text(OUTPUT, "Save what was found out as a settings file", "FILE", when_absent="not saved")
