"""Metrics of revenue retention: customers are compared at the start and at the end of a period."""

from __future__ import annotations

from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.metrics.revenue import totals as t
from custmetrics_cli.metrics.shared.intervals import growth_of_opening, loss_of_opening

FAMILY = "Recurring revenue"
NO_OPENING_MRR = "no MRR at the start of the period"

grr = Metric(
    name="grr",
    title="Gross revenue retention",
    asks="What share of the opening MRR was kept, ignoring expansion?",
    unit="ratio",
    better="higher",
    family=FAMILY,
    order=21,
    definitions={
        "standard": Definition(
            Formula("retained_mrr / base_mrr", NO_OPENING_MRR),
            (t.retained_mrr, t.base_mrr),
            "the smaller of opening and closing MRR of each customer; never above 100 %",
            loss_of_opening(t.CUSTOMERS_AT_OPENING, kept=True),
            how="{retained_mrr} of {base_mrr} kept",
        )
    },
    identities=t.BY_CUSTOMER,
    example="--period 2022 subscriptions.csv",
    worked_example="2 customers pay 100 each, one leaves and one doubles: 100 / 200 = 50.00 %",
)
nrr = Metric(
    name="nrr",
    title="Net revenue retention",
    asks="What share of the opening MRR do the same customers pay now?",
    unit="ratio",
    better="higher",
    family=FAMILY,
    is_key=True,
    order=22,
    aliases=("ndr",),
    definitions={
        "standard": Definition(
            Formula("kept_mrr / base_mrr", NO_OPENING_MRR),
            (t.kept_mrr, t.base_mrr),
            "includes expansion, contraction and churn; new customers are not counted",
            growth_of_opening(t.CUSTOMERS_AT_OPENING, neutral=1),
            how="{base_mrr} became {kept_mrr}",
        )
    },
    identities=t.BY_CUSTOMER,
    example="--period 2022 subscriptions.csv",
    worked_example="2 customers pay 100 each, one leaves and one doubles: 200 / 200 = 100.00 %",
)
gross_mrr_churn = Metric(
    name="gross-mrr-churn",
    title="Gross MRR churn rate",
    asks="What share of the opening MRR was lost, ignoring expansion?",
    unit="ratio",
    better="lower",
    family=FAMILY,
    order=23,
    definitions={
        "standard": Definition(
            Formula("(base_mrr - retained_mrr) / base_mrr", NO_OPENING_MRR),
            (t.base_mrr, t.retained_mrr),
            "1 - GRR: churn and contraction",
            loss_of_opening(t.CUSTOMERS_AT_OPENING, kept=False),
        )
    },
    identities=t.BY_CUSTOMER,
    example="--period 2022-Q2 subscriptions.csv",
    worked_example="100 at the start, 10 churned, 10 contraction, 10 expansion: (100 - 80) / 100 = 20.00 %",
)
net_mrr_churn = Metric(
    name="net-mrr-churn",
    title="Net MRR churn rate",
    asks="What share of the opening MRR was lost, net of expansion?",
    unit="ratio",
    better="lower",
    family=FAMILY,
    order=24,
    definitions={
        "standard": Definition(
            Formula("(base_mrr - kept_mrr) / base_mrr", NO_OPENING_MRR),
            (t.base_mrr, t.kept_mrr),
            "1 - NRR: negative if expansion exceeds churn and contraction",
            growth_of_opening(t.CUSTOMERS_AT_OPENING, sign=-1),
        )
    },
    identities=t.BY_CUSTOMER,
    example="--period 2022-Q2 subscriptions.csv",
    worked_example="100 at the start, 10 churned, 10 contraction, 10 expansion: (100 - 90) / 100 = 10.00 %",
)
existing_growth = Metric(
    name="existing-growth",
    title="Growth from existing customers",
    asks="By what share did MRR from existing customers grow?",
    unit="ratio",
    better="higher",
    family=FAMILY,
    order=25,
    definitions={
        "standard": Definition(
            Formula("(kept_mrr - base_mrr) / base_mrr", NO_OPENING_MRR),
            (t.kept_mrr, t.base_mrr),
            "NRR - 1: expansion less contraction and churn",
            growth_of_opening(t.CUSTOMERS_AT_OPENING),
        )
    },
    identities=t.BY_CUSTOMER,
    example="--period 2022 subscriptions.csv",
    worked_example="one customer goes from 60 to 90, one from 40 to 25, one is new at 50: (115 - 100) / 100 = 15.00 %",
)
METRICS = (grr, nrr, gross_mrr_churn, net_mrr_churn, existing_growth)
