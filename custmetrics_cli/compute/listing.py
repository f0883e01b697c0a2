"""The customers behind a total, or the rows behind a warning."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.compute.completeness import EPOCH
from custmetrics_cli.compute.question import Question
from custmetrics_cli.compute.run import Run
from custmetrics_cli.compute.source import Source
from custmetrics_cli.engine import collect
from custmetrics_cli.errors import CustmetricsError, Problem, near
from custmetrics_cli.metric import OUTSIDE, WHOLE, Ask, Check, Harvest, Metric, Total
from custmetrics_cli.result import Listing

Row = tuple[str | int | None, ...]


def listing(question: Question, loaded: Any, name: str) -> Listing:
    """Raises CustmetricsError E128 when no total, check or finding is called so."""
    metric = question.metrics[0][0]
    if name in metric.totals:
        return _of_total(Run(question, loaded), metric, metric.totals[name])
    checks = {check.name: check for check in metric.checks}
    if name in checks:
        return _of_check(Run(question, loaded), metric, checks[name])
    if name in loaded.lists:
        found: Listing = loaded.lists[name]
        return found
    known = [*metric.totals, *checks, *loaded.lists]
    raise CustmetricsError(Problem("E128", f"{metric.name} has no total {name!r}", hint=near(name, known)))


def _of_total(run: Run, metric: Metric, total: Total) -> Listing:
    """One row per customer and group, with its count where it can exceed one."""
    source, period = run.source(total.rows), run.question.period
    periods = period.calendar_months() if total.monthly else (period,)
    harvests = total.rows.make(source, Ask(periods, run.question.gap, named=True))
    spans = source.once("spans", lambda: {row["id"]: row for row in collect(_span(source))})
    counted = _counted(harvests, total, len(periods))
    rows = [(g, who, n, spans[who]["s"], spans[who]["e"]) for (who, g), n in counted.items() if n]
    return Listing(
        total.name,
        total.means,
        (*run.question.by, "customer_id", "started_at", "ended_at", "count"),
        _sorted(run, source, rows),
        period,
        run.loaded.inputs,
        run.loaded.warnings,
    )


def _counted(harvests: Sequence[Harvest], total: Total, n: int) -> dict[tuple[Any, int], int]:
    """What each customer adds to the total over n periods: a level counts in every period after what made it."""
    found: dict[tuple[Any, int], int] = defaultdict(int)
    for harvest in harvests:
        for row in collect(harvest.frame):
            for k, g, counts in harvest.unfold(row):
                if k <= n and g not in (OUTSIDE, WHOLE):
                    flow = counts.get(total.flow, 0) if k else 0
                    found[row["id"], g] += flow + counts.get(total.carried, 0) * (n - k)
    return found


def _span(source: Source) -> nw.LazyFrame[Any]:
    """The first and last day of each customer."""
    return source.frame().group_by("id").agg(s=nw.col("started_at").min(), e=nw.col("ended_at").max())


def _sorted(run: Run, source: Source, rows: list[tuple[Any, ...]]) -> list[Row]:
    names = run.loaded.ids([row[1] for row in rows])
    ordered = sorted(zip([row[0] for row in rows], names, rows, strict=True))
    return [(*source.groups.name(g).values(), name, day(row[3]), day(row[4]), row[2]) for g, name, row in ordered]


def day(number: int) -> str | None:
    """A day number as text; an open end is None."""
    return None if abs(number) >= FAR else dt.date.fromordinal(EPOCH + number).isoformat()


def found(run: Run, metric: Metric, check: Check, named: bool = False) -> nw.LazyFrame[Any] | None:
    """The rows of a check; None where it cannot be asked of these tables."""
    source = run.source(metric.standard.totals[0].rows)
    return check.find(source, Ask(run.question.periods, run.question.gap, named))


def _of_check(run: Run, metric: Metric, check: Check) -> Listing:
    frame = found(run, metric, check, named=True)
    rows = [] if frame is None else collect(frame)
    names = run.loaded.ids([row["id"] for row in rows])
    days = [column for column in ("started_at", "ended_at") if rows and column in rows[0]]
    listed = sorted((name, *(row[column] for column in days), row["n"]) for name, row in zip(names, rows, strict=True))
    shown = [(row[0], *(day(number) for number in row[1:-1]), row[-1]) for row in listed]
    means = check.message.format(n=sum(row["n"] for row in rows))
    return Listing(check.name, means, ("customer_id", *days, "count"), shown, run.question.period, run.loaded.inputs, run.loaded.warnings)
