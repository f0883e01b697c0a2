"""A converted folder that was changed afterwards."""

from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

from custmetrics_cli.cli.run import run


def break_it(monkeypatch) -> None:
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        assert run(["convert", "customers.csv", "-o", "clean", "-q"]) == 0
    manifest = Path("clean/manifest.json")
    manifest.write_text(manifest.read_text().replace('"format": 1', '"format": 99'))
