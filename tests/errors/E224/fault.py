"""The object store refuses the access."""


def refuse(address):
    raise OSError("When getting information for key 'customers.csv' in bucket 'shop': AWS Error ACCESS_DENIED during HeadObject operation")


def break_it(monkeypatch):
    monkeypatch.setattr("custmetrics_cli.ingest.open.addresses._store", refuse)
