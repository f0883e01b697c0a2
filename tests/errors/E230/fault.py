"""A row is added to the file while it is read."""

from pathlib import Path

from custmetrics_cli.ingest.recognise import identify


def break_it(monkeypatch) -> None:
    original = identify.identify

    def slow(*args):
        with Path("customers.csv").open("a") as file:
            file.write("C9,2022-01-01,\n")
        return original(*args)

    monkeypatch.setattr(identify, "identify", slow)
