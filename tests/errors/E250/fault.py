"""A converted folder that was changed afterwards."""

from contextlib import redirect_stderr, redirect_stdout
from io import StringIO

from custmetrics_cli.cli.run import run


def break_it(monkeypatch) -> None:
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        assert run(["convert", "customers.csv", "-o", "clean", "-q"]) == 0
