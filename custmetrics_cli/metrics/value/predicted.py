"""Predicted lifetime value, as a definition."""

from __future__ import annotations

from custmetrics_cli.columns import MONEY_PARTS
from custmetrics_cli.core.data.dataset import Dataset, FromCounts
from custmetrics_cli.core.data.total import Total
from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.interval_method import FormulaInputs, IntervalMethod
from custmetrics_cli.core.metric import Definition
from custmetrics_cli.core.options import OptionSpec, share
from custmetrics_cli.metrics.revenue.totals import READS
from custmetrics_cli.metrics.shared.intervals import fitted_interval
from custmetrics_cli.stats.intervals import Estimated, Interval

PREDICTED = Dataset(
    "payments to expect",
    needs=(("subscriptions",), ("purchases",)),
    make="value.renewal_frames:predicted",
    reads=(*READS, "date", "amount"),
)
RENEWAL = OptionSpec(
    "renewal",
    "Time between two payments, for the definition predicted",
    "UNIT",
    str,
    choices=("month", "quarter", "year"),
    when_absent="month",
    common=False,
)
DISCOUNT = OptionSpec(
    "discount", "Discount of later payments per year, for the definition predicted", "SHARE", share, when_absent="10%", common=False
)
SUBSCRIPTIONS = ("monthly", "ended_at")

followed = Total("followed", "stints that run in the period", PREDICTED, "followed", needs=SUBSCRIPTIONS)
ended = Total("ended", "of these, ended in the period", PREDICTED, "ended", needs=SUBSCRIPTIONS)
payers_mrr = Total(
    "payers_mrr", "MRR on the last day of the period", PREDICTED, "base", "base", SUBSCRIPTIONS, unit="money", parts=MONEY_PARTS
)
payers = Total("payers", "paying customers on the last day of the period", PREDICTED, "payers", "payers", SUBSCRIPTIONS, additive=False)


def _interval(inputs: FormulaInputs) -> Estimated:
    """Return the interval of the model, with the margin."""
    found = fitted_interval(inputs)
    return found.map(float(inputs["margin"])) if isinstance(found, Interval) else found


predicted = Definition(
    Formula("predicted * margin"),
    (followed, ended, payers_mrr, payers),
    "discounted payments of a new subscriber, who leaves at a renewal (sBG); or a buyer's payments of the next 365 days",
    IntervalMethod(_interval, ("delta",)),
    model=FromCounts(PREDICTED, "value.renewal_fits:predict"),
    model_numbers={"predicted": "payments to expect of one customer, before costs"},
)
