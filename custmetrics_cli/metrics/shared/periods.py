"""From days to periods. k = the number of period edges on or before a day: 0 before the first period, 1 in it, …

Nothing joins rows to every period: a row looks up the k of its own days.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw

from custmetrics_cli.engines.query.period_lookup import period_numbers
from custmetrics_cli.engines.query.run import Frame

if TYPE_CHECKING:
    from custmetrics_cli.core.time.period import Period


def edges(periods: Sequence[Period]) -> list[int]:
    """The first day of each period, and the day after the last."""
    return [period.start_number for period in periods] + [periods[-1].end_number]


def numbered(frame: Frame, periods: Sequence[Period], **days: str) -> Frame:
    """The frame with a column of period numbers for each day column: numbered(f, ps, ks="s") adds ks."""
    return looked_up(frame, edges(periods), **days)


def looked_up(frame: Frame, border: Sequence[int], **days: str) -> Frame:
    """How many of the days of the border, in order, lie on or before each day."""
    if not border:
        return frame.with_columns(**{k: nw.lit(0) for k in days})
    return period_numbers(frame, border, days)
