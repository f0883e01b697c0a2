"""Customers and what becomes of them."""

from __future__ import annotations

from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.metrics.customers import totals as c
from custmetrics_cli.metrics.shared.intervals import annualised, inverse, share

FAMILY = "Customers"
NOBODY = "nobody was a customer when the period began"
LEDGER = (
    c.opening, c.new, c.reactivated, c.moved_in, c.lost, c.moved_out, c.closing, c.kept, c.starts, c.returns, c.ends,
    c.new_and_lost, c.back_and_lost, c.lost_and_back, c.leaving, c.voluntary, c.involuntary,
)  # fmt: skip

customers = Metric(
    name="customers",
    title="Customers",
    asks="How many customers are there when the period ends, and how did that come about?",
    unit="count",
    better="higher",
    family=FAMILY,
    order=1,
    definitions={"standard": Definition(Formula("closing"), LEDGER, "customers on the last day of the period")},
    identities=c.IDENTITIES,
    example="--period 2022-Q2 customers.csv",
    worked_example="4 at the opening, 1 new, 1 reactivated, 1 lost: 4 + 1 + 1 - 1 = 5",
)
churn = Metric(
    name="churn",
    title="Customer churn rate",
    asks="Of the customers there when the period began, what share is gone when it ends?",
    unit="ratio",
    better="lower",
    family=FAMILY,
    order=2,
    definitions={
        "standard": Definition(
            Formula("lost / opening", NOBODY),
            (c.lost, c.opening),
            "customers at the opening who are not there at the closing; who came during the period is in neither",
            share("lost", "opening"),
            how="{lost} of {opening:customer} lost",
        ),
        "voluntary": Definition(
            Formula("voluntary / opening", NOBODY),
            (c.voluntary, c.opening),
            "only those who decided to leave, by the reason given",
            share("voluntary", "opening"),
            how="{voluntary} of {opening:customer} decided to leave",
        ),
        "involuntary": Definition(
            Formula("involuntary / opening", NOBODY),
            (c.involuntary, c.opening),
            "only those whose payment failed, by the reason given",
            share("involuntary", "opening"),
            how="{involuntary} of {opening:customer} lost by a failed payment",
        ),
    },
    identities=c.IDENTITIES,
    example="--period 2022-Q2 customers.csv",
    worked_example="100 at the opening, 5 of them lost, 10 new: 5 / 100 = 5.00 %, not 5 / 110",
)
retention = Metric(
    name="retention",
    title="Customer retention rate",
    asks="Of the customers there when the period began, what share is still there when it ends?",
    unit="ratio",
    better="higher",
    family=FAMILY,
    order=3,
    aliases=("crr",),
    definitions={
        "standard": Definition(
            Formula("kept / opening", NOBODY),
            (c.kept, c.opening),
            "the same as (closing - new - reactivated) / opening, and 1 - churn",
            share("kept", "opening"),
            how="{kept} of {opening:customer} kept",
        ),
        "simple": Definition(
            Formula("closing / opening", NOBODY),
            (c.closing, c.opening),
            "newcomers count as if they had been kept, so it can exceed 100 %",
        ),
    },
    identities=c.IDENTITIES,
    example="--period 2022-Q2 customers.csv",
    worked_example="70 at the opening, 10 of them lost, 30 new: 60 / 70 = 85.71 %, not 90 / 70",
)
annualised_churn = Metric(
    name="annualised-churn",
    title="Annualised churn rate",
    asks="If every month went as this period did, what share of customers would be gone after a year?",
    unit="ratio",
    better="lower",
    family=FAMILY,
    order=4,
    definitions={
        "standard": Definition(
            Formula("1 - (1 - churn) ** (12 / months)", NOBODY),
            (c.lost, c.opening),
            "churn compounded to twelve months: 5 % a month is 46 % a year, not 60 %",
            annualised("lost", "opening"),
            uses=(churn,),
        )
    },
    identities=c.IDENTITIES,
    example="--period 2022-04 customers.csv",
    worked_example="5 of 100 lost in one month: 1 - (1 - 0.05) ** 12 = 45.96 %, not 12 x 5 %",
)
growth = Metric(
    name="growth",
    title="Customer growth rate",
    asks="By what share did the number of customers grow over the period?",
    unit="ratio",
    better="higher",
    family=FAMILY,
    order=5,
    definitions={"standard": Definition(Formula("(closing - opening) / opening", NOBODY), (c.closing, c.opening))},
    identities=c.IDENTITIES,
    example="--period 2022 customers.csv",
    worked_example="70 at the opening, 90 at the closing: (90 - 70) / 70 = 28.57 %",
)
lifetime = Metric(
    name="lifetime",
    title="Customer lifetime",
    asks="How many months does a customer stay, if they go on leaving as they did in this period?",
    unit="months",
    better="higher",
    family=FAMILY,
    order=6,
    definitions={
        "standard": Definition(
            Formula("opening_months / lost_months", "nobody was lost in any month of the period"),
            (c.opening_months, c.lost_months),
            "one over the mean monthly churn, weighted by customers, so that a quarter and its months agree",
            inverse("lost_months", "opening_months"),
            whole_months=True,
        )
    },
    identities=c.IDENTITIES,
    example="--period 2022 customers.csv",
    worked_example="100 at the opening of one month, 5 of them lost in it: 100 / 5 = 20.0 months",
    notes="Only for periods of whole calendar months.",
)
METRICS = (customers, churn, retention, annualised_churn, growth, lifetime)
