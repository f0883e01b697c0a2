"""States of a customer or a subscription on the day of the export, as billing systems and people call them.

A word that nobody knows is `unknown`, never an error: whoever loads the file warns. `canceled` is ended here; where
a canceled subscription runs on until its last day, the file has that day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from custmetrics_cli.columns import ColumnFormat, ColumnKind, ParsedColumn
from custmetrics_cli.columns.parsing import words

if TYPE_CHECKING:
    import pyarrow as pa

STATUSES = ("", "active", "trial", "active_until_end", "past_due", "paused", "ended", "never_started", "unknown")
UNKNOWN = STATUSES.index("unknown")

KNOWN = words.spellings(
    {
        "active": "live, modified, converted, wc-active, enabled, current, open, running, in force, renewing, "
        "активен, активна, активный, активная, активно, действует, действующий, действующая, подключен, подключена, работает, открыт",
        "trial": "trialing, trialling, in trial, on trial, free trial, пробный, пробная, пробный период, на пробном периоде, триал",
        "active_until_end": "non renewing, wc-pending-cancel, pending cancel, pending cancellation, cancel at period end, cancelling, "
        "canceling, active until end, не продлевается, отменяется, активен до конца периода",
        "past_due": "unpaid, overdue, delinquent, in arrears, wc-on-hold, on hold, просрочен, просрочена, просрочено, "
        "не оплачен, не оплачена, задолженность, долг",
        "paused": "suspended, frozen, on pause, приостановлен, приостановлена, на паузе, пауза, заморожен, заморожена",
        "ended": "canceled, cancelled, expired, transferred, wc-cancelled, wc-expired, wc-switched, switched, inactive, disabled, "
        "closed, terminated, churned, deactivated, stopped, finished, lapsed, left, deleted, lost, "
        "отключен, отключена, отключено, неактивен, неактивна, не активен, не активна, завершен, завершена, закрыт, закрыта, "
        "расторгнут, расторгнута, расторгнуто, отменен, отменена, истек, истекла, окончен, окончена, ушел, ушла, удален, удалена",
        "never_started": "pending, future, failed, incomplete, incomplete expired, draft, pending activation, pending acceptance, "
        "wc-pending, wc-trash, trash, not started, не начат, не начата, не подключен, не подключена, ожидает, ожидает оплаты, черновик",
    },
    STATUSES,
)


def cell(text: str, format: ColumnFormat) -> int:
    """
    >>> [STATUSES[cell(text, ColumnFormat())] for text in ("Trialing", "past-due", "отключён", "purple")]
    ['trial', 'past_due', 'ended', 'unknown']
    """
    return KNOWN.get(words.spelt(text), UNKNOWN)


def column(texts: pa.StringArray, format: ColumnFormat) -> ParsedColumn:
    return words.column(texts, lambda text: cell(text, format))


STATUS = ColumnKind(
    "status", "", "a state; a word nobody knows is unknown", "active", cell, column, decode=lambda code: STATUSES[code] or None
)
