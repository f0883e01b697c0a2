"""The bucket is missing."""


def refuse(address):
    raise OSError("AWS Error NO_SUCH_BUCKET during ListObjectsV2 operation")


def break_it(monkeypatch):
    monkeypatch.setattr("custmetrics_cli.ingest.open.stores.store.open_store", refuse)
