from __future__ import annotations

from custmetrics_cli.tables import Wanted


def break_it(monkeypatch) -> None:
    """No metric reads costs yet: one is taken to."""
    monkeypatch.setattr("custmetrics_cli.cli.question.tables_of", lambda metric: {"costs": Wanted()})
