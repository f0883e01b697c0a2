"""A small archive holds 100 MB of the same bytes."""

import gzip
from pathlib import Path


def break_it(_: object) -> None:
    Path("customers.csv.gz").write_bytes(gzip.compress(b"C1,2022-01-01,\n" * 7_000_000, 1))
