"""The commands about definitions: their pages, JSON, lists and errors, the same on every engine."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from custmetrics_cli.cli.run import run
from tests.render.test_json import validate
from tests.support.source_code import ROOT

CUSTOMERS, SUBSCRIPTIONS, SURVEYS = (str(ROOT / "sample_data" / f"{name}.csv") for name in ("customers", "subscriptions", "surveys"))
METRICS = {
    **dict.fromkeys(("churn", "retention", "mrr", "nrr", "grr", "gross-mrr-churn", "net-mrr-churn", "quick-ratio", "arpa"), SUBSCRIPTIONS),
    **dict.fromkeys(("clv", "trial-conversion"), SUBSCRIPTIONS),
    **dict.fromkeys(("nps", "csat", "ces"), SURVEYS),
}
Said = pytest.CaptureFixture[str]


def said(capsys: Said, *arguments: str, status: int = 0) -> str:
    assert run([*arguments, "--no-config", "--quiet"]) == status
    out, _ = capsys.readouterr()
    return out


@pytest.mark.parametrize("metric", METRICS)
def test_a_comparison_follows_the_schema_and_is_the_same_on_each_engine(metric: str, capsys: Said) -> None:
    asked = ("compare-definitions", metric, "--period", "2022-Q2", "--json", METRICS[metric])
    one, other = (said(capsys, *asked, "--engine", engine) for engine in ("pandas", "duckdb"))
    assert one == other
    document = json.loads(one)
    validate(document, "definitions")
    lines = document["definitions"]["lines"]
    assert lines[0]["names"][0] == "ours"
    for line in lines:
        if line["steps"]:
            total = sum((Fraction(step["exact"]) for step in line["steps"]), Fraction(0))
            assert float(total) == pytest.approx(line["difference"], abs=1e-4)
        assert all({"source", "date", "open"} <= profile.keys() for profile in line["profiles"])


@pytest.mark.parametrize("format", ["table", "markdown", "csv", "jsonl", "html"])
def test_a_comparison_has_every_format(format: str, capsys: Said) -> None:
    out = said(capsys, "compare-definitions", "churn", "--period", "2022-Q2", "--format", format, CUSTOMERS)
    assert "stripe" in out
    assert "rolling-30d" in out


def test_a_comparison_can_be_drawn(tmp_path: Path, capsys: Said) -> None:
    said(capsys, "compare-definitions", "churn", "--period", "2022-Q2", "-o", str(tmp_path / "churn.svg"), CUSTOMERS)
    assert "stripe" in (tmp_path / "churn.svg").read_text("utf-8")


def test_a_reconciliation_follows_the_schema(capsys: Said) -> None:
    for reported, matches in (("5.5%", 1), ("7.77%", 0)):
        asked = ("reconcile", "churn", "--reported", reported, "--period", "2022-05", "--json", CUSTOMERS)
        document = json.loads(said(capsys, *asked))
        validate(document, "reconciliation")
        assert (len(document["reconciliation"]["matches"]) > 0) <= bool(matches or document["reconciliation"]["distance"] is not None)
    assert "none of the definitions" in said(capsys, "reconcile", "churn", "--reported", "77.7%", "--period", "2022-05", CUSTOMERS)


def test_the_customers_behind_a_step_are_those_that_the_totals_count(capsys: Said) -> None:
    asked = (
        "compare-definitions",
        "churn",
        "--period",
        "2022-Q2",
        "--with",
        "profitwell",
        "--list",
        "numerator",
        "--format",
        "csv",
        CUSTOMERS,
    )
    rows = said(capsys, *asked).splitlines()
    back = said(capsys, "customers", "--period", "2022-Q2", "--list", "lost_and_back", "--format", "csv", CUSTOMERS).splitlines()
    assert [row.split(",")[0] for row in rows] == [row.split(",")[0] for row in back]


def test_the_answer_of_a_metric_names_its_source(capsys: Said) -> None:
    for asked in (("--definition", "stripe"), ("--profile", "stripe")):
        out = said(capsys, "churn", "--period", "2022-Q2", *asked, CUSTOMERS)
        assert "Stripe Billing: as documented on https://support.stripe.com" in out
        assert "not documented, so our own definition: gap, churn-date, paused" in out
        assert "this value counts 2022-06-01 to 2022-06-30: 30 days. The period has 91 days" in out
    document = json.loads(said(capsys, "churn", "--period", "2022-Q2", "--definition", "stripe", "--json", CUSTOMERS))
    validate(document, "answer")
    result = document["results"][0]
    assert (result["profile"]["name"], result["window"]["start"]) == ("stripe", "2022-06-01")


def test_a_report_under_a_profile_names_it_once(capsys: Said) -> None:
    out = said(capsys, "report", "--period", "2022-Q2", "--profile", "chargify", CUSTOMERS)
    assert out.count("Maxio (Chargify): as documented on") == 1
    assert "Customer churn rate (chargify)" in out
    assert "churn-date=ended" not in out


def test_a_profile_of_the_settings_leaves_other_metrics_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    (tmp_path / "custmetrics.toml").write_text('profile = "stripe"\n', "utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["growth", "--period", "2022-Q2", CUSTOMERS]) == 0
    assert "(stripe)" not in capsys.readouterr().out
    assert run(["churn", "--period", "2022-Q2", CUSTOMERS]) == 0
    assert "churn (stripe) = ends / (opening + starts)" in capsys.readouterr().out


def test_an_own_profile_is_used_like_a_shipped_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Said) -> None:
    (tmp_path / "profiles").mkdir()
    text = 'vendor = "Board"\nsource = "Handbook"\ndate = 2024-05-01\nconfidence = "high"\ncovers = ["churn"]\n[axes]\ngap = 45\n'
    (tmp_path / "profiles" / "board.toml").write_text(text, "utf-8")
    (tmp_path / "custmetrics.toml").write_text("", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert run(["compare-definitions", "churn", "--period", "2022-Q2", "--with", "board", CUSTOMERS]) == 0
    assert "an absence of at most 45 days does not count" in capsys.readouterr().out


def test_explain_tells_the_choices_of_a_profile(capsys: Said) -> None:
    out = said(capsys, "explain", "churn", "--profile", "stripe")
    assert "every stint that ended: a customer who left twice counts twice" in out
    assert "(not documented: our own definition)" in out
