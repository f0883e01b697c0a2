"""The metric of the next months."""

from __future__ import annotations

import re
from fractions import Fraction

from custmetrics_cli.columns import MONEY_PARTS
from custmetrics_cli.core.data.dataset import Dataset, FromCounts
from custmetrics_cli.core.data.total import Total
from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.interval_method import IntervalMethod
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.core.options import OptionSpec, whole
from custmetrics_cli.metrics.customers.totals import CUSTOMERS
from custmetrics_cli.metrics.purchases.money_totals import PURCHASES
from custmetrics_cli.metrics.revenue.totals import LEDGER
from custmetrics_cli.metrics.shared.intervals import fitted_interval

SOURCES = {"mrr": LEDGER, "customers": CUSTOMERS, "revenue": PURCHASES}
PARTS = {"mrr": MONEY_PARTS, "customers": 1, "revenue": MONEY_PARTS}
TITLES = {"mrr": "MRR on the last day", "customers": "customers on the last day", "revenue": "revenue of the month"}
MOST_MONTHS = 60
SCALES = {"": 1, "k": 1_000, "m": 1_000_000}
GOAL_TEXT = re.compile(
    r"\s*(?:(?:mrr|customers|revenue)\s*>=?\s*)?([0-9][0-9,_]{0,20}(?:\.[0-9]{1,6})?)\s*([kKmM]?)\s+by\s+([0-9]{4}-(?:0[1-9]|1[0-2]))\s*"
)


def goal(text: str) -> str:
    """Read a goal.

    >>> goal("mrr > 500k by 2023-12")
    '500000 by 2023-12'
    """
    found = GOAL_TEXT.fullmatch(text)
    if not found:
        raise ValueError("is not a goal", "write it as '500k by 2023-12'")
    amount = Fraction(found[1].replace(",", "").replace("_", "")) * SCALES[found[2].lower()]
    return f"{amount} by {found[3]}"


def number_of_months(text: str) -> str:
    """Read a number of months from 1 to 60. It stays a text: in formulas, months is the length of the period.

    >>> number_of_months("6")
    '6'
    """
    if whole(text) > MOST_MONTHS:
        raise ValueError("is too far ahead", f"pass at most {MOST_MONTHS}")
    return str(whole(text))


MONTHS = OptionSpec("months", "Months to forecast", "NUMBER", number_of_months, "12")
METHOD = OptionSpec(
    "method", "Method of the forecast", "NAME", str, choices=("movements", "drift", "theta", "flat"), when_absent="the best on past months"
)
GOAL = OptionSpec("goal", "Show how likely a level is, such as '500k by 2023-12'", "GOAL", goal)


def _last(subject: str, dataset: Dataset) -> Total:
    needs = () if subject == "revenue" else ("ended_at",)
    unit = "count" if subject == "customers" else "money"
    return Total(
        "last",
        f"{TITLES[subject]}, in the last complete month",
        dataset,
        "last",
        needs=needs,
        unit=unit,
        parts=PARTS[subject],
        required=True,
    )


def _definition(subject: str) -> Definition:
    source, made = SOURCES[subject], "forecast.months:monthly"
    dataset = source._replace(name=f"{subject} by month", make=made, arguments=(subject,), detail_columns={}, day_columns="", checks=())
    return Definition(
        Formula("forecast"),
        (_last(subject, dataset),),
        f"expected {TITLES[subject]}, if the past goes on",
        IntervalMethod(fitted_interval, ("past errors",)),
        unit="count" if subject == "customers" else "money",
        model=FromCounts(dataset, "forecast.fits:forecast", (subject,)),
        model_numbers={"forecast": "value of the last month that is forecast"},
        how="from {last}",
    )


forecast = Metric(
    name="forecast",
    title="Forecast",
    asks="What will MRR, customers or revenue be in the next months?",
    unit="money",
    better="higher",
    family="Outlook",
    order=1,
    definitions={"standard": _definition("mrr"), "customers": _definition("customers"), "revenue": _definition("revenue")},
    subjects={"mrr": "standard", "customers": "customers", "revenue": "revenue"},
    example="mrr subscriptions.csv",
    worked_example="MRR of 100 in each of 12 months: after 12 more months = 100.00",
    notes="The forecast follows the last complete month up to the end of the period.",
    options=(MONTHS, METHOD, GOAL),
    default_period="all",
)
METRICS = (forecast,)
