"""A converted folder that was changed afterwards."""

from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

from custmetrics_cli.cli.run import run


def break_it(monkeypatch) -> None:
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        assert run(["convert", "customers.csv", "-o", "clean", "-q"]) == 0
    part = Path("clean/customers/part-00000.parquet")
    data = bytearray(part.read_bytes())
    data[100] ^= 1
    part.write_bytes(data)
