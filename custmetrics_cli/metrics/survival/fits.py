"""Survival curves from counted stints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from custmetrics_cli.core.data.counts import Counts, CountsByPeriod
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.fitted import Across, Fitted, exact, finite, rounded
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.exhibits import Curve, Point
from custmetrics_cli.core.words import plural
from custmetrics_cli.metrics.survival.frames import CENSORED, ENTRY, EXIT
from custmetrics_cli.stats.intervals import Estimated, Interval, NoInterval
from custmetrics_cli.stats.models import survival
from custmetrics_cli.stats.models.log_rank import log_rank

KINDS = {1: "unclear", 2: "voluntary", 3: "involuntary"}
LISTED = {"day": (7, 14, 30, 60, 90, 180, 365, 730, 1095, 1460, 1825, 3650), "month": (1, 2, 3, 6, 9, 12, 18, 24, 36, 48, 60, 120)}
MOST_LISTED = 15
SIGNIFICANT, LEAST_P = 0.05, 0.001
ONE_DAY = "all customers left on one day, so their ages do not differ by more than their starts"
ONE_AGE = "all customers left at one age"
NOBODY = "no customer is followed in the period"
NO_ENDS = "no customer left in the period: all are censored"


def histogram(counts: Counts) -> survival.Histogram:
    """Return the stints of one period and group by age."""
    entries: dict[int, int] = defaultdict(int)
    censored: dict[int, int] = defaultdict(int)
    ends: dict[int, dict[int, int]] = defaultdict(dict)
    for key, count in counts.items():
        number = int(count)
        match key:
            case (str() as name, int() as age) if name == ENTRY and number:
                entries[age] = number
            case (str() as name, int() as age, int() as kind) if name == EXIT and number:
                if kind == CENSORED:
                    censored[age] = number
                else:
                    ends[age][kind] = number
    return survival.Histogram(entries, ends, censored)


def curve(view: TableView, scope: Scope, counts: CountsByPeriod, period: int, value: str) -> Fitted:
    """Return the survival curve. value: the name of the number that is the answer."""
    found, unit = counts.during(period), str(scope.options["unit"])
    stints = histogram(found)
    if reason := _no_curve(found, stints):
        return Fitted(reason, _unit(value, unit), facts=_facts(stints, [], unit))
    steps = survival.steps(stints)
    last = max((*stints.censored, *stints.ends))
    at = int(scope.options.get("at") or {"day": 365, "month": 12}[unit])
    here = survival.at_age(steps, at)
    numbers = {"median": survival.quantile(steps), "restricted_mean": survival.mean_within(steps, last), "within": last}
    numbers |= {"survival_at": (here.survival if here else 1.0) if at <= last else None, "age": at}
    shown = {value, {"restricted_mean": "within", "survival_at": "age"}.get(value, value)}
    known = {name: exact(number) for name, number in numbers.items() if number is not None and name in shown}
    units = dict.fromkeys(("median", "restricted_mean", "within", "age"), f"{unit}s") | {"survival_at": "ratio"}
    reasons = {
        "median": f"more than half of the customers are still there after {plural(last, unit)}",
        "survival_at": f"no customer is followed for {plural(at, unit)}",
    }
    return Fitted(
        None if value in known else reasons[value],
        _unit(value, unit),
        known,
        units,
        _facts(stints, steps, unit),
        _interval(value, steps, here),
        _curves(steps, last, unit),
    )


def _unit(value: str, unit: str) -> str:
    return "ratio" if value == "survival_at" else f"{unit}s"


def _no_curve(counts: Counts, stints: survival.Histogram) -> str | None:
    """Return why no curve can be drawn."""
    if not stints.customers:
        return NOBODY
    if not stints.ended:
        return NO_ENDS
    if stints.censored:
        return None
    ended, days, squares = (int(counts.get(name, 0)) for name in ("ended", "end_days", "end_squares"))
    if ended * squares == days * days:
        return ONE_DAY
    return ONE_AGE if len(stints.ends) == 1 else None


def _interval(value: str, steps: Sequence[survival.Step], here: survival.Step | None) -> Estimated | None:
    if value == "median":
        found = survival.median_interval(steps)
        return found if isfinite(found.low) else NoInterval("the interval of the curve stays above one half")
    if value == "survival_at" and here:
        return Interval(here.low, here.high, survival.METHOD)
    return None


def _curves(steps: Sequence[survival.Step], last: int, unit: str) -> tuple[Curve, ...]:
    """Return the curve of survival. If the file has reasons, also return the share that left by each one."""
    ages = sorted({0, *(step.age for step in steps), *(age for age in LISTED[unit] if age <= last)})
    at = {age: survival.at_age(steps, age) for age in ages} if len(steps) <= MOST_LISTED else _by_age(steps, ages)
    points = tuple(Point(age, exact(step.survival if step else 1.0), _limits(step)) for age, step in at.items())
    shown = () if len(ages) <= MOST_LISTED else tuple(n for n, age in enumerate(ages) if age in (*LISTED[unit], ages[-1]))
    reasons = [kind for kind in (steps[-1].incidence if steps else ()) if kind in KINDS]
    left = [_incidence(kind, at, unit, shown) for kind in reasons if reasons != [1]]
    return (Curve("still there", points, "ratio", unit, shown), *left)


def _by_age(steps: Sequence[survival.Step], ages: Sequence[int]) -> dict[int, survival.Step | None]:
    """Return the step that holds at each age, in one pass."""
    found: dict[int, survival.Step | None] = {}
    number = -1
    for age in ages:
        while number + 1 < len(steps) and steps[number + 1].age <= age:
            number += 1
        found[age] = steps[number] if number >= 0 else None
    return found


def _limits(step: survival.Step | None) -> Interval | None:
    return Interval(rounded(step.low), rounded(step.high), survival.METHOD) if step else None


def _incidence(kind: int, at: Mapping[int, survival.Step | None], unit: str, shown: tuple[int, ...]) -> Curve:
    points = tuple(Point(age, exact(step.incidence[kind] if step else 0.0)) for age, step in at.items())
    return Curve(f"left, {KINDS[kind]}", points, "ratio", unit, shown)


def _facts(stints: survival.Histogram, steps: Sequence[survival.Step], unit: str) -> dict[str, Any]:
    median = survival.median_interval(steps) if steps else None
    last = max((*stints.censored, *stints.ends), default=0)
    return {
        "name": "kaplan-meier",
        "unit": unit,
        "customers": stints.customers,
        "ended": stints.ended,
        "censored": sum(stints.censored.values()),
        "median": survival.quantile(steps),
        "median_interval": [finite(median.low), finite(median.high)] if median else None,
        "restricted_mean": rounded(survival.mean_within(steps, last)) if steps else None,
        "curve": [_step(step) for step in steps],
    }


def _step(step: survival.Step) -> dict[str, Any]:
    return {
        "age": step.age,
        "at_risk": step.at_risk,
        "ended": step.ended,
        "survival": rounded(step.survival),
        "low": rounded(step.low),
        "high": rounded(step.high),
        "hazard": rounded(step.hazard),
        "left": {KINDS[kind]: rounded(share) for kind, share in step.incidence.items()},
    }


def differences(view: TableView, scope: Scope, counts: Mapping[Any, CountsByPeriod], period: int) -> Across:
    """Compare the curves of the groups with the log-rank test."""
    groups = {group: histogram(each.during(period)) for group, each in sorted(counts.items(), key=lambda item: str(item[0]))}
    found = log_rank({group: stints for group, stints in groups.items() if stints.customers})
    if found is None:
        return Across()
    names = [", ".join(word or "(none)" for word in group) for group, stints in groups.items() if stints.customers]
    p = f"p = {found.p:.3f}" if found.p >= LEAST_P else f"p < {LEAST_P}"
    listed = " and ".join((", ".join(names[:-1]), names[-1]))
    verdict = "differ" if found.p < SIGNIFICANT else "do not differ significantly"
    text = f"the curves of {listed} {verdict} (log-rank test: {p})"
    facts = {"chi_squared": rounded(found.chi_squared), "degrees": found.degrees, "p": rounded(found.p)}
    return Across({"log_rank": facts}, (text,))
