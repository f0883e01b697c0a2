"""States of a customer or a subscription on the day of the export, in the words of billing systems and of people.

A word that is not known is `unknown`, never an error: a warning shows it. `canceled` means that it has ended. If a canceled
subscription continues until a last day, the file contains that day.
"""

from __future__ import annotations

from functools import lru_cache

from custmetrics_cli.columns import ColumnKind, UnknownWords
from custmetrics_cli.columns.parsing.readers import WordReader
from custmetrics_cli.columns.parsing.states import find_state
from custmetrics_cli.columns.parsing.words import spellings

STATUSES = ("", "active", "trial", "active_until_end", "past_due", "paused", "ended", "never_started", "unknown")
UNKNOWN = STATUSES.index("unknown")

KNOWN = spellings(
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


def decode(code: int) -> str | None:
    """
    >>> from custmetrics_cli.columns import ColumnFormat
    >>> [decode(STATUS.read_cell(text, ColumnFormat())) for text in ("Trialing", "past-due", "отключён", "purple")]
    ['trial', 'past_due', 'ended', 'unknown']
    """
    return STATUSES[code] or None


@lru_cache(4096)
def find(text: str) -> int:
    """Return the number of a state.

    >>> [STATUSES[find(text)] for text in ("Canceled (non-payment)", "churned_voluntary", "Active patron", "active-canceled")]
    ['ended', 'ended', 'active', 'unknown']
    """
    return find_state(text, KNOWN, UNKNOWN)


STATUS = ColumnKind(
    "status",
    "",
    "a status; an unknown word is reported",
    "active",
    WordReader(find),
    decode=decode,
    knows=lambda text: find(text) != UNKNOWN,
    unknown=UnknownWords(UNKNOWN, "W203", "running"),
)
