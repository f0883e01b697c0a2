from __future__ import annotations


def break_it(monkeypatch) -> None:
    monkeypatch.setattr("custmetrics_cli.engines.duckdb_database.LEAST", 1 << 18)
    monkeypatch.setattr("custmetrics_cli.engines.duckdb_database.READING", 1 << 40)
