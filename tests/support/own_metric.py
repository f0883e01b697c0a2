"""A metric with its own options, for tests of how they are passed, read and shown."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

import pytest

from custmetrics_cli.core.data.counts import Aggregation
from custmetrics_cli.core.data.dataset import Dataset, Scope
from custmetrics_cli.core.data.lazy import ROOT
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.data.total import Total
from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.core.options import OptionSpec, share, whole
from custmetrics_cli.metrics import METRICS

MARGIN = OptionSpec("margin", "Share of revenue that is left", "SHARE", share, "80%")
TIMES = OptionSpec("at-most", "Customers to count", "NUMBER", whole, when_absent="all of them")
WHICH = OptionSpec("answers", "Which answers count", "WHICH", str, "all", ("all", "latest"))


def count_one(view: TableView, scope: Scope) -> list[Aggregation]:
    """Count one customer under the value of --answers."""
    import narwhals.stable.v2 as nw

    frame = view.frame().select("id", count=nw.lit(1).cast(nw.Int64))
    return [Aggregation(frame, lambda row: [(1, 0, {str(scope.options["answers"]): 1})])]


ROWS = Dataset("made", (("customers",),), make="made_up:count_one", reads=("started_at",))
EVERY, LATEST = (Total(name, f"customers, when {name} count", ROWS, flow=name) for name in ("all", "latest"))
made = Metric(
    name="made-up",
    title="Made up",
    asks="What is it worth?",
    unit="ratio",
    better="",
    family="Made up",
    definitions={
        "standard": Definition(Formula("margin * all / (all + latest)"), (EVERY, LATEST)),
        "counted": Definition(Formula("at_most * all"), (EVERY, LATEST), unit="count"),
    },
    example="--period 2022 customers.csv",
    options=(MARGIN, TIMES, WHICH),
)


def declare(monkeypatch: pytest.MonkeyPatch, *metrics: Any) -> None:
    """Add metrics for the time of a test. The function that makes their rows is found in a module of metrics."""
    module = ModuleType("made_up")
    module.count_one = count_one  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, f"{ROOT}.made_up", module)
    for metric in metrics or (made,):
        monkeypatch.setitem(METRICS, metric.name, metric)
