"""The workers are other machines, without this folder."""

from tests.support.spark_faults import fail_with


def break_it(monkeypatch):
    fail_with(monkeypatch, "[FAILED_READ_FILE.FILE_NOT_EXIST] File does not exist: file:/tmp/rows-0/0.parquet. SQLSTATE: KD001")
