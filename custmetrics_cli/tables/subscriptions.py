"""Subscriptions: one row is one item over one span at one price. A customer's paying rows together are the stints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custmetrics_cli.columns import FAR
from custmetrics_cli.columns.count import COUNT
from custmetrics_cli.columns.day import DAY
from custmetrics_cli.columns.discount import DISCOUNT
from custmetrics_cli.columns.interval import INTERVAL, INTERVALS, monthly
from custmetrics_cli.columns.money import MONEY
from custmetrics_cli.columns.text import WORD
from custmetrics_cli.tables._currency import CURRENCY
from custmetrics_cli.tables._ends import (
    CANCELED_AT,
    CHURN_DATE,
    END,
    ENDED_AT,
    ENDS_FIRST,
    LATE,
    NO_DAY,
    NO_END,
    PAID_THROUGH,
    PAST_DUE,
    UNPAID,
)
from custmetrics_cli.tables._pauses import NEVER_PAID, NO_PAUSE, PAUSED_AT, RESUMED_AT, RESUMES_FIRST, UNDATED, first_paid_day
from custmetrics_cli.tables._table import Column, Derived, Policy, RowError, SkipRule, Table, aliases
from custmetrics_cli.tables.customers import CUSTOMER_ID, NEVER_STARTED, ON_TRIAL, REASON, STARTED_AT, STATUS_COLUMN, TRIAL

if TYPE_CHECKING:
    from custmetrics_cli.tables._table import Array, Arrays


DISCOUNTS = Policy(
    "discounts",
    "subtract",
    {"subtract": "", "ignore": ""},
    "Discounts lower what a subscription brings, or are left out of account",
    ("discount",),
)


def trial_start(row: Arrays) -> Array:
    """The first day of rows that began with a trial, or are one; FAR of others. Made before started_at moves."""
    import numpy as np

    return np.where((row["trial_end"] > row["started_at"]) | (row["status"] == TRIAL), row["started_at"], FAR)


def past_due(row: Arrays) -> Array:
    """1 where the status says so, else 0."""
    late: Array = (row["status"] == LATE) * 1
    return late


def monthly_amount(row: Arrays) -> Array:
    """(amount - discount) x quantity per month, in 1/5040 of a hundredth; rounded once, half to even."""
    discount = row["discount"] * (row.chosen[DISCOUNTS.name] == "subtract")
    return monthly(row["amount"], discount, row["quantity"], row["interval"], row["interval_count"])


TABLE = Table(
    "subscriptions",
    "one row is one item over one span at one price",
    (
        CUSTOMER_ID,
        STARTED_AT,
        Column(
            "amount",
            MONEY,
            "price per interval",
            required=True,
            aliases=aliases("price; unit_amount; plan_amount; fee; сумма; цена; стоимость; тариф, руб; абонентская плата"),
        ),
        Column(
            "subscription_id",
            WORD,
            "which subscription",
            aliases=aliases("subscription_oid; subscription; sub_id; id подписки; подписка; номер подписки"),
        ),
        END,
        CANCELED_AT,
        PAID_THROUGH,
        Column(
            "trial_end",
            DAY,
            "first day after the trial",
            empty=-FAR,
            late=True,
            future=True,
            aliases=aliases("trial_ends_at; trial_end_date; trial_ended_at; trial_until; конец пробного периода; пробный период до"),
        ),
        Column(
            "interval",
            INTERVAL,
            "what the amount pays for: day, week, month, quarter, year",
            empty=INTERVALS.index("month"),
            aliases=aliases("billing_interval; billing_period; period; plan_interval; интервал; период; периодичность"),
        ),
        Column(
            "interval_count",
            COUNT,
            "how many intervals the amount pays for",
            empty=1,
            aliases=aliases("plan_interval_count; billing_interval_count; число интервалов"),
        ),
        Column(
            "quantity",
            COUNT,
            "how many are paid for",
            empty=1,
            aliases=aliases("subscription_quantity; qty; seats; licenses; количество; кол-во; число мест"),
        ),
        Column("discount", DISCOUNT, "off the amount: 20% or money per interval", aliases=aliases("скидка")),
        CURRENCY,
        PAUSED_AT,
        RESUMED_AT,
        STATUS_COLUMN,
        REASON,
    ),
    derived=(
        ENDED_AT,
        Derived("trial_start", DAY, (("trial_end",), ("status",)), trial_start, ("trial_end", "started_at", "status")),
        Derived("started_at", DAY, (("started_at",),), first_paid_day, ("started_at", "trial_end", "paused_at", "resumed_at")),
        Derived("past_due", COUNT, (("status",),), past_due, ("status",)),
        Derived("monthly", MONEY, (("amount",),), monthly_amount, ("amount", "discount", "quantity", "interval", "interval_count")),
    ),
    skip_rules=(
        NEVER_STARTED,
        ON_TRIAL,
        SkipRule("ended in trial", lambda row: row["ended_at"] <= row["trial_end"], ("ended_at", "trial_end"), ended=True),
        NO_END,
        UNPAID,
        SkipRule("pays nothing", lambda row: row["monthly"] == 0, ("monthly",)),
        NEVER_PAID,
        NO_DAY,
    ),
    row_errors=(
        ENDS_FIRST,
        RowError(
            "E507",
            "amount",
            "the amount is negative",
            "a refund is no subscription: leave the row out, or set it aside with --skip-bad-rows",
            lambda row: row["amount"] < 0,
            ("amount",),
        ),
        RowError(
            "E508",
            "discount",
            "the discount is more than the amount",
            "say it per interval, in the unit of the amount, or as a percentage like 20%",
            lambda row: (row["amount"] >= 0) & (row["monthly"] < 0),
            ("amount", "monthly"),
        ),
        RESUMES_FIRST,
        NO_PAUSE,
    ),
    policies=(PAST_DUE, DISCOUNTS, CHURN_DATE),
    order=2,
    row_warnings=(UNDATED,),
    keys=(("customer_id", "subscription_id", "started_at"), ("customer_id", "subscription_id"), ("subscription_id",)),
)
