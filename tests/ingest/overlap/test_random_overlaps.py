"""Random exports of orders that overlap: revenue with --overlap newest equals a slow reference, and each doubt is told."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from custmetrics_cli.cli.run import run
from tests.support.depth import examples

LAST = {"may.csv": 20, "june.csv": 28}  # the last day of each export: the second is the newer one
ORDERS = st.lists(st.tuples(st.integers(1, 20), st.integers(1, 99), st.booleans(), st.integers(1, 99)), min_size=4, max_size=30)


def exports(orders: list[tuple[int, int, bool, int]]) -> dict[str, list[str]]:
    """Return two exports of the same days: the newer one has all orders, some with a corrected amount, and one of its last day."""
    older = [f"A-{number},c{number % 3},2025-05-{day:02},{amount}" for number, (day, amount, _, _) in enumerate(orders)]
    newer = [
        f"A-{number},c{number % 3},2025-05-{day:02},{corrected if changes else amount}"
        for number, (day, amount, changes, corrected) in enumerate(orders)
    ]
    return {"may.csv": [*older, "A-first,c0,2025-05-20,1"], "june.csv": [*newer, "A-last,c0,2025-05-28,1"]}


def ask(folder: Path, *options: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    files = [str(folder / name) for name in LAST]
    with redirect_stdout(out), redirect_stderr(err):
        status = run(["revenue", "--period", "2025-05", "--as-of", "2025-05-31", "--json", "--no-config", *options, *files])
    return status, out.getvalue(), err.getvalue()


@pytest.mark.parametrize("engine", ["pandas", "duckdb"])
@settings(max_examples=examples(40), deadline=None)
@given(ORDERS)
def test_each_order_counts_once_as_the_newest_export_has_it(engine: str, orders: list[tuple[int, int, bool, int]]) -> None:
    texts = exports(orders)
    rows = {line.split(",")[0]: int(line.split(",")[3]) for lines in texts.values() for line in lines}
    with TemporaryDirectory() as name:
        for file, lines in texts.items():
            (Path(name) / file).write_text("\n".join(["order_id,customer_id,date,amount", *lines]) + "\n")
        status, out, _ = ask(Path(name), "--overlap", "newest", "--engine", engine)
        assert (status, json.loads(out)["results"][0]["value"]) == (0, sum(rows.values()))
        status, out, err = ask(Path(name), "--engine", engine)
        assert (status, "E355" in out + err, f"shares {len(orders)} ids" in out + err) == (3, True, True)
