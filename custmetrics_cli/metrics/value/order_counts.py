"""From the orders of customers to a fitted model: parameters, customers who are still alive, and orders to expect.

All numbers of a model leave as counts of one period and group, so that a list and a value come from the same fit. Keys of counts:
(REASON, text), why no model can be fitted; (PARAMETER, name); (LOW, name) and (HIGH, name), ends of an interval;
(HELD, repeat orders, name), the days held back.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from custmetrics_cli.core.data.counts import OUTSIDE, DetailedCounts
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.fitted import exact
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.formula import Number
from custmetrics_cli.metrics.shared.counting import Counted, with_details
from custmetrics_cli.metrics.value.order_fits import YEAR, Alive, NoModel, fit_orders

if TYPE_CHECKING:
    from custmetrics_cli.metrics.shared.rates import Rates

REASON, PARAMETER, LOW, HIGH, HELD = "reason", "parameter", "low", "high", "held"
MOST_REPEATS = 7  # customers with more repeat orders are compared together
DETAIL_PARTS = 10_000


class Window(NamedTuple):
    """The last day of the orders that are fitted, and the last one of those that are compared with the model."""

    fitted: int
    compared: int


def count_customers(view: TableView, scope: Scope, window: Window, period: int, rates: Rates | None, rows: Any) -> Counted:
    """Fit each group of customers."""
    import numpy as np

    if not len(rows["id"]):
        return
    numbers = {int(number): view.group_of(int(number)) for number in np.unique(rows["group"])}
    groups = np.array([numbers[int(number)] for number in rows["group"]])
    for group in sorted({*numbers.values()} - {OUTSIDE}):
        chosen = {name: column[groups == group] for name, column in rows.items()}
        table = _customers(chosen, window, rates)
        fitted = fit_orders(table, str(scope.options["model"]), str(scope.options["unit"]), window.compared - window.fitted)
        if scope.with_ids:
            yield from ((period, group, counts) for counts in _listed(table, fitted))
        else:
            yield period, group, _counts(table, fitted)


def _customers(rows: Mapping[str, Any], window: Window, rates: Rates | None) -> dict[str, Any]:
    """Return one row per customer, in order of id: repeat orders, recency, age, later orders, money."""
    import numpy as np

    _, first, where = np.unique(rows["id"], return_index=True, return_inverse=True)
    found = {name: rows[name][first] for name in ("id", "first", "last", "orders", "later")}
    has_rounds = "age" in rows
    table = {
        "id": found["id"],
        "frequency": found["orders"] - (0 if has_rounds else 1),
        "recency": found["last"] - (0 if has_rounds else found["first"]),
        "age": rows["age"][first] if has_rounds else window.fitted - found["first"],
        "later": found["later"],
    }
    if rates is not None:
        amounts = [
            float(int(amount) * Fraction(rates.at(int(currency), int(step))))
            for amount, currency, step in zip(rows["amount"], rows["currency"], rows["rate_step"], strict=True)
        ]
        table["spent"] = np.bincount(where.reshape(-1), weights=amounts, minlength=len(first))
    return table


def _counts(table: Mapping[str, Any], fitted: Alive | NoModel) -> dict[Any, Number]:
    """Return the numbers of a model, and the totals behind it."""
    counts: dict[Any, Number] = {"customers": len(table["id"]), "repeat": int((table["frequency"] > 0).sum())}
    if "spent" in table:
        counts["repeat_spent"] = exact(float(table["spent"].sum()))
    if isinstance(fitted, NoModel):
        return counts | {(REASON, fitted.reason): 1}
    counts |= {(PARAMETER, name): exact(value) for name, value in fitted.parameters.items()}
    counts |= {name: exact(value) for name, value in fitted.sums.items()}
    for name, ends in fitted.intervals.items():
        counts |= {(LOW, name): exact(ends.low), (HIGH, name): exact(ends.high)}
    return counts | dict(_held(table, fitted))


def _held(table: Mapping[str, Any], fitted: Alive) -> Iterator[tuple[Any, Number]]:
    """Yield the orders of the days held back, expected and actual, by the repeat orders before."""
    if fitted.held is None:
        return
    repeats = table["frequency"].clip(0, MOST_REPEATS)
    for number in sorted({*repeats.tolist()}):
        of = repeats == number
        yield (HELD, number, "customers"), int(of.sum())
        yield (HELD, number, "expected"), exact(float(fitted.held[of].sum()))
        yield (HELD, number, "actual"), int(table["later"][of].sum())


def _listed(table: Mapping[str, Any], fitted: Alive | NoModel) -> Iterator[DetailedCounts]:
    """Yield each customer with the model's numbers in units of Dataset.parts."""
    names = ("alive", "orders", "value") if "spent" in table else ("alive", "orders")
    for at, customer in enumerate(table["id"]):
        frequency = int(table["frequency"][at])
        shown = [_part(fitted, name, at) for name in names]
        spent = {"repeat_spent": round(float(table["spent"][at]))} if "spent" in table else {}
        yield with_details({"customers": 1, "repeat": int(frequency > 0), **spent}, (frequency, *shown), customer)


def _part(fitted: Alive | NoModel, name: str, at: int) -> int | None:
    """Return a number of one customer in units of Dataset.parts."""
    if isinstance(fitted, NoModel):
        return None
    return round(float(getattr(fitted, name)[at]) * DETAIL_PARTS)


__all__ = ["HELD", "HIGH", "LOW", "PARAMETER", "REASON", "YEAR", "Window", "count_customers"]
