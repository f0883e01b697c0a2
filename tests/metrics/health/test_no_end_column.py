"""Models of customers who leave need to know when they left: without that column there is no answer, not a wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest

from custmetrics_cli.core.errors import CustmetricsError
from tests.support.asking import ask, question, written


@pytest.mark.parametrize(("metric", "definition"), [("survival", "standard"), ("forecast", "customers"), ("health", "standard")])
def test_a_table_without_ends_is_refused(metric: str, definition: str, tmp_path: Path) -> None:
    paths = written(tmp_path, {"customers": "customer_id,started_at\nA,2022-01-01\nB,2022-02-01\n"})
    with pytest.raises(CustmetricsError, match=r"E320.* needs the column ended_at"):
        ask(paths, question(metric, "2022", definition))
