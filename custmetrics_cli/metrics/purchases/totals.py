"""Orders: who bought, how often, for how much. A refund (a negative amount) is no order, but it is taken off revenue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any

from custmetrics_cli.columns import HUNDREDTHS
from custmetrics_cli.core.data.counts import Aggregation
from custmetrics_cli.core.data.dataset import Dataset, DataWarning, Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.data.total import Identity, Total
from custmetrics_cli.core.formula import Formula

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw


def _made(module: str) -> Callable[[TableView, Scope], Sequence[Aggregation]]:
    return lambda source, ask: import_module(f"custmetrics_cli.metrics.purchases.{module}").aggregations(source, ask)


def _of_one_day(view: TableView, scope: Scope) -> nw.LazyFrame[Any]:
    from custmetrics_cli.metrics.purchases.frames import of_one_day

    return of_one_day(view, scope)


ONE_DAY = DataWarning(
    "same_day_buyers",
    "W221",
    "{n} customers ordered several times, but all on one day: if a row is an item and not an order, that is one order each",
    _of_one_day,
    ("repeat_buyers",),
)
TABLES, READS = (("purchases",),), ("date", "amount")
BUYERS = Dataset("buyers", TABLES, _made("frames"), checks=(ONE_DAY,), reads=READS, detail_columns={"orders": "count", "first_ever": "day"})
PAYERS = Dataset("paying customers", TABLES, _made("ranking"), reads=READS)


def _buyers(name: str, means: str, additive: bool = False) -> Total:
    return Total(name, means, BUYERS, flow=name, additive=additive)


def _payers(name: str, means: str, unit: str = "count") -> Total:
    return Total(name, means, PAYERS, flow=name, additive=False, unit=unit, parts=HUNDREDTHS if unit == "money" else 1)


orders = _buyers("orders", "orders in the period", additive=True)
buyers = _buyers("buyers", "customers with an order in the period")
single_buyers = _buyers("single_buyers", "customers with one order in the period")
repeat_buyers = _buyers("repeat_buyers", "customers with two or more orders in the period")
first_buyers = _buyers("first_buyers", "buyers whose first order ever lies in the period")
returning_buyers = _buyers("returning_buyers", "buyers with an order before the period, however long ago")

payers = _payers("payers", "customers whose orders of the period, less refunds, come to more than 0")
net_revenue = _payers("net_revenue", "orders of the period less refunds, of these customers", "money")
top_payers = _payers("top_payers", "of these, those who paid most: as many as --top says, rounded up")
top_revenue = _payers("top_revenue", "net revenue of those who paid most", "money")
core_payers = _payers("core_payers", "the fewest of these whose net revenue makes 80 % of all")

OF_ORDERS = Identity(Formula("single_buyers + repeat_buyers"), Formula("buyers"), (single_buyers, repeat_buyers, buyers, orders))
OF_BUYERS = Identity(Formula("first_buyers + returning_buyers"), Formula("buyers"), (first_buyers, returning_buyers, buyers))
