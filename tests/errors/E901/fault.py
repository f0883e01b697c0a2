from __future__ import annotations


def break_it(monkeypatch) -> None:
    monkeypatch.setattr("custmetrics_cli.ingest.repair.scan.Scan._find_errors", lambda scan, rows: [])
