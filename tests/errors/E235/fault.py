from __future__ import annotations

import os


def break_it(monkeypatch) -> None:
    os.mkfifo("pipe.csv")
    monkeypatch.setattr("custmetrics_cli.core.safety.pipes.WAIT", 0.1)
