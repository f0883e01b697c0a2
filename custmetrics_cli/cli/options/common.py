"""The options that many commands share: output, input and engine. Options of one command are in its own file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from custmetrics_cli.cli.options.declare import Options, argument, option, switch
from custmetrics_cli.cli.options.readers import day, mapping, mark, memory, number, one_of, per_file, share, size, zone
from custmetrics_cli.columns.interval import INTERVALS
from custmetrics_cli.columns.survey_kind import SURVEYS
from custmetrics_cli.core.data.delimiters import DELIMITERS
from custmetrics_cli.core.options import ENGINE, INPUT, OUTPUT, PERIOD, OptionSpec
from custmetrics_cli.engines.base import ENGINES
from custmetrics_cli.render import FORMATS
from custmetrics_cli.render.words import LANGUAGES
from custmetrics_cli.tables import POLICIES

DETECTED = "detected"
ORDERS = ("dmy", "mdy", "ymd")


def policy_options() -> Iterator[OptionSpec]:
    """Yield an option for every policy that a table declares."""
    for policy in POLICIES.values():
        choices = tuple(policy.values)
        yield OptionSpec(policy.name, policy.about, "HOW", default=policy.default, choices=choices, panel=INPUT, common=False)


class CommonOptions(Options):
    """The options of every command."""

    color: str = option("Use colours", "WHEN", panel=OUTPUT, default="auto", choices=("auto", "always", "never"))
    quiet: bool = switch("Hide progress and all but decisive warnings", panel=OUTPUT, short="-q")
    config: str = option(
        "Settings file", "FILE", panel=ENGINE, when_absent="the nearest custmetrics.toml or pyproject.toml, searched upward"
    )
    no_config: bool = switch("Ignore settings files", panel=ENGINE)
    debug: bool = switch("Show the traceback of an internal error", panel=ENGINE)


class OutputOptions(CommonOptions):
    """The options of commands that write text."""

    output: str = option("Write to this file; its suffix sets the format", "FILE", panel=OUTPUT, short="-o", common=True)


class FormatOptions(OutputOptions):
    """The options of commands that write an answer."""

    format: str = option(
        "Format: json, csv, xlsx, pdf, html, markdown, …", "NAME", panel=OUTPUT, short="-f", choices=tuple(FORMATS), common=True
    )
    json: bool = switch("Same as --format json", panel=OUTPUT, common=True)
    excel: bool = switch(
        "Write CSV that Excel opens: a byte order mark, semicolons and decimal commas; with --lang en commas and points", panel=OUTPUT
    )
    lang: str = option("Language of --excel", "LANG", panel=OUTPUT, choices=LANGUAGES, when_absent="one with decimal commas")
    raw: bool = switch("Write CSV for programs: cells keep formulas and invisible characters", panel=OUTPUT)


class InputOptions(FormatOptions, more=policy_options()):
    """The options of commands that read files."""

    files: list[str] = argument("FILES...", "files, folders, FILE#SHEET or TABLE=FILE; - reads standard input", repeats=True)
    column: list[tuple[str, str]] = option(
        'Map a column to a header: started_at="Signed up"',
        "NAME=HEADER",
        mapping,
        panel=INPUT,
        repeats=True,
        when_absent=DETECTED,
        common=True,
    )
    preset: list[str] = option(
        "Read the files as exports of this kind (names: custmetrics presets)", "NAME", panel=INPUT, repeats=True, when_absent=DETECTED
    )
    amounts: str = option("Unit of amounts", "UNIT", panel=INPUT, choices=("units", "cents"), when_absent="that of the preset, or units")
    interval: str = option(
        "Billing interval of files without a column of intervals",
        "INTERVAL",
        panel=INPUT,
        choices=INTERVALS,
        when_absent="month, with a warning",
    )
    kind: str = option("Kind of survey of files without a column of kinds", "KIND", panel=INPUT, choices=SURVEYS[1:])
    positive: list[str] = option(
        "Positive answer of a survey in words; all other words are then not positive", "ANSWER", panel=INPUT, repeats=True
    )
    low_is_good: bool = switch("The lowest score of a survey is the best: 1 = easy", panel=INPUT)
    date_order: list[tuple[str, str]] = option(
        "Order of day, month and year in dates such as 03/04/2022, or FILE=ORDER",
        "ORDER",
        per_file(one_of(*ORDERS)),
        panel=INPUT,
        choices=ORDERS,
        other_values=True,
        repeats=True,
        when_absent=DETECTED,
    )
    decimal: list[tuple[str, str]] = option(
        "Decimal mark, . or , or FILE=MARK", "MARK", per_file(mark(".", ",")), panel=INPUT, repeats=True, when_absent=DETECTED
    )
    encoding: str = option("Encoding of the files", "NAME", panel=INPUT, when_absent=DETECTED)
    delimiter: str = option(
        f"Delimiter: {' '.join(filter(str.isprintable, DELIMITERS))} or tab", "MARK", mark(), panel=INPUT, when_absent=DETECTED
    )
    quote: str = option("Quote character", "MARK", mark(), panel=INPUT, when_absent=DETECTED)
    sheet: str = option("Sheet of a workbook, or table of a database", "NAME", panel=INPUT, when_absent="the one that is a table")
    header_row: int = option("Line number of the header", "LINE", number(), "0", panel=INPUT, when_absent=DETECTED)
    max_unpacked: int = option(
        "Size that archives may unpack to", "SIZE", size, panel=INPUT, when_absent="10GB, and 20 times the size of each archive"
    )
    overlap: str = option(
        "Rows that several files hold: refuse them, count those of the newest file, or keep all",
        "HOW",
        panel=INPUT,
        default="refuse",
        choices=("refuse", "newest", "keep"),
    )
    fx: str = option("File of exchange rates with the columns date, from, to, rate", "FILE", panel=INPUT)
    tz: str = option("Time zone of the report; timestamps are converted to it", "ZONE", zone, panel=INPUT, default="UTC")
    ends: str = option(
        "Meaning of ended_at: the first day without service (exclusive) or the last day with it (inclusive)",
        "HOW",
        panel=INPUT,
        default="exclusive",
        choices=("exclusive", "inclusive"),
    )
    today: date | None = option("Today, for relative periods such as last-month", "DAY", day, panel=PERIOD, when_absent="the current day")


class LoadOptions(InputOptions):
    """The options of commands that compute from the rows of files."""

    skip_bad_rows: bool = switch("Skip and count rows with errors instead of stopping", panel=INPUT)
    max_bad: Fraction = option(
        "Fail if --skip-bad-rows skips more than this share of a file", "SHARE", share, panel=INPUT, when_absent="any"
    )
    rejects: str = option("Write the rows skipped by --skip-bad-rows to this CSV file", "FILE", panel=INPUT)
    engine: str = option("Engine", "NAME", panel=ENGINE, default="auto", choices=("auto", *ENGINES))
    memory: int = option("Memory limit, such as 4GB", "SIZE", memory, panel=ENGINE, when_absent="the limit of the engine")
    master: str = option(
        "Cluster of --engine spark: spark://HOST:7077, yarn, k8s://…, or sc://HOST:15002 for Spark Connect",
        "URL",
        panel=ENGINE,
        when_absent="SPARK_REMOTE, or this machine",
    )
