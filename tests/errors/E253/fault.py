"""The object store refuses the access."""


def refuse(address):
    raise OSError("AWS Error ACCESS_DENIED during HeadObject operation: No response body.")


def break_it(monkeypatch):
    monkeypatch.setattr("custmetrics_cli.ingest.open.stores.store.open_store", refuse)
