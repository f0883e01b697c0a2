"""Every metric gives the same bytes on a cluster of two workers as on pandas and DuckDB: alone, by group and as a series."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from custmetrics_cli.cli.run import run
from custmetrics_cli.metrics import METRICS
from tests.support.cluster import connect_server, environment, one_session, standalone

pytestmark = pytest.mark.spark
SAMPLE = Path(__file__).parents[3] / "sample_data"
FORMS = {
    "alone": [[]],
    "by group": [["--by", column] for column in ("plan", "channel", "event", "country")],
    "series": [["--every", step] for step in ("quarter", "month", "week")],
}


@pytest.fixture(scope="module", params=["classic", "connect"])
def master(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run a cluster with one session for all tests: a start takes longer than a metric."""
    folder = tmp_path_factory.mktemp(request.param)
    with standalone(folder) as address, ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        for name, value in environment(folder).items():
            patch.setenv(name, value)
        if request.param == "connect":
            address = stack.enter_context(connect_server(folder, address))
        stack.enter_context(one_session(address))
        yield address


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", METRICS)
def test_the_same_bytes(name: str, form: str, master: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(SAMPLE)

    def answered(arguments: list[str], *engine: str) -> tuple[int, str, str]:
        return run([*arguments, "--json", "--engine", *engine]), *capsys.readouterr()

    for more in FORMS[form]:
        arguments = [name, *METRICS[name].example.split(), *more]
        expected = answered(arguments, "pandas")
        if expected[0] == 0:
            break
    assert answered(arguments, "duckdb") == expected
    found = answered(arguments, "spark", "--master", master)
    assert found[::2] == expected[::2]
    assert found[1] == expected[1]
