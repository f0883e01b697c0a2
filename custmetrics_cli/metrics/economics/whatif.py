"""The what-if model: customers stay longer, pay more or cost less. Monthly churn is constant for a year."""

from __future__ import annotations

from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.options import OptionSpec
from custmetrics_cli.core.whatif import Lever, Outcome, WhatIf, amount, points
from custmetrics_cli.metrics.customers.metrics import retention
from custmetrics_cli.metrics.economics.acquisition_metrics import cac
from custmetrics_cli.metrics.economics.value_metrics import clv
from custmetrics_cli.metrics.revenue.metrics import arpa

NO_CHURN = "no customer leaves"
NO_CUSTOMERS = "no customers in the period"
# Every month keeps as much more as the whole period does. If nobody was kept, all months are alike.
STAY = {"stay": (Formula("stay_before * (retention / retention_before) ** (1 / months)"), Formula("retention ** (1 / months)"))}
YEAR = " + ".join(["1", "stay", *(f"stay ** {month}" for month in range(2, 12))])

WHATIF = WhatIf(
    model=(
        "The same share of customers leaves every month: the average monthly churn of the period.",
        "Retention is the metric of the period. A change of it in points changes every month alike.",
        "Today's payers keep paying the average: no new customers, no price changes.",
        "Revenue of the next 12 months: the closing MRR in the first month, then less by those who leave each month.",
    ),
    metrics=(clv, retention, arpa, cac),
    quantities={
        "stay": Formula("1 - lost_months / opening_months", NO_CUSTOMERS),
        "payers": Formula("payers"),
        "margin": Formula("margin"),
        "months": Formula("months"),
    },
    levers=(
        Lever(
            OptionSpec("retention", "Change of retention over the period, in points", "+POINTS", points),
            "retention",
            share=True,
            follows=STAY,
        ),
        Lever(
            OptionSpec("churn", "Change of churn over the period, in points", "+POINTS", points),
            "retention",
            share=True,
            inverted=True,
            follows=STAY,
        ),
        Lever(OptionSpec("arpa", "Change of revenue per customer and month, in money or percent", "+AMOUNT", amount), "arpa"),
        Lever(OptionSpec("cac", "Change of acquisition cost, in money or percent", "+AMOUNT", amount), "cac"),
    ),
    outcomes=(
        Outcome("retention", "Retention over the period", "ratio", Formula("retention")),
        Outcome("monthly-churn", "Monthly churn", "ratio", Formula("1 - stay")),
        Outcome("lifetime", "Customer lifetime", "months", Formula("1 / (1 - stay)", NO_CHURN)),
        Outcome("arpa", "Revenue per customer and month", "money", Formula("arpa")),
        Outcome("clv", "Customer lifetime value", "money", Formula("arpa * margin / (1 - stay)", NO_CHURN)),
        Outcome("cac", "Customer acquisition cost", "money", Formula("cac"), needs="cac"),
        Outcome(
            "clv-cac", "Lifetime value to acquisition cost", "times", Formula("arpa * margin / (1 - stay) / cac", NO_CHURN), needs="cac"
        ),
        Outcome("revenue", "Revenue of the next 12 months", "money", Formula(f"payers * arpa * ({YEAR})")),
    ),
)
