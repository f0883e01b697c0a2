from __future__ import annotations


def break_it(monkeypatch) -> None:
    def broken(*_: object) -> None:
        raise OSError(28, "No space left on device", "scratch")

    monkeypatch.setattr("custmetrics_cli.compute.answer.answer", broken)
