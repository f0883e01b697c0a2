"""What if customers stayed longer, paid more or cost less: constant monthly churn, carried on for a year."""

from __future__ import annotations

from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.options import OptionSpec
from custmetrics_cli.core.whatif import Lever, Outcome, WhatIf, amount, points
from custmetrics_cli.metrics.economics.acquisition_metrics import cac
from custmetrics_cli.metrics.economics.value_metrics import clv
from custmetrics_cli.metrics.revenue.metrics import arpa

LEAVES = "nobody leaves"
NOBODY = "nobody was a customer in the period"
MONTHLY = {"stay": Formula("retention ** (1 / months)")}
YEAR = " + ".join(["1", "stay", *(f"stay ** {month}" for month in range(2, 12))])

WHATIF = WhatIf(
    model=(
        "every month the same share of customers leaves, the rest stay: those lost in the months of the period, over those at their start",
        "retention is that of as many such months as the period has; a change of it in points changes every month alike",
        "who pays at the closing pays the ARPA on, as long as they stay; nobody new comes, nobody pays more or less",
        "revenue of the next 12 months: the MRR at the closing, in the first of them whole, then less by who leaves every month",
    ),
    metrics=(clv, arpa, cac),
    quantities={
        "stay": Formula("1 - lost_months / opening_months", NOBODY),
        "retention": Formula("(1 - lost_months / opening_months) ** months", NOBODY),
        "payers": Formula("payers"),
        "margin": Formula("margin"),
        "months": Formula("months"),
    },
    levers=(
        Lever(OptionSpec("retention", "Retention over the period, in points", "+POINTS", points), "retention", share=True, follows=MONTHLY),
        Lever(
            OptionSpec("churn", "Churn over the period, in points", "+POINTS", points),
            "retention",
            share=True,
            inverted=True,
            follows=MONTHLY,
        ),
        Lever(OptionSpec("arpa", "Revenue per customer and month, in money or percent", "+AMOUNT", amount), "arpa"),
        Lever(OptionSpec("cac", "Cost to win a customer, in money or percent", "+AMOUNT", amount), "cac"),
    ),
    outcomes=(
        Outcome("retention", "Retention over the period", "ratio", Formula("retention")),
        Outcome("monthly-churn", "Churn a month", "ratio", Formula("1 - stay")),
        Outcome("lifetime", "Customer lifetime", "months", Formula("1 / (1 - stay)", LEAVES)),
        Outcome("arpa", "Revenue per customer and month", "money", Formula("arpa")),
        Outcome("clv", "Customer lifetime value", "money", Formula("arpa * margin / (1 - stay)", LEAVES)),
        Outcome("cac", "Cost to win a customer", "money", Formula("cac"), needs="cac"),
        Outcome("clv-cac", "Lifetime value over that cost", "times", Formula("arpa * margin / (1 - stay) / cac", LEAVES), needs="cac"),
        Outcome("revenue", "Revenue of the next 12 months", "money", Formula(f"payers * arpa * ({YEAR})")),
    ),
)
