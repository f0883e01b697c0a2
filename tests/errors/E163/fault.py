from __future__ import annotations

from pathlib import Path


def break_it(monkeypatch) -> None:
    """Let the guide have two pages."""
    monkeypatch.setattr("custmetrics_cli.cli.commands.look_up.guide.PAGES", Path("guide"))
