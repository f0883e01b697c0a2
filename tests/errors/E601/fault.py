from __future__ import annotations

from custmetrics_cli.compute.counts import CountTable


def break_it(monkeypatch) -> None:
    """One lost customer is counted twice."""
    right = CountTable.value
    monkeypatch.setattr(CountTable, "value", lambda sums, total, k, g: right(sums, total, k, g) + (total.name == "lost"))
