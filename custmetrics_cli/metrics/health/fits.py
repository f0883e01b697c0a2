"""The answer of health, from its counts: the record of the signals, the calibration and what further tables would add."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from custmetrics_cli.core.data.counts import Counts, CountsByPeriod
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.fitted import Fitted, exact, rounded
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.exhibits import Table, TableRow
from custmetrics_cli.core.formula import Number
from custmetrics_cli.core.time.calendar import day_of
from custmetrics_cli.core.words import plural
from custmetrics_cli.metrics.health.days import day_of_state
from custmetrics_cli.metrics.health.records import CALIBRATION, FACT, FEWEST_LEAVERS, SIGNAL, signals_of
from custmetrics_cli.metrics.health.signals import SIGNALS, missing_tables

NOBODY = "no customers at the end of the period"


def health(view: TableView, scope: Scope, counts: CountsByPeriod, period: int) -> Fitted:
    """Return the customers at risk, with the record of each signal."""
    found = counts.during(period)
    customers = int(found.get("customers", 0))
    facts: dict[str, Any] = {"name": "naive-bayes", "unit": "day", "customers": customers}
    if not customers:
        return Fitted(NOBODY, facts=facts)
    signals = [_signal(found, name) for name in signals_of(found)]
    leavers = int(found.get((FACT, "past_leavers"), 0))
    areas = {name: rounded(float(found[FACT, name])) for name in ("auc", "naive_auc") if (FACT, name) in found}
    calibration = _calibration(found)
    facts |= {"past_leavers": leavers, "signals": signals, "calibration": calibration, **areas}
    facts["missing_tables"] = {table: list(names) for table, names in missing_tables(view).items()}
    has_score = "chance" in found
    numbers: dict[str, Number] = {"expected_lost": exact(float(found["expected"]))} if has_score else {}
    return Fitted(
        numbers=numbers,
        facts=facts,
        exhibits=(_signal_table(found), *((_calibration_table(calibration),) if calibration else ())),
        lines=(*_early(scope, period), *_lines(view, scope, leavers, has_score, areas)),
    )


def _early(scope: Scope, number: int) -> list[str]:
    """Say on which day the data ends, if that is before the end of the period."""
    period = scope.periods[number - 1]
    day = day_of_state(scope, period)
    return [] if day == period.end_number else [f"the data ends before the period: these are the customers on {day_of(day - 1)}"]


def _signal(found: Counts, name: str) -> dict[str, Any]:
    def number(what: str) -> float | None:
        return rounded(float(found[SIGNAL, name, what])) if (SIGNAL, name, what) in found else None

    now = {"customers": int(found.get(name, 0)), "past_marked": number("marked"), "past_left": number("left")}
    return {"name": name, **now, "lift": number("lift"), "low": number("low"), "high": number("high")}


def _signal_table(found: Counts) -> Table:
    """Return the signals: customers now, and the lift in the past with its interval; empty where it could not be measured."""
    rows = []
    for signal in SIGNALS:
        if found.get((SIGNAL, signal.name, "known")) or found.get(signal.name):
            cells = tuple(_cell(found, signal.name, what) for what in ("lift", "low", "high"))
            rows.append(TableRow(signal.name, int(found.get(signal.name, 0)), cells))
    return Table("signal", ("lift", "from", "to"), tuple(rows), "times")


def _cell(found: Counts, name: str, what: str) -> Number | None:
    return found.get((SIGNAL, name, what))


def _calibration(found: Counts) -> list[dict[str, Any]]:
    numbers = sorted(key[1] for key in found if isinstance(key, tuple) and key[0] == CALIBRATION and key[2] == "size")
    names = ("size", "expected", "left")
    return [{name: rounded(float(found.get((CALIBRATION, number, name), 0))) for name in names} for number in numbers]


def _calibration_table(calibration: list[dict[str, Any]]) -> Table:
    """Return expected and actual leavers of the last observations, from the lowest score to the highest."""
    rows = tuple(
        TableRow(f"group {number}", int(row["size"]), (exact(row["expected"] / row["size"]), Fraction(int(row["left"]), int(row["size"]))))
        for number, row in enumerate(calibration, 1)
    )
    return Table("score, low to high", ("expected to leave", "left"), rows, "ratio")


def _lines(view: TableView, scope: Scope, leavers: int, has_score: bool, areas: dict[str, float]) -> list[str]:
    """Return what to know about the answer."""
    said = []
    if not has_score:
        of = plural(leavers, "past leaver is", "past leavers are")
        said.append(f"no score: {of} too few, it needs {FEWEST_LEAVERS}; the signals alone mark customers")
    if "auc" in areas:
        naive = f"; silent for 30 days: {areas['naive_auc']:.2f}" if "naive_auc" in areas else ""
        said.append(f"area under the curve on the last observations: {areas['auc']:.2f}{naive} (0.5 is chance)")
    said += [f"{table} would add: {', '.join(names)}" for table, names in missing_tables(view).items()]
    return said
