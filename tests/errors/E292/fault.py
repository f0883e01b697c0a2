from __future__ import annotations


def break_it(monkeypatch) -> None:
    monkeypatch.setattr("custmetrics_cli.sources.host_duckdb.LEAST", 1 << 18)
