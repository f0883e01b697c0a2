"""The metric of customers who still order."""

from __future__ import annotations

import datetime as dt
import re

from custmetrics_cli.columns import MONEY_PARTS
from custmetrics_cli.core.data.dataset import Dataset, FromCounts
from custmetrics_cli.core.data.total import Total
from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.interval_method import IntervalMethod
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.core.options import OptionSpec
from custmetrics_cli.metrics.shared.intervals import fitted_interval

SPAN = re.compile(r"\s*([1-9][0-9]{0,4})\s*(d|day|days|w|week|weeks|m|month|months)?\s*")
DAYS = {"w": 7.0, "m": 365.25 / 12}


def day(text: str) -> str:
    """Read a day.

    >>> day("1997-09-30")
    '1997-09-30'
    """
    try:
        return dt.date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise ValueError("is not a day", "write it as 2022-04-05") from None


def span(text: str) -> int:
    """Read a number of days, weeks or months, in days.

    >>> span("12w"), span("90"), span("3 months")
    (84, 90, 91)
    """
    found = SPAN.fullmatch(text.casefold())
    if not found:
        raise ValueError("is not a length of time", "write it as 12w, 90d or 3m")
    return round(int(found[1]) * DAYS.get((found[2] or "d")[0], 1.0))


MODEL = OptionSpec("model", "Model of the orders", "NAME", str, "bg-nbd", ("bg-nbd", "pareto-nbd", "bg-bb"))
UNIT = OptionSpec("unit", "Unit of time of the parameters; for bg-bb the length of a round", "UNIT", str, "week", ("day", "week", "month"))
UNTIL = OptionSpec("until", "Last day of the orders that are used", "DAY", day, when_absent="the last day of the data", common=False)
HOLDOUT = OptionSpec("holdout", "Hold back the last 12w (or 90d, 3m) and compare them with the model", "SPAN", span)
OPTIONS = (MODEL, UNIT, UNTIL, HOLDOUT)


ORDERS = Dataset(
    "customers by orders",
    needs=(("purchases",),),
    make="value.order_frames:customers",
    reads=("date", "amount"),
    detail_columns={"repeat_orders": "count", "alive": "ratio", "orders_next_year": "number"},
    parts=10_000,
    listed_by=("alive", "orders_next_year"),
)
SPENDING = ORDERS._replace(
    name="customers by orders and amounts",
    arguments=(True,),
    detail_columns={**ORDERS.detail_columns, "value_next_year": "money"},
    listed_by=("value_next_year",),
)


def _totals(dataset: Dataset) -> tuple[Total, Total]:
    return (
        Total("customers", "customers with an order up to the last day", dataset, "customers"),
        Total("repeat", "of these, with an order on a later day than the first", dataset, "repeat"),
    )


customers, repeat = _totals(ORDERS)
REPEAT_SPENT = Total(
    "repeat_spent", "paid for orders after the day of the first one", SPENDING, "repeat_spent", unit="money", parts=MONEY_PARTS
)
NUMBERS = {
    "expected_alive": "sum of the probabilities that a customer has not stopped",
    "expected_orders": "orders to expect in the next 365 days",
    "expected_value": "payments to expect in the next 365 days",
}
INTERVAL = IntervalMethod(fitted_interval, ("delta",))


def _model(dataset: Dataset, value: str) -> FromCounts:
    return FromCounts(dataset, "value.order_models:model", (value,))


alive = Metric(
    name="alive",
    title="Customers who still order",
    asks="What share of customers will order again, how often and for how much?",
    unit="ratio",
    better="higher",
    family="Orders",
    order=8,
    definitions={
        "standard": Definition(
            Formula("expected_alive / customers", "no customer ordered up to this day"),
            (customers, repeat),
            "the mean probability that a customer has not stopped ordering",
            INTERVAL,
            model_numbers=NUMBERS,
            model=_model(ORDERS, "expected_alive"),
        ),
        "orders": Definition(
            Formula("expected_orders"),
            (customers, repeat),
            "orders to expect of these customers in the next 365 days",
            INTERVAL,
            model_numbers=NUMBERS,
            model=_model(ORDERS, "expected_orders"),
            unit="count",
            how="{repeat} of {customers:customer} ordered again so far",
        ),
        "value": Definition(
            Formula("expected_value"),
            (*_totals(SPENDING), REPEAT_SPENT),
            "what these customers will pay in the next 365 days, before costs",
            INTERVAL,
            model_numbers=NUMBERS,
            model=_model(SPENDING, "expected_value"),
            unit="money",
            how="{repeat} of {customers:customer} ordered again so far",
        ),
    },
    example="--unit week purchases.csv",
    worked_example="100 customers, 50 of them ordered again, most of them lately: 74.8269 / 100 = 74.83 %",
    notes="All orders up to the end of the period count. In bg-nbd only customers with a repeat order can have stopped.",
    options=OPTIONS,
    default_period="all",
)
METRICS = (alive,)
