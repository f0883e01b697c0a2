"""The object store refuses the access."""

import pyarrow.fs


def refuse(address):
    raise OSError("When getting information for key 'customers.csv' in bucket 'shop': AWS Error ACCESS_DENIED during HeadObject operation")


def break_it(monkeypatch):
    monkeypatch.setattr(pyarrow.fs.FileSystem, "from_uri", refuse)
