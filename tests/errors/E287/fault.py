"""The workers have too little memory."""

from tests.support.spark_faults import fail_with


def break_it(monkeypatch):
    fail_with(monkeypatch, "Job aborted due to stage failure: java.lang.OutOfMemoryError: Java heap space")
