"""When rows end: the columns that say so, the policies by which one of them is chosen, and what is wrong with an end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from custmetrics_cli.columns import FAR
from custmetrics_cli.columns.day import DAY
from custmetrics_cli.columns.status import STATUSES
from custmetrics_cli.tables._table import Column, Derived, Policy, RowError, SkipRule, aliases

if TYPE_CHECKING:
    from custmetrics_cli.tables._table import Array, Arrays

ENDED, LATE = STATUSES.index("ended"), STATUSES.index("past_due")

END = Column(
    "ended_at",
    DAY,
    "first day no longer served; empty = still a customer",
    empty=FAR,
    end=True,
    future=True,
    aliases=aliases(
        "end_date; ended_on; end_at; end; ended; subscription_ended_at; churned_at; churn_date; churned_on; "
        "expired_at; expiry_date; deactivated_at; deactivation_date; expires_at; left_at; left_on; until; "
        "to_date; termination_date; terminated_at; subscription_end; дата окончания; окончание; "
        "дата отключения; конец; отключен; дата ухода; дата завершения; окончен; окончание обслуживания"
    ),
)
CANCELED_AT = Column(
    "canceled_at",
    DAY,
    "day the customer decided to leave; service may last longer",
    empty=FAR,
    fallback_end="ended_at",
    aliases=aliases(
        "cancelled_at; canceled; cancelled; canceled_on; cancelled_on; cancel_date; cancellation_date; "
        "cancelation_date; subscription_canceled_at; subscription_cancelled_at; дата отмены; отменен; "
        "дата расторжения; отмена"
    ),
)
PAID_THROUGH = Column(
    "paid_through",
    DAY,
    "first day no longer paid for; the row may run on",
    empty=FAR,
    late=True,
    fallback_end="ended_at",
    future=True,
    aliases=aliases(
        "paid_until; paid_to; paid_through_date; paid_until_date; current_period_end; current_period_ends_at; "
        "current_period_ended_at; current_term_end; next_payment; next_payment_date; next_billing_date; "
        "next_billing_at; оплачено до; оплачен до; оплачена до; дата следующего платежа; следующее списание"
    ),
)
CHURN_DATE = Policy(
    "churn-date",
    "ended",
    {"ended": "", "canceled": "canceled_at", "paid-through": "paid_through"},
    "The day on which a customer is lost: service ends, the decision is taken, or what was paid for is used up",
    ("canceled_at", "paid_through"),
    gives="ended_at",
)
PAST_DUE = Policy(
    "past-due",
    "keep",
    {"keep": "", "drop": ""},
    "Rows that are past due count, or end with the day they are paid through (without one they are set aside)",
    ("status",),
)


def last_day(row: Arrays) -> Array:
    """ended_at, else canceled_at where the status says that it has ended; or another day, where a policy says so."""
    import numpy as np

    end = np.where((row["ended_at"] == FAR) & (row["status"] == ENDED), row[CANCELED_AT.as_end], row["ended_at"])
    if column := CHURN_DATE.values[row.chosen[CHURN_DATE.name]]:
        end = _moved(row, end, row[f"{column} as ended_at"])
    if row.chosen[PAST_DUE.name] == "drop":
        paid = np.where(row["status"] == LATE, row[PAID_THROUGH.as_end], FAR)
        end = _moved(row, end, np.where(paid < end, paid, FAR))
    return end


def _days_read(chosen: Mapping[str, str]) -> tuple[str, ...]:
    """Return the columns that last_day reads."""
    other_ends = [f"{column} as ended_at"] if (column := CHURN_DATE.values[chosen[CHURN_DATE.name]]) else []
    other_ends += [PAID_THROUGH.as_end] if chosen[PAST_DUE.name] == "drop" else []
    return ("status", "ended_at", CANCELED_AT.as_end, *other_ends, *(["started_at"] if other_ends else []))


def _moved(row: Arrays, end: Array, other: Array) -> Array:
    """The other day where there is one, but none before the row starts. An end before the start is wrong and stays so."""
    import numpy as np

    start = row["started_at"]
    return np.where((other == FAR) | (end < start), end, np.maximum(other, start))


def unpaid(row: Arrays) -> Array:
    """Where a row that is past due does not count, and no day says until when it did."""
    dropped: Array = (row["status"] == LATE) & (row[PAID_THROUGH.as_end] == FAR) & (row.chosen[PAST_DUE.name] == "drop")
    return dropped


ENDED_AT = Derived("ended_at", DAY, (("ended_at",), ("status", "canceled_at")), last_day, _days_read)
NO_END = SkipRule(
    "ended, but no date says when", lambda row: (row["status"] == ENDED) & (row["ended_at"] == FAR), ("status", "ended_at"), ended=True
)
UNPAID = SkipRule("past due", unpaid, ("status", PAID_THROUGH.as_end))
NO_DAY = SkipRule("serves no day", lambda row: row["started_at"] == row["ended_at"], ("started_at", "ended_at"), ended=True)
ENDS_FIRST = RowError(
    "E501",
    "ended_at",
    "ended_at is before started_at",
    "ended_at is the first day no longer served; correct the row, or set it aside with --skip-bad-rows",
    lambda row: row["ended_at"] < row["started_at"],
    ("ended_at", "started_at"),
)
