"""The extra is not installed."""

import sys


def break_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "typst", None)
