"""The metric of customers at risk."""

from __future__ import annotations

import re
from itertools import chain

from custmetrics_cli.columns import MONEY_PARTS
from custmetrics_cli.core.data.dataset import FromCounts
from custmetrics_cli.core.data.total import Total
from custmetrics_cli.core.errors import near
from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.core.options import OptionSpec
from custmetrics_cli.metrics.revenue.totals import READS
from custmetrics_cli.metrics.surveys.metrics import nps
from custmetrics_cli.metrics.surveys.totals import NPS, ORDER

SIGNAL_NAMES = ("silent", "falling_use", "detractor", "past_due", "cancelled", "contraction", "risky_age")
FURTHER = (("activity", "surveys"), ("activity",), ("surveys",), ())
BASES = ("subscriptions", "customers", "purchases")


def signal_names(text: str) -> str:
    """Read names of signals, separated by commas, each with a weight if it has one.

    >>> signal_names("silent, falling-use=0.5")
    'silent=1,falling_use=0.5'
    """
    parts = [part.replace("-", "_").partition("=") for part in text.replace(" ", "").split(",") if part.strip()]
    for name, _, weight in parts:
        if name not in SIGNAL_NAMES:
            raise ValueError(f"has the unknown signal '{name}'", near(name, SIGNAL_NAMES))
        if weight and not re.fullmatch(r"[0-9](?:\.[0-9]{1,4})?", weight):
            raise ValueError(f"has the weight '{weight}', which is not a number from 0 to 9.9999", "write it as silent=0.5")
    return ",".join(f"{name}={weight or 1}" for name, _, weight in parts)


HEALTH = NPS._replace(
    name="customers with signals",
    needs=tuple(chain.from_iterable(((base, *more) for base in BASES) for more in FURTHER)),
    make="health.frames:customers",
    arguments=(),
    reads=(*READS, "canceled_at", "past_due", "date", "amount", "timestamp", *NPS.reads, ORDER),
    more_reads=None,
    checks=(),
    detail_columns={"chance": "ratio", "mrr": "money", "evidence": "text", "last_answer": "text", "anniversary": "day"},
    parts=MONEY_PARTS,
    kind_column="",
    comment_column="",
    listed_by=("chance", "mrr"),
)
PROMOTERS = HEALTH._replace(name="promoters with signals", listed_by=("mrr",))
ENDED_AT = ("ended_at",)
SIGNALS = OptionSpec("signals", "Signals that count, with weights: silent,detractor=0.5", "NAMES", signal_names, when_absent="all")


def _total(name: str, description: str) -> Total:
    return Total(name, description, HEALTH, name, needs=ENDED_AT, required=name == "customers")


customers = _total("customers", "customers at the end of the period, or of the data if it ends before")
at_risk = _total("at_risk", "of these, with a signal that told leavers before, or has no record yet")
at_risk_mrr = Total(
    "at_risk_mrr", "MRR of customers with a signal", HEALTH, "at_risk_mrr", needs=("ended_at", "monthly"), unit="money", parts=MONEY_PARTS
)
PROMOTER_TEXT = "customers whose latest nps answer is 9 or 10, with an anniversary of their start in the next 90 days"
promoters = Total("promoters", PROMOTER_TEXT, PROMOTERS, "promoters", needs=ENDED_AT)
MARKED = tuple(_total(name, f"customers with the signal {name}") for name in SIGNAL_NAMES)
TOTALS = (customers, at_risk, at_risk_mrr, promoters)
MODEL = FromCounts(HEALTH, "health.fits:health")
NUMBERS = {"expected_lost": "customers that the score expects to leave within 90 days"}
NO_CUSTOMERS = "no customers at the end of the period"

health = Metric(
    name="health",
    title="Customers at risk",
    asks="Which customers may leave, and how much MRR is at stake?",
    unit="count",
    better="lower",
    family="Outlook",
    order=2,
    definitions={
        "standard": Definition(
            Formula("at_risk"),
            (*TOTALS, *MARKED),
            "customers with a signal on the last day of the period; a signal that told nothing in the past does not count",
            model=MODEL,
            model_numbers=NUMBERS,
            how="{at_risk} of {customers:customer} have a signal",
        ),
        "share": Definition(
            Formula("at_risk / customers", NO_CUSTOMERS),
            TOTALS,
            "share of customers with a signal",
            unit="ratio",
            model=MODEL,
            model_numbers=NUMBERS,
            how="{at_risk} of {customers:customer} have a signal",
        ),
        "mrr": Definition(
            Formula("at_risk_mrr"),
            TOTALS,
            "MRR of customers with a signal",
            unit="money",
            model=MODEL,
            model_numbers=NUMBERS,
            how="{at_risk} of {customers:customer} have a signal",
        ),
    },
    example="--period 2022-12 subscriptions.csv activity.csv surveys.csv",
    worked_example="3 customers, one of them cancelled, one answered 3: customers with a signal = 2",
    notes="No signal looks beyond the end of the period. Lifts are those of customers 90 days and more before it.",
    report_list="at_risk,promoters",
    options=(SIGNALS, *(option for option in nps.options if option.name == "scale")),
    default_period="last day",
)
METRICS = (health,)
