"""The customers behind the last month of a forecast: their amounts add up to its total, in one currency and in two."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from custmetrics_cli.cli.run import run
from tests.support.source_code import ROOT

SAMPLE = {"mrr": "subscriptions", "customers": "customers", "revenue": "purchases"}
TWO_CURRENCIES = """customer_id,started_at,ended_at,amount,interval,currency
ann,2024-01-01,,10,month,USD
bob,2024-02-01,,20,month,EUR
cid,2024-02-01,2024-09-01,30,month,EUR
"""
Said = pytest.CaptureFixture[str]


def said(capsys: Said, *arguments: str) -> Any:
    assert run(["forecast", *arguments, "--json", "--quiet", "--no-config"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("engine", ["pandas", "duckdb"])
@pytest.mark.parametrize("subject", SAMPLE)
def test_a_list_adds_up_to_the_last_month(subject: str, engine: str, capsys: Said) -> None:
    asked = (subject, str(ROOT / "sample_data" / f"{SAMPLE[subject]}.csv"), "--engine", engine)
    (result,) = said(capsys, *asked)["results"]
    rows = said(capsys, *asked, "--list", "last")["rows"]
    assert len(rows) > 20
    assert all(customer for customer, *_ in rows)
    assert sum(row[-1] for row in rows) == pytest.approx(result["totals"]["last"])


@pytest.mark.parametrize("engine", ["pandas", "duckdb"])
def test_converted_money_belongs_to_its_customers(engine: str, tmp_path: Path, capsys: Said) -> None:
    (tmp_path / "subscriptions.csv").write_text(TWO_CURRENCIES)
    asked = ("mrr", str(tmp_path / "subscriptions.csv"), "--as-of", "2025-05-31", "--currency", "USD", "--rate", "EUR=1.1")
    rows = said(capsys, *asked, "--engine", engine, "--list", "last")["rows"]
    assert rows == [["ann", 10.0], ["bob", 22.0]]
