"""The warning about rows whose end is planned."""

from __future__ import annotations

from collections.abc import Iterator

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.compute.run import Run
from custmetrics_cli.core.result import Notice
from custmetrics_cli.core.time.calendar import day_of
from custmetrics_cli.core.words import plural
from custmetrics_cli.engines.query.run import flag, total


def planned_warnings(run: Run) -> Iterator[Notice]:
    """Yield W277 for each table with planned ends up to the end of the periods: without the plan these customers would be lost."""
    last_days = {table: day for view in run.views for table, day in view.last_end_days.items()}
    for table, day in last_days.items():
        if "ended_at" in run.loaded.frames[table].collect_schema().names() and _count(run, table, day, run.question.periods[-1].end_number):
            rows = plural(_count(run, table, day, FAR), f"row of {table} is", f"rows of {table} are")
            last = f"{day_of(day)}, {'the day of --as-of' if run.question.as_of == day_of(day) else 'the last known day'}"
            text = f"{rows} active with an end after {last}; these ends are planned, so the rows count as still customers"
            yield Notice("W277", text, is_decisive=True)


def _count(run: Run, table: str, day: int, before: int) -> int:
    """Return the number of rows that end between two days."""

    def count() -> int:
        return total(run.loaded.used(table).select(count=flag((nw.col("ended_at") > day) & (nw.col("ended_at") < before))), "count")

    return run.cache.once(("planned ends", table, day, before), count)
