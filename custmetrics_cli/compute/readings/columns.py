"""The columns and rows that a reading needs beside those of the metric."""

from __future__ import annotations

from custmetrics_cli.core.data.reading import Reading
from custmetrics_cli.profiles.axes import AXES
from custmetrics_cli.tables.shared.end_dates import NO_DAY, NO_END
from custmetrics_cli.tables.shared.other_amounts import DISCOUNTS, amount_name
from custmetrics_cli.tables.shared.table import Selection

SUBSCRIPTION = "subscription_id"
UNPAID_FROM = "unpaid_from"
PAYS_NOTHING = "pays nothing"
SPLITS = ("churn", "keep")  # values of `paused` under which rows do not pause


def day_column(reading: Reading) -> str:
    """Return the column of days that replace ends, '' for none."""
    meaning = AXES["churn-date"].meaning(reading.churn_date)
    return meaning.needs if meaning.needs in ("canceled_at", "paid_through") else ""


def end_column(reading: Reading) -> str:
    """Return the column of ends."""
    return AXES["churn-date"].meaning(reading.churn_date).behind or "ended_at"


def amount_column(reading: Reading) -> str:
    """Return the column of monthly amounts."""
    discounts = reading.discounts if reading.discounts in DISCOUNTS else DISCOUNTS[0]
    return amount_name(discounts, reading.week, reading.day)


def kept_reasons(reading: Reading) -> list[str]:
    """Return the reasons for which our own definition skips rows that this one may use."""
    moved = [NO_DAY.reason, NO_END.reason] if reading.churn_date != "ended" else []
    return [*moved, *([PAYS_NOTHING] if reading.discounts == "ignore" else [])]


def columns_of(reading: Reading) -> Selection:
    """Return what a reading reads from a table of customers."""
    reads = [name for name in (end_column(reading), amount_column(reading)) if name not in ("ended_at", "monthly")]
    reads += [day] if (day := day_column(reading)) else []
    reads += [UNPAID_FROM] if reading.past_due != "keep" else []
    reads += ["paused_at", "resumed_at"] if reading.paused in SPLITS else []
    words = [SUBSCRIPTION] if reading.grain == "subscription" else []
    return Selection(tuple(words), tuple(reads), tuple(kept_reasons(reading)))
