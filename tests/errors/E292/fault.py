from __future__ import annotations


def break_it(monkeypatch) -> None:
    monkeypatch.setattr("custmetrics_cli.engines.duckdb.LEAST", 1 << 18)
    monkeypatch.setattr("custmetrics_cli.engines.duckdb.READING", 1 << 40)
