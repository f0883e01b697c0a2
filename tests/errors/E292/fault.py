from __future__ import annotations


def break_it(monkeypatch) -> None:
    monkeypatch.setattr("custmetrics_cli.engines.connection.LEAST", 1 << 18)
    monkeypatch.setattr("custmetrics_cli.engines.connection.LEAST_ALONE", 1 << 18)
    monkeypatch.setattr("custmetrics_cli.engines.connection.READING", 1 << 40)
