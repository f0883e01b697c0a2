"""Axes that change the formulas of money, trials and lifetime value."""

from __future__ import annotations

from custmetrics_cli.profiles._axis import Axis, Meaning
from custmetrics_cli.profiles._row_axes import RATES_OF_MONEY

MONEY_AXES = (
    Axis(
        "nrr-base",
        "Which movements count?",
        RATES_OF_MONEY,
        {
            "edges": Meaning("each customer at the opening, compared with the closing"),
            "events": Meaning("every movement in the period, also of customers who joined in it"),
        },
    ),
    Axis(
        "reactivation-in-nrr",
        "Does NRR contain customers who returned?",
        ("nrr",),
        {"no": Meaning("MRR of returned customers is left out"), "yes": Meaning("MRR of returned customers is added", "reactivation_mrr")},
    ),
    Axis(
        "reactivation-in-net-churn",
        "Does net churn contain customers who returned?",
        ("net-mrr-churn",),
        {
            "no": Meaning("MRR of returned customers is left out"),
            "yes": Meaning("MRR of returned customers is subtracted", "reactivation_mrr"),
        },
    ),
    Axis(
        "net-churn-sign",
        "Is a loss positive?",
        ("net-mrr-churn",),
        {"loss-positive": Meaning("a loss is positive"), "growth-positive": Meaning("growth is positive, a loss negative")},
    ),
    Axis(
        "gross-churn",
        "Is contraction part of gross churn?",
        ("gross-mrr-churn",),
        {"churn+contraction": Meaning("customers who left or pay less"), "churn": Meaning("only customers who left")},
    ),
    Axis(
        "ltv-churn",
        "Which churn rate is behind lifetime value?",
        ("clv",),
        {
            "period": Meaning("customer churn of the period"),
            "mean-6m": Meaning("mean customer churn of the six months before the last one"),
            "mean-3m": Meaning("mean customer churn of the last three months"),
            "revenue": Meaning("gross MRR churn of the period"),
        },
    ),
    Axis(
        "zero-churn",
        "What is lifetime value if nobody left?",
        ("clv",),
        {"null": Meaning("no value"), "0": Meaning("0")},
    ),
    Axis(
        "trial-base",
        "Which trials are compared?",
        ("trial-conversion",),
        {
            "started": Meaning("trials that started in the period, and what became of them"),
            "ended": Meaning("trials that ended in the period"),
            "same-window": Meaning("trials converted in the period, per trial started in it"),
        },
    ),
)
