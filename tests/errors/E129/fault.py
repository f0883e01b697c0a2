"""A billion groups would take a file too large for a test: the limit is lowered."""

from __future__ import annotations

import pytest


def break_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import custmetrics_cli.compute.split.groups

    monkeypatch.setattr(custmetrics_cli.compute.split.groups, "MOST", 3)
