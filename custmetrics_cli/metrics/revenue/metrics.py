"""Monthly recurring revenue, and what is asked of its ledger."""

from __future__ import annotations

from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.metrics.revenue import totals as m
from custmetrics_cli.metrics.shared.intervals import mean_money

FAMILY = "Recurring revenue"
NOTHING = "nobody paid anything when the period began"
NOBODY = "nobody pays when the period ends"

mrr = Metric(
    name="mrr",
    title="Monthly recurring revenue",
    asks="How much do customers pay a month when the period ends, and what moved it?",
    unit="money",
    better="higher",
    family=FAMILY,
    order=1,
    definitions={
        "standard": Definition(
            Formula("closing_mrr"),
            (*m.MOVEMENTS, *m.COUNTS, *m.APART_TOTALS),
            "prices of all that runs on the last day, each per month of its interval; all changes of a customer on a day are one",
        )
    },
    identities=(m.ROLL_FORWARD,),
    example="--period 2022-Q2 subscriptions.csv",
    worked_example="100 at the opening, 25 new, 15 expansion, 5 contraction, 10 churned: 100 + 25 + 15 - 5 - 10 = 125.00",
)
arr = Metric(
    name="arr",
    title="Annual recurring revenue",
    asks="How much would customers pay in a year, if they went on as on the last day?",
    unit="money",
    better="higher",
    family=FAMILY,
    order=2,
    definitions={"standard": Definition(Formula("12 * closing_mrr"), (m.closing_mrr,), "twelve times the MRR at the closing")},
    identities=(m.ROLL_FORWARD,),
    example="--period 2022-12 subscriptions.csv",
    worked_example="one at 100 a year: 12 x 25/3 = 100.00, not 12 x 8.33 = 99.96",
)
net_new_mrr = Metric(
    name="net-new-mrr",
    title="Net new MRR",
    asks="By how much did MRR grow over the period?",
    unit="money",
    better="higher",
    family=FAMILY,
    order=3,
    definitions={"standard": Definition(Formula("closing_mrr - opening_mrr"), (*m.MOVEMENTS,), "all movements together")},
    identities=(m.ROLL_FORWARD,),
    example="--period 2022-Q2 subscriptions.csv",
    worked_example="100 at the opening, 40 gained, 15 lost: 125 - 100 = 25.00",
)
mrr_growth = Metric(
    name="mrr-growth",
    title="MRR growth rate",
    asks="By what share did MRR grow over the period?",
    unit="ratio",
    better="higher",
    family=FAMILY,
    order=4,
    definitions={
        "standard": Definition(Formula("(closing_mrr - opening_mrr) / opening_mrr", NOTHING), (m.closing_mrr, m.opening_mrr)),
    },
    identities=(m.ROLL_FORWARD,),
    example="--period 2022 subscriptions.csv",
    worked_example="100 at the opening, 125 at the closing: (125 - 100) / 100 = 25.00 %",
)
expansion_mrr = Metric(
    name="expansion-mrr",
    title="Expansion MRR",
    asks="How much more a month do customers pay who already paid?",
    unit="money",
    better="higher",
    family=FAMILY,
    order=5,
    definitions={
        "standard": Definition(Formula("expansion_mrr"), (m.expansion_mrr, m.expanded), "every rise of a customer who paid the day before"),
        "share": Definition(
            Formula("(kept_mrr - retained_mrr) / base_mrr", NOTHING),
            (m.kept_mrr, m.retained_mrr, m.base_mrr),
            "by how much customers of the opening pay more at the closing; nrr = grr + share",
            unit="ratio",
        ),
    },
    identities=(m.ROLL_FORWARD, *m.AT_EDGES),
    example="--period 2022-Q2 subscriptions.csv",
    worked_example="a plan of 10 swapped for one of 25 on one day: 25 - 10 = 15.00",
)
arpa = Metric(
    name="arpa",
    title="Average revenue per account",
    asks="How much does a paying customer pay a month when the period ends?",
    unit="money",
    better="higher",
    family=FAMILY,
    order=6,
    aliases=("arpu",),
    definitions={
        "standard": Definition(
            Formula("payers_mrr / payers", NOBODY), (m.payers_mrr, m.payers), "so that MRR is customers x ARPA", mean_money(m.AT_CLOSING)
        )
    },
    identities=m.AT_EDGES,
    example="--period 2022-12 subscriptions.csv",
    worked_example="1, 1, 3, 5 and 5 a month: 15 / 5 = 3.00",
)
asp = Metric(
    name="asp",
    title="Average sale price",
    asks="How much a month does a new customer pay at first?",
    unit="money",
    better="higher",
    family=FAMILY,
    order=7,
    definitions={
        "standard": Definition(
            Formula("new_mrr / new_payers", "nobody paid for the first time"),
            (m.new_mrr, m.new_payers),
            "over customers whose first paid day is in the period",
        )
    },
    identities=(m.ROLL_FORWARD,),
    example="--period 2022 subscriptions.csv",
    worked_example="10 customers who are new at 1 a month each: 10 / 10 = 1.00",
)
quick_ratio = Metric(
    name="quick-ratio",
    title="Quick ratio",
    asks="How much MRR came in for each unit of it that was lost?",
    unit="times",
    better="higher",
    family=FAMILY,
    order=8,
    definitions={
        "standard": Definition(
            Formula("(new_mrr + reactivation_mrr + expansion_mrr) / (contraction_mrr + churned_mrr)", "nothing was lost"),
            (m.new_mrr, m.reactivation_mrr, m.expansion_mrr, m.contraction_mrr, m.churned_mrr),
            "by movements of every day; what pauses, resumes or only rates of exchange move is in neither",
        )
    },
    identities=(m.ROLL_FORWARD,),
    example="--period 2022-Q2 subscriptions.csv",
    worked_example="20 new and 8 more, 5 less and 3 churned: 28 / 8 = 3.50",
)
leaving_mrr = Metric(
    name="leaving-mrr",
    title="MRR about to leave",
    asks="How much of the MRR at the closing is cancelled already, and only served to its end?",
    unit="money",
    better="lower",
    family=FAMILY,
    order=9,
    definitions={
        "standard": Definition(
            Formula("leaving_mrr"), (m.leaving_mrr, m.closing_mrr), "of what runs on the last day, what was cancelled on or before it"
        )
    },
    identities=(m.ROLL_FORWARD,),
    example="--period 2022-Q2 subscriptions.csv",
    worked_example="100 at the closing, 25 of it of a customer who has cancelled and stays until June: what will leave = 25.00",
)
METRICS = (mrr, arr, net_new_mrr, mrr_growth, expansion_mrr, arpa, asp, quick_ratio, leaving_mrr)
