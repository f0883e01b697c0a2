"""Ages: the time between two days, in days or in whole calendar months."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from custmetrics_cli.engines.query.run import Frame, flag

col, long = nw.col, nw.Int64
TO_YEAR_0 = 719_468  # days from 0000-03-01 to 1970-01-01
ERA, YEARS = 146_097, 400  # days and years after which the calendar repeats itself


def with_age(rows: Frame, start: str, end: str, unit: str, name: str = "age") -> Frame:
    """Add the age on the day `end`: days since the day `start`, or whole calendar months."""
    if unit != "month":
        return rows.with_columns(**{name: col(end).cast(long) - col(start).cast(long)})
    dated = _with_month(_with_month(rows, start, "_from"), end, "_to")
    months = col("_to_month") - col("_from_month") - flag(col("_to_day") < col("_from_day"))
    return dated.with_columns(**{name: months})


def _with_month(rows: Frame, day: str, name: str) -> Frame:
    """Add the number of the month of a day, and the day in it.

    Years begin in March, so that leap days are at their end. Each step is a column of its own: an expression that repeats its parts
    grows too large to plan.
    """
    days, year = f"{name}_days", f"{name}_year"
    rows = rows.with_columns(**{days: (col(day).cast(long) + TO_YEAR_0) % ERA, f"{name}_era": (col(day).cast(long) + TO_YEAR_0) // ERA})
    of_year = (col(days) - col(days) // 1460 + col(days) // 36_524 - col(days) // 146_096) // 365
    rows = rows.with_columns(**{year: of_year})
    rows = rows.with_columns(**{days: col(days) - (365 * col(year) + col(year) // 4 - col(year) // 100)})
    rows = rows.with_columns(**{f"{name}_of_year": (5 * col(days) + 2) // 153})
    number = (col(year) + col(f"{name}_era") * YEARS) * 12 + col(f"{name}_of_year")
    return rows.with_columns(**{f"{name}_month": number, f"{name}_day": col(days) - (153 * col(f"{name}_of_year") + 2) // 5 + 1})
