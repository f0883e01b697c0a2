"""Customers: one row is a stint (one continuous time as a customer), or a part of one."""

from __future__ import annotations

from custmetrics_cli.columns.day import DAY
from custmetrics_cli.columns.status import STATUS, STATUSES
from custmetrics_cli.columns.text import ID, WORD
from custmetrics_cli.tables.readings.other_ends import OTHER_ENDS
from custmetrics_cli.tables.shared.column import Column, aliases
from custmetrics_cli.tables.shared.end_dates import (
    CANCELED_AT,
    CHURN_DATE,
    END,
    ENDED_AT,
    ENDS_FIRST,
    NO_DAY,
    NO_END,
    PAID_THROUGH,
    PAST_DUE,
    UNPAID,
)
from custmetrics_cli.tables.shared.rules import SkipRule
from custmetrics_cli.tables.shared.status_flags import FLAGGED_STATUS, FLAGS, TRIAL
from custmetrics_cli.tables.shared.table import RowId, Table
from custmetrics_cli.tables.words import people
from custmetrics_cli.tables.words.days import STARTED_AT as STARTED_WORDS
from custmetrics_cli.tables.words.identities import identity_role
from custmetrics_cli.tables.words.states import STATUS as STATUS_WORDS

NEVER = STATUSES.index("never_started")
NEVER_STARTED = SkipRule("never started", lambda row: row["status"] == NEVER, ("status",))
ON_TRIAL = SkipRule("trial", lambda row: row["status"] == TRIAL, ("status",))
CUSTOMER_ID = Column(
    "customer_id",
    ID,
    "the customer; kept as text, so 007 stays 007",
    required=True,
    aliases=aliases(
        "customer_oid; customer_code; customer_number; customer_no; cust_id; client_id; client_code; "
        "account_id; account_code; account_number; subscriber_id; member_id; company_id; contact_id; user_id; "
        "customer; client; account; subscriber; member; user; id клиента; код клиента; номер клиента; "
        "ид клиента; клиент id; id абонента; номер абонента; id пользователя; клиент; заказчик; контрагент; "
        "абонент; пользователь"
    ),
    words=people.CUSTOMER_ID,
    header_role=identity_role,
)
STARTED_AT = Column(
    "started_at",
    DAY,
    "first day served",
    required=True,
    may_be_future=True,
    aliases=aliases(
        "start_date; started_on; start_at; start; started; subscription_started_at; signup_date; signed_up; "
        "signed_up_at; signup_at; signup; activated_at; activated_on; activation_date; joined; "
        "joined_at; join_date; since; customer_since; begin_date; from_date; subscription_start; дата начала; "
        "начало; дата подключения; дата старта; подключен; дата регистрации; начат; дата активации; "
        "начало обслуживания; с; дата с; период с; срок с"
    ),
    words=STARTED_WORDS,
)
STATUS_COLUMN = Column(
    "status",
    STATUS,
    "status on the day of the export: trial, active, active_until_end, past_due, paused, ended, never_started",
    aliases=aliases("state; статус; состояние"),
    words=STATUS_WORDS,
)
REASON = Column(
    "reason",
    WORD,
    "why the customer left",
    is_leave_reason=True,
    aliases=aliases(
        "cancellation_reason; cancel_reason; churn_reason; expiration_reason; reason_code; причина; "
        "причина ухода; причина отмены; причина оттока"
    ),
)

TABLE = Table(
    "customers",
    "one row is one stint: a continuous time as a customer",
    (CUSTOMER_ID._replace(words=people.IN_CUSTOMERS), STARTED_AT, END, CANCELED_AT, PAID_THROUGH, STATUS_COLUMN, *FLAGS, REASON),
    derived=(FLAGGED_STATUS, ENDED_AT, *OTHER_ENDS),
    skip_rules=(NEVER_STARTED, ON_TRIAL, NO_END, UNPAID, NO_DAY),
    row_errors=(ENDS_FIRST,),
    policies=(PAST_DUE, CHURN_DATE),
    order=1,
    keys=(("customer_id", "started_at"), ("customer_id",)),
    row_id=RowId(),
)
