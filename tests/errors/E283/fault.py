"""A sum on the cluster does not fit."""

from tests.support.spark_faults import fail_with


def break_it(monkeypatch):
    fail_with(
        monkeypatch, "[ARITHMETIC_OVERFLOW] long overflow. Use 'try_add' to tolerate overflow and return NULL instead. SQLSTATE: 22003"
    )
