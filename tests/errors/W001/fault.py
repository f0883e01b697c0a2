from __future__ import annotations


def break_it(monkeypatch) -> None:
    monkeypatch.setenv("CUSTMETRICS_PEROID", "2022-Q1")
