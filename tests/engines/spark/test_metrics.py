"""Every metric gives the same bytes on a cluster of two workers as on pandas and DuckDB: alone, by group and as a series."""

from __future__ import annotations

from pathlib import Path

import pytest

from custmetrics_cli.cli.run import run
from custmetrics_cli.metrics import METRICS

pytestmark = pytest.mark.spark
SAMPLE = Path(__file__).parents[3] / "sample_data"
FORMS = {
    "alone": [[]],
    "by group": [["--by", column] for column in ("plan", "channel", "event", "country")],
    "series": [["--every", step] for step in ("quarter", "month", "week")],
}


@pytest.mark.parametrize("name", METRICS)
def test_the_same_bytes(name: str, master: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """One test for all forms: the usual suite skips them all, and each skipped test takes time."""
    monkeypatch.chdir(SAMPLE)

    def answered(arguments: list[str], *engine: str) -> tuple[int, str, str]:
        return run([*arguments, "--json", "--engine", *engine]), *capsys.readouterr()

    for ways in FORMS.values():
        for more in ways:
            arguments = [name, *METRICS[name].example.split(), *more]
            expected = answered(arguments, "pandas")
            if expected[0] == 0:
                break  # the first column or step that the metric takes; where it takes none, the error must be the same
        assert answered(arguments, "duckdb") == expected
        found = answered(arguments, "spark", "--master", master)
        assert (arguments, found[2]) == (arguments, expected[2])
        assert found == expected
