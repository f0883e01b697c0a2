"""Spark refuses a query."""

from tests.support.spark_faults import fail_with


def break_it(monkeypatch):
    fail_with(monkeypatch, "\n[UNSUPPORTED_FEATURE] The feature is not supported. SQLSTATE: 0A000\nJVM stacktrace: ...")
