"""A model of orders fitted to the customers of one group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from custmetrics_cli.columns import MONEY_PARTS
from custmetrics_cli.core.words import plural
from custmetrics_cli.stats.intervals import Interval
from custmetrics_cli.stats.models.bg_bb import BgBb
from custmetrics_cli.stats.models.delta import interval
from custmetrics_cli.stats.models.maximise import Fit
from custmetrics_cli.stats.models.orders import BgNbd, OrderModel, Orders, ParetoNbd
from custmetrics_cli.stats.models.spending import Spending, expected_amount, fit_spending

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

MODELS: Mapping[str, OrderModel] = {"bg-nbd": BgNbd(), "pareto-nbd": ParetoNbd(), "bg-bb": BgBb()}
DAYS = {"day": 1.0, "week": 7.0, "month": 365.25 / 12}
YEAR = 365  # days of the next twelve months
FEWEST = 100  # customers
MOST_CELLS = 20_000  # different customers: above it, their days are rounded for the fit
NO_REPEATS = "no customer ordered again, so nothing can be fitted"
NOT_CONVERGED = "the model does not converge: these orders do not fix its parameters"
NO_MEAN = "the amounts differ too much between customers for a mean"


class NoModel(NamedTuple):
    """The reason why no model can be fitted."""

    reason: str


class Alive(NamedTuple):
    """A fitted model. The arrays have one number per customer."""

    parameters: Mapping[str, float]  # with log_likelihood
    alive: Floats
    orders: Floats  # in the next year
    value: Floats | None  # of these orders, in hundredths of the currency
    held: Floats | None  # orders expected in the days held back
    sums: Mapping[str, float]
    intervals: Mapping[str, Interval]


def fit_orders(table: Mapping[str, Any], model_name: str, unit: str, held_days: int) -> Alive | NoModel:
    """Fit a model to the customers of a table."""
    count, model = len(table["id"]), MODELS[model_name]
    if count < FEWEST:
        return NoModel(f"{plural(count, 'customer is', 'customers are')} too few for this model: it needs {FEWEST}")
    if not table["frequency"].any():
        return NoModel(NO_REPEATS)
    scale = 1.0 if model_name == BgBb.name else DAYS[unit]
    cells, where = _cells(table, scale)
    fit = model.fit(_fitted_cells(cells, scale))
    if not fit.converged:
        return NoModel(NOT_CONVERGED)
    spending = _spending(table) if "spent" in table else None
    if isinstance(spending, NoModel):
        return spending
    return _alive(table, model, fit, spending, cells, where, (YEAR / DAYS[unit], held_days / DAYS[unit]))


def _alive(
    table: Mapping[str, Any], model: OrderModel, fit: Fit, spending: Fit | None, cells: Orders, where: Any, spans: tuple[float, float]
) -> Alive:
    year, held = (round(span) if model.name == BgBb.name else span for span in spans)
    alive, orders = model.alive(fit, cells)[where], model.expected(fit, cells, year)[where]
    parameters = {**dict(zip(model.parameters, fit.parameters, strict=True)), "log_likelihood": fit.log_likelihood}
    sums = {"expected_alive": float(alive.sum()), "expected_orders": float(orders.sum())}
    found = {
        "expected_alive": interval([fit], lambda at: float((model.alive(at, cells) * cells.customers).sum()), float(len(where))),
        "expected_orders": interval([fit], lambda at: float((model.expected(at, cells, year) * cells.customers).sum())),
    }
    value = None
    if spending:
        parameters |= dict(zip(("p", "q", "v"), spending.parameters, strict=True))
        value = orders * _amounts(table, spending)
        sums["expected_value"] = float(value.sum())
        found["expected_value"] = interval(
            [fit, spending], lambda one, other: float((model.expected(one, cells, year)[where] * _amounts(table, other)).sum())
        )
    ahead = model.expected(fit, cells, held)[where] if held else None
    return Alive(parameters, alive, orders, value, ahead, sums, {name: ends for name, ends in found.items() if isinstance(ends, Interval)})


def _cells(table: Mapping[str, Any], scale: float) -> tuple[Orders, Any]:
    """Return the different customers in units of time, and which of them each customer is."""
    import numpy as np

    stacked = np.stack([table["frequency"], table["recency"], table["age"]])
    distinct, where, counts = np.unique(stacked, axis=1, return_inverse=True, return_counts=True)
    x, recency, age = distinct.astype(float)
    return Orders(x, recency / scale, age / scale, counts.astype(float)), where.reshape(-1)


def _fitted_cells(cells: Orders, scale: float) -> Orders:
    """Return the same customers, with days rounded to wider steps until few enough differ."""
    import numpy as np

    step = 1
    while len(cells.frequency) > MOST_CELLS:
        step *= 2
        rounded = [np.rint(each * scale / step) * step / scale for each in (cells.recency, cells.age)]
        distinct, where = np.unique(np.stack([cells.frequency, *rounded]), axis=1, return_inverse=True)
        x, recency, age = distinct
        cells = Orders(x, recency, age, np.bincount(where.reshape(-1), weights=cells.customers).astype(float))
    return cells


def _spending(table: Mapping[str, Any]) -> Fit | NoModel:
    """Fit the mean amounts of customers with repeat orders."""
    import numpy as np

    of = (table["frequency"] > 0) & (table["spent"] > 0)
    frequency, spent = table["frequency"][of].astype(float), table["spent"][of] / MONEY_PARTS
    if len(spent) < FEWEST:
        few = plural(len(spent), "customer with repeat orders is", "customers with repeat orders are")
        return NoModel(f"{few} too few for their amounts: {FEWEST} are needed")
    distinct, counts = np.unique(np.stack([frequency, spent / frequency]), axis=1, return_counts=True)
    fit = fit_spending(Spending(distinct[0], distinct[1], counts.astype(float)))
    if not fit.converged:
        return NoModel(NOT_CONVERGED)
    return fit if fit.parameters[1] > 1 else NoModel(NO_MEAN)


def _amounts(table: Mapping[str, Any], spending: Fit) -> Floats:
    frequency = table["frequency"].astype(float)
    return expected_amount(spending, frequency, table["spent"] / MONEY_PARTS / frequency.clip(1))
