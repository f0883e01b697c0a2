from __future__ import annotations


def break_it(monkeypatch) -> None:
    monkeypatch.setattr("custmetrics_cli.sources.hosts.duckdb.LEAST", 1 << 18)
