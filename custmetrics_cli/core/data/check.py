"""The tests of --fail-if, and the results for which they hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from custmetrics_cli.core.formula import Number
from custmetrics_cli.core.time.period import Period


class FailedCheck(NamedTuple):
    """One result for which a test of --fail-if holds."""

    period: Period
    group: Mapping[str, str | None]
    value: Number | None  # None = no answer, which cannot be shown to be good
    unit: str
    currency: str | None
    reason: str | None = None  # for no value


class Check(NamedTuple):
    """A test of --fail-if: the run fails if it holds."""

    test: str
    name: str  # the metric or total that is tested
    failed: tuple[FailedCheck, ...]  # empty = passed
    computed: bool = True  # False = a report could not compute the metric, so the check fails
    is_stale: bool = False  # the data does not reach the end of the period, so the check fails

    @property
    def fails(self) -> bool:
        return bool(self.failed) or not self.computed or self.is_stale
