"""What becomes of the MRR that was there when the period began. Customers are compared at its two edges."""

from __future__ import annotations

from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.metrics.revenue import totals as m
from custmetrics_cli.metrics.shared.intervals import given_up, lesser, of_opening

FAMILY = "Recurring revenue"
NOTHING = "nobody paid anything when the period began"

grr = Metric(
    name="grr",
    title="Gross revenue retention",
    asks="Of the MRR there when the period began, what share is still there, whatever else those customers added?",
    unit="ratio",
    better="higher",
    family=FAMILY,
    order=21,
    definitions={
        "standard": Definition(
            Formula("retained_mrr / base_mrr", NOTHING),
            (m.retained_mrr, m.base_mrr),
            "of each customer the lesser of opening and closing MRR; never above 100 %",
            of_opening(m.AT_OPENING, lesser),
        )
    },
    identities=m.AT_EDGES,
    example="--period 2022 subscriptions.csv",
    worked_example="two at 100, one leaves and one doubles: 100 / 200 = 50.00 %",
)
nrr = Metric(
    name="nrr",
    title="Net revenue retention",
    asks="What do the customers who were there when the period began pay now, as a share of what they paid then?",
    unit="ratio",
    better="higher",
    family=FAMILY,
    order=22,
    aliases=("ndr",),
    definitions={
        "standard": Definition(
            Formula("kept_mrr / base_mrr", NOTHING),
            (m.kept_mrr, m.base_mrr),
            "with all that they added and gave up; who came later is in neither",
            of_opening(m.AT_OPENING, lambda before, after: after),
        )
    },
    identities=m.AT_EDGES,
    example="--period 2022 subscriptions.csv",
    worked_example="two at 100, one leaves and one doubles: 200 / 200 = 100.00 %",
)
gross_mrr_churn = Metric(
    name="gross-mrr-churn",
    title="Gross MRR churn rate",
    asks="Of the MRR there when the period began, what share was lost, whatever else those customers added?",
    unit="ratio",
    better="lower",
    family=FAMILY,
    order=23,
    definitions={
        "standard": Definition(
            Formula("(base_mrr - retained_mrr) / base_mrr", NOTHING),
            (m.base_mrr, m.retained_mrr),
            "1 - GRR: what left and what was given up",
            of_opening(m.AT_OPENING, given_up),
        )
    },
    identities=m.AT_EDGES,
    example="--period 2022-Q2 subscriptions.csv",
    worked_example="100 at the opening, 10 churned, 10 less, 10 more: (100 - 80) / 100 = 20.00 %",
)
net_mrr_churn = Metric(
    name="net-mrr-churn",
    title="Net MRR churn rate",
    asks="By what share does what customers of the opening pay shrink?",
    unit="ratio",
    better="lower",
    family=FAMILY,
    order=24,
    definitions={
        "standard": Definition(
            Formula("(base_mrr - kept_mrr) / base_mrr", NOTHING),
            (m.base_mrr, m.kept_mrr),
            "1 - NRR: negative where they added more than they gave up",
            of_opening(m.AT_OPENING, lambda before, after: before - after),
        )
    },
    identities=m.AT_EDGES,
    example="--period 2022-Q2 subscriptions.csv",
    worked_example="100 at the opening, 10 churned, 10 less, 10 more: (100 - 90) / 100 = 10.00 %",
)
existing_growth = Metric(
    name="existing-growth",
    title="Growth from existing customers",
    asks="By what share did MRR grow from customers who were already there?",
    unit="ratio",
    better="higher",
    family=FAMILY,
    order=25,
    definitions={
        "standard": Definition(
            Formula("(kept_mrr - base_mrr) / base_mrr", NOTHING),
            (m.kept_mrr, m.base_mrr),
            "NRR - 1: what they added, less what they gave up",
            of_opening(m.AT_OPENING, lambda before, after: after - before),
        )
    },
    identities=m.AT_EDGES,
    example="--period 2022 subscriptions.csv",
    worked_example="60 became 90, 40 became 25, 50 is new: (115 - 100) / 100 = 15.00 %, without the 50",
)
METRICS = (grr, nrr, gross_mrr_churn, net_mrr_churn, existing_growth)
