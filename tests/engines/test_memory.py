"""The engine is chosen by the size of the files and by --memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.engines.choose import LARGE, open_engine
from custmetrics_cli.engines.connection import LEAST, LEAST_ALONE, connect
from custmetrics_cli.engines.duckdb import DuckdbEngine
from custmetrics_cli.engines.memory import LITTLE, fits_in_pandas
from custmetrics_cli.engines.pandas import PandasEngine

MEGABYTE = 10**6


@pytest.mark.parametrize(
    ("size", "memory", "engine"),
    [
        (LARGE - 1, 0, PandasEngine),
        (LARGE, 0, DuckdbEngine),
        (20 * MEGABYTE, 400 * MEGABYTE, PandasEngine),
        (40 * MEGABYTE, 400 * MEGABYTE, DuckdbEngine),
        (40 * MEGABYTE, 4000 * MEGABYTE, PandasEngine),
    ],
)
def test_the_engine_that_fits_is_chosen(tmp_path: Path, size: int, memory: int, engine: type) -> None:
    assert type(open_engine("auto", size, memory, tmp_path)) is engine


def test_pandas_is_refused_where_it_does_not_fit(tmp_path: Path) -> None:
    assert not fits_in_pandas(1000 * MEGABYTE, 4000 * MEGABYTE)
    with pytest.raises(CustmetricsError, match="pandas needs about"):
        open_engine("pandas", 1000 * MEGABYTE, 4000 * MEGABYTE, tmp_path)
    open_engine("pandas", 1000 * MEGABYTE, 0, tmp_path).close()


@pytest.mark.parametrize(("memory", "threads", "least"), [(LITTLE - 1, 1, LEAST_ALONE), (LITTLE, 0, LEAST)])
def test_one_thread_works_in_little_memory(tmp_path: Path, memory: int, threads: int, least: int) -> None:
    connection = connect(memory, tmp_path)
    ((found, limit),) = connection.execute("SELECT current_setting('threads'), current_setting('memory_limit')").fetchall()
    assert found == 1 or not threads
    assert float(limit.split()[0]) * 2**20 >= least * 0.99
    connection.close()
