"""Yes and no about a customer: active, churned, on trial. They give the status of rows that have none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custmetrics_cli.columns.orders.flag import FLAG, NO, YES
from custmetrics_cli.columns.status import STATUS, STATUSES
from custmetrics_cli.tables.shared.column import Column, aliases
from custmetrics_cli.tables.shared.end_dates import ENDED
from custmetrics_cli.tables.shared.rules import Derived

if TYPE_CHECKING:
    from custmetrics_cli.tables.shared.rules import Array, Arrays

TRIAL = STATUSES.index("trial")
IS_ACTIVE = Column(
    "is_active",
    FLAG,
    "yes: still a customer; no: the row has ended",
    aliases=aliases(
        "active; active_flag; still_active; is_current; current; is_customer; активен; активна; активный; действует; aktiv; actif; activo; "
        "ativo; attivo; actief; aktywny; активний"
    ),
    fit=1,
)
IS_CHURNED = Column(
    "is_churned",
    FLAG,
    "yes: the row has ended",
    aliases=aliases(
        "churned; churn; is_churn; churn_flag; churned_flag; exited; inactive; is_inactive; deleted; is_deleted; cancelled; canceled; "
        "is_cancelled; is_canceled; отток; ушел; неактивен; удален; отменен; gekündigt; résilié; cancelado; annullato; opgezegd; відтік"
    ),
    fit=1,
)
IS_TRIAL = Column(
    "is_trial",
    FLAG,
    "yes: the row is a trial",
    aliases=aliases("trial; on_trial; trial_flag; in_trial; триал; пробный; пробная"),
    fit=1,
)
FLAGS = (IS_ACTIVE, IS_CHURNED, IS_TRIAL)


def status_of_flags(row: Arrays) -> Array:
    """Return the status. Rows without one take it from the yes/no columns, an end before a trial."""
    import numpy as np

    has_ended = (row["is_active"] == NO) | (row["is_churned"] == YES)
    by_flags = np.where(has_ended, ENDED, np.where(row["is_trial"] == YES, TRIAL, 0))
    status: Array = np.where(row["status"] == 0, by_flags, row["status"])
    return status


FLAGGED_STATUS = Derived(
    "status",
    STATUS,
    (("status",), *((column.name,) for column in FLAGS)),
    status_of_flags,
    ("status", *(column.name for column in FLAGS)),
    is_optional=True,
)
