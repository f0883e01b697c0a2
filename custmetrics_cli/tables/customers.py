"""Stints of customers: one row is one unbroken presence, or a part of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custmetrics_cli.columns import FAR
from custmetrics_cli.columns.day import DAY
from custmetrics_cli.columns.status import STATUS, STATUSES
from custmetrics_cli.columns.text import ID, WORD
from custmetrics_cli.tables._table import Column, Derived, RowCheck, RowRule, Table

if TYPE_CHECKING:
    from custmetrics_cli.tables._table import Array, Arrays

ENDED, TRIAL, NEVER = (STATUSES.index(name) for name in ("ended", "trial", "never_started"))


def last_day(row: Arrays) -> Array:
    """ended_at, else canceled_at where the status says that it has ended."""
    import numpy as np

    return np.where((row["ended_at"] == FAR) & (row["status"] == ENDED), row["canceled_at"], row["ended_at"])


ENDED_AT = Derived("ended_at", ("ended_at", "status"), last_day)
NEVER_STARTED = RowRule("never started", lambda row: row["status"] == NEVER)
ON_TRIAL = RowRule("trial", lambda row: row["status"] == TRIAL)
NO_END = RowRule("ended, but no date says when", lambda row: (row["status"] == ENDED) & (row["ended_at"] == FAR))
NO_DAY = RowRule("serves no day", lambda row: row["started_at"] == row["ended_at"])
ENDS_FIRST = RowCheck(
    "E501",
    "ended_at",
    "ended_at is before started_at",
    "ended_at is the first day no longer served; correct the row, or set it aside with --skip-bad-rows",
    lambda row: row["ended_at"] < row["started_at"],
)

CUSTOMER_ID = Column(
    "customer_id",
    ID,
    "who; kept as text, so 007 stays 007",
    required=True,
    aliases=(
        "customer", "client_id", "client", "account_id", "account", "user_id", "member_id", "subscriber_id",
        "company_id", "contact_id", "cust_id", "id клиента", "клиент", "код клиента", "номер клиента", "ид клиента",
        "клиент id", "заказчик", "контрагент", "абонент", "id пользователя", "пользователь",
    ),
)
STARTED_AT = Column(
    "started_at",
    DAY,
    "first day served",
    required=True,
    future=True,
    aliases=(
        "start", "start_date", "started", "started_on", "signup_date", "signed_up", "signed_up_at", "sign_up_date",
        "activated_at", "activated_on", "activation_date", "joined", "joined_at", "join_date", "since", "customer_since",
        "begin_date", "from_date", "subscription_start", "дата начала", "начало", "дата подключения", "дата старта",
        "подключен", "дата регистрации", "начат", "дата активации", "начало обслуживания",
    ),
)
END = Column(
    "ended_at",
    DAY,
    "first day no longer served; empty = still a customer",
    empty=FAR,
    end=True,
    future=True,
    aliases=(
        "end", "end_date", "ended", "ended_on", "churned_at", "churn_date", "churned_on", "expired_at", "expiry_date",
        "expires_at", "left_at", "left_on", "until", "to_date", "termination_date", "terminated_at", "subscription_end",
        "дата окончания", "окончание", "дата отключения", "конец", "отключен", "дата ухода", "дата завершения",
        "окончен", "окончание обслуживания",
    ),
)
CANCELED_AT = Column(
    "canceled_at",
    DAY,
    "day the customer decided to leave; service may last longer",
    empty=FAR,
    aliases=(
        "cancelled_at", "canceled", "cancelled", "canceled_on", "cancelled_on", "cancel_date", "cancellation_date",
        "cancelation_date", "дата отмены", "отменен", "дата расторжения", "отмена",
    ),
)
STATUS_COLUMN = Column(
    "status",
    STATUS,
    "state on the day of the export: trial, active, active_until_end, past_due, paused, ended, never_started",
    aliases=("state", "статус", "состояние"),
)
REASON = Column(
    "reason",
    WORD,
    "why the customer left",
    of_end=True,
    aliases=(
        "cancellation_reason", "cancel_reason", "churn_reason", "expiration_reason", "reason_code", "причина",
        "причина ухода", "причина отмены", "причина оттока",
    ),
)

TABLE = Table(
    "customers",
    "one row is a stint of a customer: one unbroken presence",
    (CUSTOMER_ID, STARTED_AT, END, CANCELED_AT, STATUS_COLUMN, REASON),
    derived=(ENDED_AT,),
    rules=(NEVER_STARTED, ON_TRIAL, NO_END, NO_DAY),
    checks=(ENDS_FIRST,),
)
