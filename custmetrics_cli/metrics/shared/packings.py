"""Numbers that several subjects pack into one column."""

from __future__ import annotations

from custmetrics_cli.columns import FAR
from custmetrics_cli.core.data.counts import WHOLE
from custmetrics_cli.core.packing import Field, Packing

DAY = Field("day", 2 * FAR + 1, low=-FAR)
GROUP = Field("group", 2**31, low=WHOLE)

FIRST_DAY = Packing(DAY, GROUP)  # the smallest one is the first day; of its groups, the first by name
ROW_ORDER = Packing(Field("start", DAY.size, DAY.low), Field("end", DAY.size, DAY.low))


def period_span(periods: int) -> Packing:
    """Return the packing of the periods in which a row ends and begins."""
    return Packing(Field("end_period", periods + 2), Field("start_period", periods + 2))
