"""The object store does not answer."""


def refuse(address):
    raise OSError("AWS Error NETWORK_CONNECTION during HeadObject operation: curlCode: 28, Timeout was reached")


def break_it(monkeypatch):
    monkeypatch.setattr("custmetrics_cli.ingest.open.stores.store.open_store", refuse)
