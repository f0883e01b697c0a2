"""The options that form a question: the period, the rows, the split and the comparison."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from custmetrics_cli.cli.options.common import LoadOptions
from custmetrics_cli.cli.options.declare import option, rare
from custmetrics_cli.cli.options.readers import age, day, exchange_rate, number
from custmetrics_cli.core.options import INPUT, PERIOD, REQUIRED, SORTS, SPLIT

STEPS = ("day", "week", "month", "quarter", "year")
COMPARE = option(
    "Compare with previous, year-ago or 2021-Q2",
    "WITH",
    panel=SPLIT,
    choices=("previous", "year-ago"),
    other_values=True,
    common=True,
)
BENCHMARKS = option(
    "Show published benchmarks: none, shipped, or these and your own CSV file",
    "FILE",
    panel=SPLIT,
    default="none",
    choices=("none", "shipped"),
    other_values=True,
)


class PeriodOptions(LoadOptions):
    """The options that select the period and the rows."""

    column: list[tuple[str, str]] = rare(LoadOptions, "column")
    period: str = option(
        "Such as 2022, 2022-Q2, 2022-04 or A..B",
        "PERIOD",
        panel=PERIOD,
        short="-p",
        when_absent=REQUIRED,
        common=True,
    )
    as_of: date | None = option(
        "Day of the export: the last day that the data covers", "DAY", day, panel=PERIOD, when_absent="newest date in the files"
    )
    max_age: int | None = option("Fail if the newest day of the data is older, such as 3d", "AGE", age, panel=PERIOD, when_absent="any age")
    quiet_days: int = option(
        "Days without any event at the end that still count as covered", "DAYS", number(0, 3660), panel=PERIOD, default="7"
    )
    fiscal_year_start: int = option("First month of the fiscal year", "MONTH", number(1, 12), panel=PERIOD, default="1")
    where: list[str] = option("Use rows with plan=pro (= != < > in)", "TEST", panel=SPLIT, repeats=True, common=True)
    currency: str = option("Currency of the answer", "CODE", panel=INPUT, when_absent="that of the files")
    rate: list[tuple[str, Fraction]] = option(
        "Exchange rate set by hand, such as EUR=1.08 in the answer's currency", "CODE=RATE", exchange_rate, panel=INPUT, repeats=True
    )
    join: str = option(
        "Match customers of two tables by id; email-if-needed: by e-mail if no id matches",
        "HOW",
        panel=INPUT,
        default="email-if-needed",
        choices=("email-if-needed", "id"),
    )
    gap: int = option("Days a customer may be away without being lost", "DAYS", number(0, 3660), panel=SPLIT, default="0")


class ProfileOptions(PeriodOptions):
    """The options of commands that compute under the definitions of another system."""

    profile: str = option("Use the definitions of this system (names: custmetrics profiles)", "NAME", panel=SPLIT, when_absent="our own")


class CompareOptions(ProfileOptions):
    """The options that put other values beside a value."""

    compare: str = COMPARE
    target: list[str] = option(
        "Show this target as met or missed, such as 'churn < 5%'; in settings: [targets]", "TEST", panel=SPLIT, repeats=True
    )
    benchmarks: str = BENCHMARKS


class ComputeOptions(CompareOptions):
    """The options that say how a metric is computed."""

    every: str = option("One result per day, week, month, quarter or year", "STEP", panel=PERIOD, choices=STEPS, common=True)
    by: list[str] = option("Split by a column or TABLE.COLUMN", "COLUMN", panel=SPLIT, repeats=True, common=True)
    sort: str = option("Order of the groups of --by", "HOW", panel=SPLIT, choices=SORTS, when_absent="value; name in json, csv and tsv")
    limit: int = option("Groups of --by to show; the rest is folded into other", "NUMBER", number(), "0", panel=SPLIT, when_absent="all")
    definition: str = option("Use this definition", "NAME", panel=SPLIT, default="standard", common=True)
