"""Numbers that the frames of customers pack into one column. frames.py packs them, counts.py unpacks them."""

from __future__ import annotations

from custmetrics_cli.core.data.counts import WHOLE
from custmetrics_cli.core.packing import Field, Packing
from custmetrics_cli.metrics.shared.packings import DAY, GROUP

STAYED = 3  # the reason kind of a customer without an ended stint
REASON = Field("reason_kind", 4)
GROUP_AND_REASON = Packing(GROUP, REASON)

# Events of a customer in order: on a day starts come before ends, then the tie decides. Sorting by one column is several times faster.
MOMENT = Packing(DAY, Field("rank", 3))
EVENT_ORDER = Packing(DAY, Field("rank", 3), Field("tie", 2**35, low=-(2**34)))

# What happened to a customer in a period. The largest last end and the smallest first start are the ones that count.
START = Packing(GROUP, Field("is_first", 2))
NO_START = START.pack(group=WHOLE, is_first=0)  # for a customer without a started stint
FIRST_START = Packing(DAY, Field("start", START.size))
LAST_END = Packing(DAY, REASON)
STATE = Packing(Field("is_customer", 2), Field("cancels", 2), REASON, Field("stint_change", 3, low=-1))


def row_packing(periods: int) -> Packing:
    """Return the packing of all that matters of a customer's only row."""
    size = periods + 2
    return Packing(Field("cancel_period", size), Field("end_period", size), Field("start_period", size), REASON)
