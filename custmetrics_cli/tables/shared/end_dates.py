"""Ends of rows: the columns that can hold an end, the policies that choose one of them, and the rules about ends."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from custmetrics_cli.columns import FAR
from custmetrics_cli.columns.day import DAY
from custmetrics_cli.columns.status import STATUSES
from custmetrics_cli.tables.shared.column import Column, aliases
from custmetrics_cli.tables.shared.rules import Derived, Policy, RowError, SkipRule
from custmetrics_cli.tables.words import days as words

if TYPE_CHECKING:
    from custmetrics_cli.tables.shared.rules import Array, Arrays

ENDED, IS_PAST_DUE = STATUSES.index("ended"), STATUSES.index("past_due")

END = Column(
    "ended_at",
    DAY,
    "first day no longer served; empty = still a customer",
    empty=FAR,
    is_end=True,
    may_be_future=True,
    aliases=aliases(
        "end_date; ended_on; end_at; end; ended; subscription_ended_at; churned_at; churn_date; churned_on; "
        "expired_at; expiry_date; deactivated_at; deactivation_date; expires_at; left_at; left_on; until; "
        "to_date; termination_date; terminated_at; subscription_end; дата окончания; окончание; "
        "дата отключения; конец; отключен; дата ухода; дата завершения; окончен; окончание обслуживания; "
        "по; дата по; период по; срок по"
    ),
    words=words.ENDED_AT,
    search_order=4,
)
CANCELED_AT = Column(
    "canceled_at",
    DAY,
    "day of the cancellation; service may last longer",
    empty=FAR,
    fallback_end="ended_at",
    aliases=aliases(
        "cancelled_at; canceled; cancelled; canceled_on; cancelled_on; cancel_date; cancellation_date; "
        "cancelation_date; subscription_canceled_at; subscription_cancelled_at; дата отмены; отменен; "
        "дата расторжения; отмена"
    ),
    words=words.CANCELED_AT,
    search_order=3,
)
PAID_THROUGH = Column(
    "paid_through",
    DAY,
    "first day no longer paid for; service may last longer",
    empty=FAR,
    rounds_up=True,
    fallback_end="ended_at",
    may_be_future=True,
    aliases=aliases(
        "paid_until; paid_to; paid_through_date; paid_until_date; current_period_end; current_period_ends_at; "
        "current_period_ended_at; current_term_end; next_payment; next_payment_date; next_billing_date; "
        "next_billing_at; оплачено до; оплачен до; оплачена до; дата следующего платежа; следующее списание"
    ),
    words=words.PAID_THROUGH,
    search_order=2,
)
CHURN_DATE = Policy(
    "churn-date",
    "ended",
    {"ended": "", "canceled": "canceled_at", "paid-through": "paid_through"},
    "Day a customer counts as lost: service ended, the cancellation, or the paid time ran out",
    ("canceled_at", "paid_through"),
    replaces="ended_at",
)
PAST_DUE = Policy(
    "past-due",
    "keep",
    {"keep": "", "drop": ""},
    "Past-due rows: keep = still customers, drop = end on the last paid day (skipped if that is unknown)",
    ("status",),
)


def end_date(row: Arrays) -> Array:
    """Return the day that counts as the end. Without ended_at, a row with the status ended ended on canceled_at."""
    import numpy as np

    end = np.where((row["ended_at"] == FAR) & (row["status"] == ENDED), row[CANCELED_AT.as_end], row["ended_at"])
    if column := CHURN_DATE.values[row.chosen[CHURN_DATE.name]]:
        end = replace_end(row, end, row[f"{column} as ended_at"])
    if row.chosen[PAST_DUE.name] == "drop":
        paid = np.where(row["status"] == IS_PAST_DUE, row[PAID_THROUGH.as_end], FAR)
        end = replace_end(row, end, np.where(paid < end, paid, FAR))
    return end


def _columns_read(chosen: Mapping[str, str]) -> tuple[str, ...]:
    """Return the columns that end_date reads."""
    column = CHURN_DATE.values[chosen[CHURN_DATE.name]]
    other_ends = [f"{column} as ended_at"] if column else []
    other_ends += [PAID_THROUGH.as_end] if chosen[PAST_DUE.name] == "drop" else []
    return ("status", "ended_at", CANCELED_AT.as_end, *other_ends, *(["started_at"] if other_ends else []))


def replace_end(row: Arrays, end: Array, other: Array) -> Array:
    """Replace the end by another day, if there is one, but not by one before the start. A wrong end stays wrong."""
    import numpy as np

    start = row["started_at"]
    return np.where((other == FAR) | (end < start), end, np.maximum(other, start))


def is_unpaid(row: Arrays) -> Array:
    """Return True for past-due rows that do not count, without a last paid day."""
    unpaid: Array = (row["status"] == IS_PAST_DUE) & (row[PAID_THROUGH.as_end] == FAR) & (row.chosen[PAST_DUE.name] == "drop")
    return unpaid


ENDED_AT = Derived("ended_at", DAY, (("ended_at",), ("status", "canceled_at")), end_date, _columns_read)
NO_END = SkipRule(
    "ended, but no date says when",
    lambda row: (row["status"] == ENDED) & (row["ended_at"] == FAR),
    ("status", "ended_at"),
    means_ended=True,
)
UNPAID = SkipRule("past due", is_unpaid, ("status", PAID_THROUGH.as_end))
NO_DAY = SkipRule("serves no day", lambda row: row["started_at"] == row["ended_at"], ("started_at", "ended_at"), means_ended=True)
ENDS_FIRST = RowError(
    "E501",
    "ended_at",
    "ended_at is before started_at",
    "correct the row (ended_at is the first day no longer served), or pass --skip-bad-rows",
    lambda row: row["ended_at"] < row["started_at"],
    ("ended_at", "started_at"),
)
