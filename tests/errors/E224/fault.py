"""The object store has an error of its own."""


def refuse(address):
    raise OSError("When getting information for key 'customers.csv': AWS Error UNKNOWN (HTTP status 503) during HeadObject operation")


def break_it(monkeypatch):
    monkeypatch.setattr("custmetrics_cli.ingest.open.stores.store.open_store", refuse)
