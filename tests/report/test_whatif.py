"""What-if models on 100 customers who pay 100 a month. Five of them leave in a month."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from custmetrics_cli.cli.run import run
from custmetrics_cli.render.data.schema import schema_text

ROWS = [f"C{n:03},2022-01-01,{'2022-03-20' if n < 5 else ''},100" for n in range(100)]
SUBSCRIPTIONS = "\n".join(["customer_id,started_at,ended_at,amount", *ROWS, ""])
COSTS = "date,amount,category\n2022-03-05,475,marketing\n"
MONTH = ("whatif", "-p", "2022-03", "--today", "2022-05-01", "--json", ".")
Ask = Callable[..., Any]


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    (tmp_path / "subscriptions.csv").write_text(SUBSCRIPTIONS, "utf-8")
    monkeypatch.chdir(tmp_path)

    def go(*arguments: str) -> Any:
        status = run([*MONTH, "--as-of", "2022-03-31", *arguments])
        out, err = capsys.readouterr()
        assert status == 0, err
        document = json.loads(out)
        Draft202012Validator(json.loads(schema_text())).validate(document)
        return {each["name"]: each for each in document["whatif"]["outcomes"]}

    return go


def test_half_the_churn_doubles_the_value(ask: Ask) -> None:
    found = ask("--retention", "+2.5")
    assert (found["retention"]["before"], found["retention"]["after"]) == (0.95, 0.975)
    assert (found["lifetime"]["before"], found["lifetime"]["after"]) == (20, 40)
    assert (found["clv"]["before"], found["clv"]["after"], found["clv"]["difference"]) == (2000, 4000, 2000)
    year = [95 * 100 * sum(stay**month for month in range(12)) for stay in (0.95, 0.975)]
    assert (found["revenue"]["before"], found["revenue"]["after"]) == pytest.approx(year, abs=1e-4)
    assert "cac" not in found


def test_less_churn_is_more_retention(ask: Ask) -> None:
    assert ask("--churn", "-2.5") == ask("--retention", "+2.5")


def test_money_changes_by_an_amount_or_in_percent(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "costs.csv").write_text(COSTS, "utf-8")
    (tmp_path / "subscriptions.csv").write_text(f"{SUBSCRIPTIONS}N1,2022-03-10,,100\n", "utf-8")
    found = ask("--arpa", "+10%", "--cac", "-95", "--margin", "50%")
    assert (found["arpa"]["before"], found["arpa"]["after"]) == (100, 110)
    assert (found["cac"]["before"], found["cac"]["after"]) == (475, 380)
    assert (found["clv"]["before"], found["clv"]["after"]) == (1000, 1100)
    assert found["clv-cac"]["after"] == 1100 / 380
    assert found["lifetime"]["difference"] == 0


def test_retention_is_at_most_100_percent(ask: Ask) -> None:
    found = ask("--retention", "+50")
    assert (found["retention"]["after"], found["lifetime"]["after"], found["clv"]["reason"]) == (1, None, "no customer leaves")
    assert found["revenue"]["after"] == 12 * 9500


def test_a_change_over_several_months_is_spread_evenly(ask: Ask, tmp_path: Path) -> None:
    """10 % leave in each of two months: 81 % stay. With 8.36 points more 89.36 % stay, which is 94.53 % a month."""
    ends = ["2022-02-10"] * 10 + ["2022-03-10"] * 9 + [""] * 81
    rows = [f"C{n:03},2022-01-01,{end},10" for n, end in enumerate(ends)]
    (tmp_path / "subscriptions.csv").write_text("\n".join(["customer_id,started_at,ended_at,amount", *rows, ""]), "utf-8")
    found = ask("--retention", "+8.36", "-p", "2022-02..2022-03")
    assert found["retention"]["before"] == 0.81
    assert found["monthly-churn"]["before"] == 0.1
    assert found["monthly-churn"]["after"] == pytest.approx(1 - 0.8936**0.5, abs=1e-12)


@pytest.mark.parametrize("change", ["5", "+5%", "five"])
def test_a_change_needs_a_sign_and_points(ask: Ask, change: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(AssertionError, match="E155"):
        ask("--retention", change)


@pytest.mark.parametrize("form", ["table", "markdown", "csv", "jsonl"])
def test_every_format_shows_the_formula(ask: Ask, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*MONTH[:-2], "--retention", "+2", "--format", form, "."]) == 0
    assert "1 - stay" in capsys.readouterr().out


def test_the_state_before_is_that_of_the_metrics(ask: Ask, tmp_path: Path) -> None:
    """A customer who joins in the period and leaves is in the churn of its months, and not in its retention."""
    (tmp_path / "subscriptions.csv").write_text(f"{SUBSCRIPTIONS}N1,2022-02-10,2022-03-15,100\nN2,2022-02-10,,100\n", "utf-8")
    found = ask("--retention", "+1", "-p", "2022-02..2022-03")
    assert found["retention"]["before"] == 0.95
    assert found["monthly-churn"]["before"] == 6 / 202
    assert found["lifetime"]["before"] == 202 / 6
    assert found["monthly-churn"]["after"] == pytest.approx(1 - (1 - 6 / 202) * (0.96 / 0.95) ** 0.5, abs=1e-12)
