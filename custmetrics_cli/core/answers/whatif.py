"""The outcomes of a what-if model."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.core.answers.answer import Answer

if TYPE_CHECKING:
    from custmetrics_cli.core.time.period import Period


class WhatIfOutcome(NamedTuple):
    """One outcome of a model, before and after a change. reason: why one of the values is not there."""

    name: str
    title: str
    unit: str
    formula: str
    before: Fraction | None
    after: Fraction | None
    reason: str | None

    @property
    def difference(self) -> Fraction | None:
        return None if self.before is None or self.after is None else self.after - self.before


class WhatIfResult(NamedTuple):
    """What a change makes of a model. answer: of what it stands on. changes: option and change, as said."""

    answer: Answer
    period: Period
    changes: tuple[tuple[str, str], ...]
    outcomes: tuple[WhatIfOutcome, ...]
    model: tuple[str, ...]
    currency: str | None
