"""Subscriptions: one row is one item at one price, from a first to a last day. The paid rows of a customer form stints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custmetrics_cli.columns import FAR
from custmetrics_cli.columns.count import COUNT
from custmetrics_cli.columns.day import DAY
from custmetrics_cli.columns.discount import DISCOUNT
from custmetrics_cli.columns.interval import INTERVAL, INTERVALS, monthly, states_count_twice
from custmetrics_cli.columns.money import MONEY
from custmetrics_cli.columns.text import WORD
from custmetrics_cli.tables.customers import CUSTOMER_ID, NEVER_STARTED, ON_TRIAL, REASON, STARTED_AT, STATUS_COLUMN
from custmetrics_cli.tables.readings.other_amounts import OTHER_AMOUNTS
from custmetrics_cli.tables.readings.other_ends import OTHER_ENDS
from custmetrics_cli.tables.shared.column import Column, aliases
from custmetrics_cli.tables.shared.currency import CURRENCY
from custmetrics_cli.tables.shared.end_dates import (
    CANCELED_AT,
    CHURN_DATE,
    END,
    ENDED_AT,
    ENDS_FIRST,
    IS_PAST_DUE,
    NO_DAY,
    NO_END,
    PAID_THROUGH,
    PAST_DUE,
    UNPAID,
)
from custmetrics_cli.tables.shared.pauses import NEVER_PAID, NO_PAUSE, PAUSED_AT, RESUMED_AT, RESUMES_FIRST, UNDATED, first_paid_day
from custmetrics_cli.tables.shared.rules import Derived, Policy, RowError, SkipRule
from custmetrics_cli.tables.shared.start_parts import START_PARTS
from custmetrics_cli.tables.shared.status_flags import FLAGGED_STATUS, FLAGS, TRIAL
from custmetrics_cli.tables.shared.table import RowId, Table
from custmetrics_cli.tables.words import amounts, billing, days, row_ids

if TYPE_CHECKING:
    from custmetrics_cli.tables.shared.rules import Array, Arrays


DISCOUNTS = Policy(
    "discounts",
    "subtract",
    {"subtract": "", "ignore": ""},
    "Subtract discounts from the price, or ignore them",
    ("discount",),
)


def trial_start(row: Arrays) -> Array:
    """Return the first day of rows that began with a trial, or are one; else FAR. This is made before started_at moves."""
    import numpy as np

    return np.where((row["trial_end"] > row["started_at"]) | (row["status"] == TRIAL), row["started_at"], FAR)


def past_due(row: Arrays) -> Array:
    """Return 1 for past-due rows, else 0."""
    flags: Array = (row["status"] == IS_PAST_DUE) * 1
    return flags


def monthly_amount(row: Arrays) -> Array:
    """Return (amount - discount) x quantity per month. It is rounded once, half to even."""
    subtracts = row.chosen[DISCOUNTS.name] == "subtract"
    rest, of_discount = row.rests.get("amount"), row.rests.get("discount")
    if subtracts and of_discount is not None:
        rest = (0 if rest is None else rest) - of_discount
    return monthly(row["amount"], row["discount"] * subtracts, row["quantity"], row["interval"], row["interval_count"], rest=rest)


TABLE = Table(
    "subscriptions",
    "one row is one item at one price, from a first to a last day",
    (
        CUSTOMER_ID,
        STARTED_AT,
        Column(
            "amount",
            MONEY,
            "price per interval",
            required=True,
            aliases=aliases("price; unit_amount; plan_amount; fee; сумма; цена; стоимость; тариф, руб; абонентская плата"),
            words=amounts.OF_SUBSCRIPTION,
        ),
        Column(
            "subscription_id",
            WORD,
            "id of the subscription",
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
            rounds_up=True,
            may_be_future=True,
            aliases=aliases("trial_ends_at; trial_end_date; trial_ended_at; trial_until; конец пробного периода; пробный период до"),
            words=days.TRIAL_END,
            search_order=1,
        ),
        Column(
            "interval",
            INTERVAL,
            "billing interval: day, week, month, quarter or year",
            empty=INTERVALS.index("month"),
            aliases=aliases("billing_interval; billing_period; period; plan_interval; интервал; период; периодичность"),
            words=billing.INTERVAL,
        ),
        Column(
            "interval_count",
            COUNT,
            "number of intervals that the amount pays for",
            empty=1,
            aliases=aliases("plan_interval_count; billing_interval_count; число интервалов"),
        ),
        Column(
            "quantity",
            COUNT,
            "number of seats or units",
            empty=1,
            aliases=aliases("subscription_quantity; qty; seats; licenses; количество; кол-во; число мест"),
            words=billing.QUANTITY,
        ),
        Column("discount", DISCOUNT, "discount: 20%, or money per interval", aliases=aliases("скидка")),
        CURRENCY,
        PAUSED_AT,
        RESUMED_AT,
        STATUS_COLUMN,
        *FLAGS,
        REASON,
    ),
    derived=(
        FLAGGED_STATUS,
        ENDED_AT,
        *OTHER_ENDS,
        Derived("trial_start", DAY, (("trial_end",), ("status",)), trial_start, ("trial_end", "started_at", "status")),
        Derived("started_at", DAY, (("started_at",),), first_paid_day, ("started_at", "trial_end", "paused_at", "resumed_at")),
        Derived("past_due", COUNT, (("status",),), past_due, ("status",)),
        Derived("monthly", MONEY, (("amount",),), monthly_amount, ("amount", "discount", "quantity", "interval", "interval_count")),
        *OTHER_AMOUNTS,
        *START_PARTS,
    ),
    skip_rules=(
        NEVER_STARTED,
        ON_TRIAL,
        SkipRule("ended in trial", lambda row: row["ended_at"] <= row["trial_end"], ("ended_at", "trial_end"), means_ended=True),
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
            "amount: {value} is negative",
            "remove the row (a refund is not a subscription), or pass --skip-bad-rows",
            lambda row: row["amount"] < 0,
            ("amount",),
        ),
        RowError(
            "E508",
            "discount",
            "discount: {value} is more than the amount",
            "give it per interval, in the unit of the amount, or as a percentage like 20%",
            lambda row: (row["amount"] >= 0) & (row["monthly"] < 0),
            ("amount", "monthly"),
        ),
        RowError(
            "E419",
            "interval",
            "interval: {value} and interval_count may both contain the same count",
            "ignore the count with --column interval_count=, or write the interval as one word: month, quarter or year",
            lambda row: states_count_twice(row["interval"], row["interval_count"]),
            ("interval", "interval_count"),
        ),
        RESUMES_FIRST,
        NO_PAUSE,
    ),
    policies=(PAST_DUE, DISCOUNTS, CHURN_DATE),
    order=2,
    row_warnings=(UNDATED,),
    keys=(("customer_id", "subscription_id", "started_at"), ("customer_id", "subscription_id"), ("subscription_id",)),
    row_id=RowId("subscription_id", row_ids.SUBSCRIPTION),
)
