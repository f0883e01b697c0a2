from __future__ import annotations

from tests.own import declare


def break_it(monkeypatch) -> None:
    """A metric that has options of its own."""
    declare(monkeypatch)
