"""There is no Java."""


def refuse(address):
    raise OSError("Unable to load libjvm")


def break_it(monkeypatch):
    monkeypatch.setattr("custmetrics_cli.ingest.open.stores.store.open_store", refuse)
