from __future__ import annotations

from custmetrics_cli.compute.counts import CountTable
from custmetrics_cli.core.data.counts import WHOLE


def break_it(monkeypatch) -> None:
    """Over all, every count is twice what it is over the groups, so that each identity still holds."""
    right = CountTable.value
    monkeypatch.setattr(CountTable, "value", lambda sums, total, k, g: right(sums, total, k, g) * (2 if g == WHOLE else 1))
