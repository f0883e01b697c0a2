"""The object store cannot be reached."""


def refuse(address):
    raise OSError("AWS Error NETWORK_CONNECTION: curlCode: 6; Details: Could not resolve host: s3.invalid")


def break_it(monkeypatch):
    monkeypatch.setattr("custmetrics_cli.ingest.open.stores.store.open_store", refuse)
