"""From days to period numbers: 0 before the first period, 1 in the first, and so on.

No row is joined to every period. A row looks up the periods of its own days.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw

from custmetrics_cli.engines.query.period_lookup import period_numbers
from custmetrics_cli.engines.query.run import Frame

if TYPE_CHECKING:
    from custmetrics_cli.core.time.period import Period


def borders_of(periods: Sequence[Period]) -> list[int]:
    """Return the first day of each period, and the day after the last."""
    return [period.start_number for period in periods] + [periods[-1].end_number]


def with_periods(frame: Frame, periods: Sequence[Period], **days: str) -> Frame:
    """Add the period number of each day column: with_periods(frame, periods, start_period="start")."""
    return with_steps(frame, borders_of(periods), **days)


def with_steps(frame: Frame, steps: Sequence[int], **days: str) -> Frame:
    """Add how many of the ordered days `steps` are on or before the day in each day column."""
    if not steps:
        return frame.with_columns(**{name: nw.lit(0) for name in days})
    return period_numbers(frame, steps, days)
