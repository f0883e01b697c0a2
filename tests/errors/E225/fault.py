"""The library for workbooks is not installed."""

import sys


def break_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "python_calamine", None)
