from __future__ import annotations


def break_it(monkeypatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
