"""Metrics of customers: how many there are, how many leave, stay and join."""

from __future__ import annotations

from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.metrics.customers import totals as t
from custmetrics_cli.metrics.shared.intervals import EVENTS, KEPT, annualised, inverse, share

FAMILY = "Customers"
NO_CUSTOMERS = "no customers at the start of the period"
ALL_TOTALS = (
    t.opening, t.new, t.reactivated, t.moved_in, t.lost, t.moved_out, t.closing, t.kept, t.starts, t.returns, t.ends,
    t.new_and_lost, t.back_and_lost, t.lost_and_back, t.leaving, t.voluntary, t.involuntary,
)  # fmt: skip

customers = Metric(
    name="customers",
    title="Customers",
    asks="How many customers do we have, and how did the number change?",
    unit="count",
    better="higher",
    family=FAMILY,
    is_key=True,
    order=1,
    definitions={"standard": Definition(Formula("closing"), ALL_TOTALS, "customers on the last day of the period")},
    identities=t.IDENTITIES,
    example="--period 2022-Q2 customers.csv",
    worked_example="4 customers at the start, 1 new, 1 reactivated, 1 lost: 4 + 1 + 1 - 1 = 5",
)
churn = Metric(
    name="churn",
    title="Customer churn rate",
    asks="What share of customers did we lose?",
    unit="ratio",
    better="lower",
    family=FAMILY,
    is_key=True,
    order=2,
    definitions={
        "standard": Definition(
            Formula("lost / opening", NO_CUSTOMERS),
            (t.lost, t.opening),
            "customers gained during the period are not counted in either number",
            share("lost", "opening", EVENTS),
            how="{lost} of {opening:customer} lost",
            warnings=(t.UNDATED,),
        ),
        "voluntary": Definition(
            Formula("voluntary / opening", NO_CUSTOMERS),
            (t.voluntary, t.opening),
            "only customers who decided to leave, by the reason in the file",
            share("voluntary", "opening", EVENTS),
            how="{voluntary} of {opening:customer} decided to leave",
        ),
        "involuntary": Definition(
            Formula("involuntary / opening", NO_CUSTOMERS),
            (t.involuntary, t.opening),
            "only customers whose payment failed, by the reason in the file",
            share("involuntary", "opening", EVENTS),
            how="{involuntary} of {opening:customer} lost by a failed payment",
        ),
    },
    identities=t.IDENTITIES,
    example="--period 2022-Q2 customers.csv",
    worked_example="100 customers at the start, 5 of them lost, 10 new: 5 / 100 = 5.00 %, not 5 / 110",
)
retention = Metric(
    name="retention",
    title="Customer retention rate",
    asks="What share of customers did we keep?",
    unit="ratio",
    better="higher",
    family=FAMILY,
    order=3,
    aliases=("crr",),
    definitions={
        "standard": Definition(
            Formula("kept / opening", NO_CUSTOMERS),
            (t.kept, t.opening),
            "equal to (closing - new - reactivated) / opening, and to 1 - churn",
            share("kept", "opening", KEPT),
            how="{kept} of {opening:customer} kept",
            warnings=(t.UNDATED,),
        ),
        "simple": Definition(
            Formula("closing / opening", NO_CUSTOMERS),
            (t.closing, t.opening),
            "new customers count as kept, so it can exceed 100 %",
            warnings=(t.UNDATED,),
        ),
    },
    identities=t.IDENTITIES,
    example="--period 2022-Q2 customers.csv",
    worked_example="70 customers at the start, 10 of them lost, 30 new: 60 / 70 = 85.71 %, not 90 / 70",
)
annualised_churn = Metric(
    name="annualised-churn",
    title="Annualised churn rate",
    asks="What share of customers would we lose in a year at this rate?",
    unit="ratio",
    better="lower",
    family=FAMILY,
    order=4,
    definitions={
        "standard": Definition(
            Formula("1 - (1 - churn) ** (12 / months)", NO_CUSTOMERS),
            (t.lost, t.opening),
            "churn compounded to twelve months: 5 % a month is 46 % a year, not 60 %",
            annualised("lost", "opening"),
            uses=(churn,),
            warnings=(t.UNDATED,),
        )
    },
    identities=t.IDENTITIES,
    example="--period 2022-04 customers.csv",
    worked_example="5 of 100 customers lost in a month: 1 - (1 - 0.05) ** 12 = 45.96 %, not 12 x 5 %",
)
growth = Metric(
    name="growth",
    title="Customer growth rate",
    asks="By what share did the number of customers grow?",
    unit="ratio",
    better="higher",
    family=FAMILY,
    order=5,
    definitions={
        "standard": Definition(
            Formula("(closing - opening) / opening", NO_CUSTOMERS),
            (t.closing, t.opening),
            how="from {opening} to {closing:customer}",
        )
    },
    identities=t.IDENTITIES,
    example="--period 2022 customers.csv",
    worked_example="70 customers at the start, 90 at the end: (90 - 70) / 70 = 28.57 %",
)
lifetime = Metric(
    name="lifetime",
    title="Customer lifetime",
    asks="How many months does a customer stay at this rate of churn?",
    unit="months",
    better="higher",
    family=FAMILY,
    order=6,
    definitions={
        "standard": Definition(
            Formula("opening_months / lost_months", "no customer was lost in the period"),
            (t.opening_months, t.lost_months),
            "1 divided by the average monthly churn, weighted by customers",
            inverse("lost_months", "opening_months"),
            whole_months=True,
            warnings=(t.UNDATED,),
        )
    },
    identities=t.IDENTITIES,
    example="--period 2022 customers.csv",
    worked_example="100 customers at the start of one month, 5 of them lost in it: 100 / 5 = 20.0 months",
    notes="Only for periods of whole calendar months.",
)
METRICS = (customers, churn, retention, annualised_churn, growth, lifetime)
