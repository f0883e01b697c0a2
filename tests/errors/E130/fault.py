from __future__ import annotations

from custmetrics_cli.compute.question import Question
from custmetrics_cli.tables.shared.table import Selection


def break_it(monkeypatch) -> None:
    """Every table there is so far answers every metric: ask for the other one."""
    monkeypatch.setattr(Question, "selections", lambda question: {"subscriptions": Selection()})
