"""The metric of how long customers stay."""

from __future__ import annotations

from custmetrics_cli.core.data.dataset import FromCounts
from custmetrics_cli.core.data.total import Identity, Total
from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.interval_method import IntervalMethod
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.core.options import OptionSpec, whole
from custmetrics_cli.metrics.customers.totals import CUSTOMERS
from custmetrics_cli.metrics.shared.intervals import fitted_interval

STINTS = CUSTOMERS._replace(name="stints by age", make="survival.frames:stints_by_age")
ENDED_AT = ("ended_at",)
UNIT = OptionSpec("unit", "Unit of ages", "UNIT", str, "day", ("day", "month"))
AT = OptionSpec("at", "Age in these units for the definition share", "AGE", whole, when_absent="365 days or 12 months")


def _total(name: str, description: str) -> Total:
    return Total(name, description, STINTS, flow=name, needs=ENDED_AT, required=True)


followed = _total("followed", "stints that run in the period")
ended = _total("ended", "of these, ended in the period")
censored = _total("censored", "of these, still running at the end of the period")
NUMBERS = {
    "median": "age at which half of the customers are still there",
    "restricted_mean": "mean time up to the oldest age",
    "within": "the oldest age",
    "survival_at": "share still there at the age",
    "age": "age asked for",
}
TOTALS = (followed, ended, censored)


def _definition(value: str, description: str, how: str) -> Definition:
    return Definition(
        Formula(value),
        TOTALS,
        description,
        IntervalMethod(fitted_interval, ("greenwood log-log",)),
        how=how,
        model_numbers=NUMBERS,
        model=FromCounts(STINTS, "survival.fits:curve", (value,)),
        across_groups=FromCounts(STINTS, "survival.fits:differences"),
    )


survival = Metric(
    name="survival",
    title="Time as a customer",
    asks="How long do customers stay, and what share is still there at each age?",
    unit="days",
    better="higher",
    family="Customers",
    order=7,
    definitions={
        "standard": _definition("median", "the age at which half of the customers are still there", "{ended} of {followed:stint} ended"),
        "mean": _definition("restricted_mean", "the mean time up to the oldest age that is seen", "up to an age of {within}"),
        "share": _definition("survival_at", "the share that is still there at the age --at", "at an age of {age}"),
    },
    identities=(Identity(Formula("ended + censored"), Formula("followed"), TOTALS),),
    example="--period 2020-01-01..2022-12-31 customers.csv",
    worked_example="4 customers: 2 left after 10 and 20 days, 1 is still there after 15, 1 after 30: median = 20.0 days",
    notes="Without --period, all days of the data count. Customers from before the period count from their age at its start.",
    options=(UNIT, AT),
    default_period="all",
)
METRICS = (survival,)
