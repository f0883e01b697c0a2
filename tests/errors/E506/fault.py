from __future__ import annotations


def break_it(monkeypatch) -> None:
    monkeypatch.setattr("custmetrics_cli.ingest.parse.records.LONGEST", 30)
