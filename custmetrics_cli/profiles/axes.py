"""Every axis, declared once, in the order in which a comparison changes them. The first value of each is our own definition."""

from __future__ import annotations

from custmetrics_cli.profiles._axis import Axis, Meaning
from custmetrics_cli.profiles._money_axes import MONEY_AXES
from custmetrics_cli.profiles._row_axes import ROW_AXES
from custmetrics_cli.profiles._survey_axes import SURVEY_AXES

RATE = ("churn",)
OF_CUSTOMERS = (
    Axis(
        "numerator",
        "Who counts as lost?",
        RATE,
        {
            "lost": Meaning("customers at the opening who are gone at the closing", "lost"),
            "left": Meaning("also customers who left and came back in the period", "lost + lost_and_back"),
            "all-ends": Meaning("also customers who joined and left in the period, each once", "lost + new_and_lost + back_and_lost"),
            "all-ends-each": Meaning("every stint that ended: a customer who left twice counts twice", "ends"),
            "less-returns": Meaning("stints that ended, less those of customers who returned", "ends - returns"),
        },
        moves=True,
    ),
    Axis(
        "denominator",
        "Which customers could have left?",
        RATE,
        {
            "opening": Meaning("customers at the opening", "opening"),
            "opening-plus-new": Meaning("customers at the opening and everyone who joined in the period", "opening + starts"),
            "any-time": Meaning(
                "customers at any time in the period, each once", "opening + new + new_and_lost + reactivated + back_and_lost"
            ),
            "renewal": Meaning("subscriptions with a renewal day in the period", "renewing", needs="interval"),
        },
        moves=True,
    ),
    Axis(
        "window",
        "Which days does the rate cover?",
        ("churn", "retention", "nrr", "grr", "gross-mrr-churn", "net-mrr-churn", "quick-ratio"),
        {
            "period": Meaning("the period as requested"),
            "rolling-30d": Meaning("the 30 days that end with the period"),
            "daily-sum": Meaning("the rate of each day, added up", metrics=("churn", "gross-mrr-churn", "net-mrr-churn")),
        },
    ),
)
AXES: dict[str, Axis] = {axis.name: axis for axis in (*ROW_AXES, *OF_CUSTOMERS, *MONEY_AXES, *SURVEY_AXES)}
METRICS = tuple(dict.fromkeys(metric for axis in AXES.values() for metric in axis.metrics))


def axes_of(metric: str) -> tuple[Axis, ...]:
    """Return the axes of a metric, in order."""
    return tuple(axis for axis in AXES.values() if metric in axis.metrics)


def our_choices(metric: str, gap: int = 0) -> dict[str, str]:
    """Return our own definition of a metric, by axis. gap: that of --gap."""
    return {axis.name: str(gap) if axis.name == "gap" else axis.default for axis in axes_of(metric)}
