from __future__ import annotations


def break_it(monkeypatch) -> None:
    def broken(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("custmetrics_cli.compute.answer.answer", broken)
