"""Metrics of monthly recurring revenue (MRR) and its movements."""

from __future__ import annotations

from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.metrics.revenue import charge_totals as charges
from custmetrics_cli.metrics.revenue import totals as t
from custmetrics_cli.metrics.shared.intervals import added_money, growth_of_opening, mean_amount

FAMILY = "Recurring revenue"
NO_OPENING_MRR = "no MRR at the start of the period"
ALL_CHURNED = t.churned_mrr._replace(by_leave_reason=False)  # a part of what is divided by
NO_PAYERS = "no paying customers at the end of the period"

mrr = Metric(
    name="mrr",
    title="Monthly recurring revenue",
    asks="How much do customers pay a month, and what changed it?",
    unit="money",
    better="higher",
    family=FAMILY,
    report_list="churned_mrr",
    is_key=True,
    order=1,
    definitions={
        "standard": Definition(
            Formula("closing_mrr"),
            (*t.MOVEMENTS, *t.CUSTOMER_COUNTS, *t.OTHER_LEVELS),
            "price per month of every subscription running on the last day; changes of a customer on one day are netted",
        ),
        "charges": charges.definition("closing_mrr"),
    },
    identities=(t.ROLL_FORWARD, charges.ROLL_FORWARD),
    notes="An amount is divided by the months of its interval: a day has 16/487, a week 3/13, a quarter 3, a year 12; then times quantity.",
    example="--period 2022-Q2 subscriptions.csv",
    worked_example="100 at the start, 25 new, 15 expansion, 5 contraction, 10 churned: 100 + 25 + 15 - 5 - 10 = 125.00",
)
arr = Metric(
    name="arr",
    title="Annual recurring revenue",
    asks="How much would customers pay in a year at today's prices?",
    unit="money",
    better="higher",
    family=FAMILY,
    order=2,
    definitions={
        "standard": Definition(Formula("12 * closing_mrr"), (t.closing_mrr,), "12 times the MRR on the last day of the period"),
        "charges": charges.definition("12 * closing_mrr"),
    },
    identities=(t.ROLL_FORWARD, charges.ROLL_FORWARD),
    example="--period 2022-12 subscriptions.csv",
    worked_example="one subscription at 100 a year: 12 x 25/3 = 100.00, not 12 x 8.33 = 99.96",
)
net_new_mrr = Metric(
    name="net-new-mrr",
    title="Net new MRR",
    asks="How much did MRR grow?",
    unit="money",
    better="higher",
    family=FAMILY,
    order=3,
    definitions={"standard": Definition(Formula("closing_mrr - opening_mrr"), (*t.MOVEMENTS,), "the sum of all movements")},
    identities=(t.ROLL_FORWARD,),
    example="--period 2022-Q2 subscriptions.csv",
    worked_example="100 at the start, 40 gained, 15 lost: 125 - 100 = 25.00",
)
mrr_growth = Metric(
    name="mrr-growth",
    title="MRR growth rate",
    asks="By what share did MRR grow?",
    unit="ratio",
    better="higher",
    family=FAMILY,
    order=4,
    definitions={
        "standard": Definition(
            Formula("(closing_mrr - opening_mrr) / opening_mrr", NO_OPENING_MRR),
            (t.closing_mrr, t.opening_mrr),
            how="from {opening_mrr} to {closing_mrr}",
        ),
    },
    identities=(t.ROLL_FORWARD,),
    example="--period 2022 subscriptions.csv",
    worked_example="100 at the start, 125 at the end: (125 - 100) / 100 = 25.00 %",
)
expansion_mrr = Metric(
    name="expansion-mrr",
    title="Expansion MRR",
    asks="How much more do existing customers pay a month?",
    unit="money",
    better="higher",
    family=FAMILY,
    order=5,
    definitions={
        "standard": Definition(
            Formula("expansion_mrr"), (t.expansion_mrr, t.expanded), "every increase of a customer who paid on the day before"
        ),
        "share": Definition(
            Formula("(kept_mrr - retained_mrr) / base_mrr", NO_OPENING_MRR),
            (t.kept_mrr, t.retained_mrr, t.base_mrr),
            "what customers at the start pay on top at the end; nrr = grr + share",
            growth_of_opening(t.CUSTOMERS_AT_OPENING, part=added_money),
            unit="ratio",
        ),
    },
    identities=(t.ROLL_FORWARD, *t.BY_CUSTOMER),
    example="--period 2022-Q2 subscriptions.csv",
    worked_example="a customer changes from a plan of 10 to a plan of 25: 25 - 10 = 15.00",
)
arpa = Metric(
    name="arpa",
    title="Average revenue per account",
    asks="How much does a customer pay a month?",
    unit="money",
    better="higher",
    family=FAMILY,
    is_key=True,
    order=6,
    aliases=("arpu",),
    definitions={
        "standard": Definition(
            Formula("payers_mrr / payers", NO_PAYERS),
            (t.payers_mrr, t.payers),
            "MRR divided by paying customers, on the last day of the period",
            mean_amount(t.CUSTOMERS_AT_CLOSING, t.PAYERS_OF_BOTH),
            how="{payers_mrr} from {payers:paying customer}",
        ),
        "subscription": Definition(
            Formula("payers_mrr / subscriptions", "no subscription pays at the end of the period"),
            (t.payers_mrr, t.subscriptions),
            "MRR divided by subscriptions that pay; rows without subscription_id count one by one",
            how="{payers_mrr} from {subscriptions:subscription}",
        ),
    },
    identities=t.BY_CUSTOMER,
    example="--period 2022-12 subscriptions.csv",
    worked_example="5 customers pay 1, 1, 3, 5 and 5 a month: 15 / 5 = 3.00",
)
asp = Metric(
    name="asp",
    title="Average sale price",
    asks="What does a new customer pay a month at the start?",
    unit="money",
    better="higher",
    family=FAMILY,
    order=7,
    definitions={
        "standard": Definition(
            Formula("new_mrr / new_payers", "no new paying customers in the period"),
            (t.new_mrr, t.new_payers),
            "customers who paid for the first time in the period",
        )
    },
    identities=(t.ROLL_FORWARD,),
    example="--period 2022 subscriptions.csv",
    worked_example="10 new customers pay 1 a month each: 10 / 10 = 1.00",
)
quick_ratio = Metric(
    name="quick-ratio",
    title="Quick ratio",
    asks="How much MRR did we gain for each unit we lost?",
    unit="times",
    better="higher",
    family=FAMILY,
    order=8,
    definitions={
        "standard": Definition(
            Formula("(new_mrr + reactivation_mrr + expansion_mrr) / (contraction_mrr + churned_mrr)", "no MRR was lost in the period"),
            (t.new_mrr, t.reactivation_mrr, t.expansion_mrr, t.contraction_mrr, ALL_CHURNED),
            "movements of every day; pauses, resumptions and exchange rates are not counted",
        )
    },
    identities=(t.ROLL_FORWARD,),
    example="--period 2022-Q2 subscriptions.csv",
    worked_example="20 new, 8 expansion, 5 contraction, 3 churned: 28 / 8 = 3.50",
)
leaving_mrr = Metric(
    name="leaving-mrr",
    title="MRR at risk (cancelled)",
    asks="How much of the MRR is already cancelled?",
    unit="money",
    better="lower",
    family=FAMILY,
    report_list="leaving_mrr",
    order=9,
    definitions={
        "standard": Definition(
            Formula("leaving_mrr"), (t.leaving_mrr, t.closing_mrr), "subscriptions that run on the last day and were cancelled by then"
        )
    },
    identities=(t.ROLL_FORWARD,),
    example="--period 2022-Q2 subscriptions.csv",
    worked_example="100 at the end, 25 of it from a customer who cancelled and stays until June: cancelled MRR = 25.00",
)
METRICS = (mrr, arr, net_new_mrr, mrr_growth, expansion_mrr, arpa, asp, quick_ratio, leaving_mrr)
