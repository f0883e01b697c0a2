"""Axes that change rows: who counts, when a row ends and what a gap means. Each names its field of Reading."""

from __future__ import annotations

from custmetrics_cli.profiles._axis import Axis, Meaning

RATES_OF_MONEY = ("nrr", "grr", "gross-mrr-churn", "net-mrr-churn")
MONEY = ("mrr", "arpa", *RATES_OF_MONEY, "quick-ratio", "clv")
ALL = ("churn", "retention", *MONEY)
ROW_AXES = (
    Axis(
        "grain",
        "What is counted?",
        tuple(metric for metric in ALL if metric != "mrr"),
        {
            "customer": Meaning("customers: all rows of a customer together"),
            "subscription": Meaning("subscriptions: each one by itself", needs="subscription_id"),
        },
        "grain",
        moves=True,
    ),
    Axis(
        "gap",
        "How many days away do not count as leaving?",
        ALL,
        {"0": Meaning("a customer who is away for a day has left"), "30": Meaning("an absence of at most 30 days does not count")},
        "gap",
        r"\d{1,4}",
        moves=True,
    ),
    Axis(
        "new-after",
        "When does a customer who returns count as new?",
        ("churn", "nrr", "net-mrr-churn"),
        {
            "never": Meaning("a customer who returns is never new"),
            "0": Meaning("a customer who returns after more than 0 days counts as new"),
            "90": Meaning("a customer who returns after more than 90 days counts as new"),
        },
        "new_after",
        r"\d{1,4}",
        moves=True,
    ),
    Axis(
        "churn-date",
        "On which day is a customer lost?",
        ALL,
        {
            "ended": Meaning("the day on which service ends"),
            "canceled": Meaning("the day of the cancellation", "end_if_canceled", "canceled_at"),
            "paid-through": Meaning("the day on which the paid time runs out", "end_if_paid_through", "paid_through"),
            "day-after-canceled": Meaning("the day after the cancellation", "end_after_canceled", "canceled_at"),
            "next-month": Meaning("the first day of a month on or after the end of service", "end_next_month", "ended_at"),
        },
        "churn_date",
        moves=True,
    ),
    Axis(
        "past-due",
        "Are customers with an unpaid bill still customers?",
        ALL,
        {
            "keep": Meaning("a past-due customer is still a customer"),
            "drop": Meaning("a past-due customer ends on the last paid day", needs="status"),
            "drop-after 30": Meaning("a past-due customer ends 30 days after the last paid day", needs="paid_through"),
        },
        "past_due",
        r"drop-after \d{1,4}",
        moves=True,
    ),
    Axis(
        "paused",
        "What is a pause?",
        ALL,
        {
            "apart": Meaning("a pause is a movement of its own"),
            "churn": Meaning("a pause is a loss, and its end is a return", needs="paused_at"),
            "zero": Meaning("a pause is contraction to nothing: still a customer", needs="paused_at"),
            "keep": Meaning("a pause changes nothing: the price still counts", needs="paused_at"),
        },
        "paused",
        moves=True,
    ),
    Axis(
        "discounts",
        "Do discounts reduce MRR?",
        MONEY,
        {
            "subtract": Meaning("discounts are subtracted"),
            "ignore": Meaning("discounts are ignored", needs="discount"),
            "forever-only": Meaning("only discounts without an end are subtracted", needs="discount_duration"),
        },
        "discounts",
    ),
    Axis(
        "week",
        "How many weeks has a month?",
        MONEY,
        {"52/12": Meaning("52 weeks a year"), "4": Meaning("4 weeks a month", needs="interval"), "4.33": Meaning("4.33 weeks a month")},
        "week",
    ),
    Axis(
        "day",
        "How many days has a month?",
        MONEY,
        {"365.25/12": Meaning("365.25 days a year"), "30": Meaning("30 days a month", needs="interval")},
        "day",
    ),
)
