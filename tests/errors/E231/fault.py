"""A file of settings may have one byte."""


def break_it(monkeypatch) -> None:
    monkeypatch.setattr("custmetrics_cli.core.safety.reading.LONGEST_SETTINGS", 1)
