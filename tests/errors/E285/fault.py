"""A byte of a file is not what was written."""

from tests.support.spark_faults import fail_with


def break_it(monkeypatch):
    fail_with(monkeypatch, "could not verify page integrity, CRC checksum verification failed for column [id] INT64")
