"""Pandas takes more memory than it does."""


def break_it(monkeypatch):
    monkeypatch.setattr("custmetrics_cli.engines.memory.BASE", 1_500_000_000)
