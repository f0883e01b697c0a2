"""`custmetrics reconcile`: the documented rules that give a number shown elsewhere."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from custmetrics_cli.cli.command import COMPARE_AND_PLAN, Command
from custmetrics_cli.cli.options.declare import argument, option, switch
from custmetrics_cli.cli.options.metric_options import all_options, reject_foreign
from custmetrics_cli.cli.options.question import PeriodOptions
from custmetrics_cli.core.options import REQUIRED, SPLIT, OptionSpec

if TYPE_CHECKING:
    from custmetrics_cli.compute.definitions.reconcile import Reported

HELP = """Find the documented rules that give a number shown elsewhere

The search starts at the definitions of all systems and changes at most one choice, two with --wide. It lists the \
definitions that give the number within its rounding, the nearest first.

Example: custmetrics reconcile churn --reported 5.5% --period 2022-Q2 sample_data/customers.csv"""
NUMBER = re.compile(r"\s*([+-]?)(\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.(\d{1,9}))?\s*(%?)\s*")
DECIMAL_COMMA = re.compile(r"(?<![\d,])(\d+),(\d{1,2})(?!\d)")
LARGEST_SHARE = 2  # of a ratio without a percent sign; a larger number may be a percentage


class ReconcileOptions(PeriodOptions):
    """A metric, and the number shown elsewhere."""

    metric: str = argument("METRIC", "name of the metric", required=True)
    reported: str = option("Number shown elsewhere, with its decimals", "VALUE", panel=SPLIT, when_absent=REQUIRED, common=True)
    wide: bool = switch("Change two choices instead of one", panel=SPLIT, common=True)


def run(options: ReconcileOptions) -> int:
    """Write the definitions that fit."""
    from custmetrics_cli.cli.commands.look_up.explain import metric_named
    from custmetrics_cli.cli.definitions.ask import asked_of, loaded_values
    from custmetrics_cli.cli.terminal.messages import print_warnings
    from custmetrics_cli.cli.terminal.output import choose_format, write_document
    from custmetrics_cli.cli.terminal.progress import progress
    from custmetrics_cli.compute.definitions.reconcile import reconcile
    from custmetrics_cli.render.documents.reconciliation import ReconciliationDocument

    metric = metric_named(options.metric)
    reject_foreign(metric, options.flags)
    reported = reported_value(options.reported, metric.unit)
    asked = asked_of(metric, options, "reconcile")
    format = choose_format(options)
    with progress(options), loaded_values(asked, options, "reconcile", more=1) as values:
        starts = [("ours", asked.ours), *((each.name, asked.choices(each)) for each in asked.profiles)]
        found = reconcile(values, reported, starts, 2 if options.wide else 1)
    write_document(ReconciliationDocument(found), options, format)
    print_warnings(found.warnings, options.quiet)
    return 0


def reported_value(text: str, unit: str) -> Reported:
    """Return a reported value with the ends of its rounding. Raises CustmetricsError E155.

    >>> reported_value("4.7%", "ratio")[1:]
    (Fraction(93, 2000), Fraction(19, 400))
    >>> reported_value("1,234.5", "money")[1:]
    (Fraction(24689, 20), Fraction(24691, 20))
    """
    from custmetrics_cli.compute.definitions.reconcile import Reported

    value, half = OptionSpec("reported", "", "VALUE", _reader(unit)).parse(text or "-")
    return Reported(text.strip(), value - half, value + half)


def _reader(unit: str):  # type: ignore[no-untyped-def]
    """Return a reader of a number and half of its last decimal."""

    def read(text: str) -> tuple[Fraction, Fraction]:
        match = NUMBER.fullmatch(DECIMAL_COMMA.sub(r"\1.\2", text.replace("\u00a0", " ").replace("−", "-")))
        if not match:
            raise ValueError("is not a number", "write it as the other system shows it, such as 4.7% or 1,234.50")
        sign, whole, decimals, percent = match.groups()
        value = Fraction(f"{sign}{whole.replace(',', '')}.{decimals or 0}")
        half = Fraction(1, 2 * 10 ** len(decimals or ""))
        if percent and unit != "ratio":
            raise ValueError("is a percentage, but this metric is not a rate", "leave out the percent sign")
        if unit == "ratio" and not percent and abs(value) > LARGEST_SHARE:
            raise ValueError("is too large for a share", f"write it with a percent sign: {text.strip()}%")
        return (value / 100, half / 100) if percent else (value, half)

    return read


COMMAND = Command(run, ReconcileOptions, HELP, COMPARE_AND_PLAN, order=4, metric_options=all_options)
