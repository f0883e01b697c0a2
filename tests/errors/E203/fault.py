from __future__ import annotations


def break_it(monkeypatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("custmetrics_cli.ingest.open.unpack._head", refuse)
