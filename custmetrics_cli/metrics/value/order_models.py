"""The answer of a model of orders, from its counts."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from custmetrics_cli.core.data.counts import Counts, CountsByPeriod
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.fitted import Fitted, rounded
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.exhibits import Curve, Exhibit, Point, Table, TableRow
from custmetrics_cli.core.formula import Number
from custmetrics_cli.metrics.value.order_counts import HELD, HIGH, LOW, MOST_REPEATS, PARAMETER, REASON
from custmetrics_cli.stats.intervals import Interval, NoInterval
from custmetrics_cli.stats.models.delta import METHOD

NO_CUSTOMERS = "no customer ordered up to this day"
SPENDING = ("p", "q", "v")
LIKELIHOOD = "log_likelihood"


def model(view: TableView, scope: Scope, counts: CountsByPeriod, period: int, value: str) -> Fitted:
    """Return the model of one period and group. value: the sum that is the answer."""
    found, name, unit = counts.during(period), str(scope.options["model"]), str(scope.options["unit"])
    customers = int(found.get("customers", 0))
    parameters = {str(key[1]): float(number) for key, number in found.items() if isinstance(key, tuple) and key[0] == PARAMETER}
    facts = _facts(name, unit, customers, parameters)
    reason = next((str(key[1]) for key in found if isinstance(key, tuple) and key[0] == REASON), None)
    if reason or not customers:
        return Fitted(reason or NO_CUSTOMERS, facts=facts)
    numbers: dict[str, Number] = {value: found[value]}
    facts |= {key: rounded(float(found[key])) for key in ("expected_alive", "expected_orders") if key in found}
    held = _held(found)
    return Fitted(
        numbers=numbers,
        units={"expected_value": "money"} if value == "expected_value" else {},
        facts={**facts, **({"held_back": held} if held else {})},
        interval=_interval(found, value, customers),
        exhibits=_exhibits(held),
        lines=(_line(name, unit, parameters),),
    )


def _facts(name: str, unit: str, customers: int, parameters: Mapping[str, float]) -> dict[str, Any]:
    own = {key: rounded(value) for key, value in parameters.items() if key not in (*SPENDING, LIKELIHOOD)}
    spending = {key: rounded(parameters[key]) for key in SPENDING if key in parameters}
    return {
        "name": name,
        "unit": unit,
        "customers": customers,
        "parameters": own or None,
        LIKELIHOOD: rounded(parameters[LIKELIHOOD]) if LIKELIHOOD in parameters else None,
        **({"spending": {"name": "gamma-gamma", "parameters": spending}} if spending else {}),
    }


def _interval(found: Counts, value: str, customers: int) -> Interval | NoInterval:
    if (LOW, value) not in found:
        return NoInterval("the likelihood is too flat for an interval")
    scale = customers if value == "expected_alive" else 1
    return Interval(float(found[LOW, value] / scale), float(found[HIGH, value] / scale), METHOD)


def _held(found: Counts) -> list[dict[str, Any]]:
    """Return the orders of the days held back, by the repeat orders before."""
    repeats = sorted(key[1] for key in found if isinstance(key, tuple) and key[0] == HELD and key[2] == "customers")
    names = ("customers", "expected", "actual")
    return [{"repeat_orders": number, **{name: rounded(float(found[HELD, number, name])) for name in names}} for number in repeats]


def _exhibits(held: list[dict[str, Any]]) -> tuple[Exhibit, ...]:
    """Return expected and actual orders of the days held back: a table, and a curve of each."""
    if not held:
        return ()
    names = [f"{row['repeat_orders']}{'+' if row['repeat_orders'] == MOST_REPEATS else ''}" for row in held]
    rows = [
        TableRow(name, int(row["customers"]), (_hundredth(row["expected"]), int(row["actual"])))
        for name, row in zip(names, held, strict=True)
    ]
    total = (_hundredth(sum(row["expected"] for row in held)), int(sum(row["actual"] for row in held)))
    table = Table("repeat orders before", ("expected orders", "actual orders"), tuple(rows), "count", averages=total, averaged_by="total")
    curves = [
        Curve(
            f"{kind} orders per customer",
            tuple(Point(row["repeat_orders"], _hundredth(row[kind] / row["customers"])) for row in held),
            "count",
            "repeat orders before",
        )
        for kind in ("expected", "actual")
    ]
    return (table, *curves)


def _hundredth(value: float) -> Number:
    return Fraction(round(value * 100), 100)


def _line(name: str, unit: str, parameters: Mapping[str, float]) -> str:
    shown = ", ".join(f"{key} = {value:.3f}" for key, value in parameters.items() if key != LIKELIHOOD)
    return f"model {name}, in {unit}s: {shown}; log-likelihood {parameters[LIKELIHOOD]:,.1f}"
