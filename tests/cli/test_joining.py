"""Tables whose customer ids never match: no answer, or customers joined by e-mail."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from custmetrics_cli.cli.run import run

SURVEYS = "responded_at,score,customer_id\n2022-04-10,3,a@x.com\n2022-04-11,9,b@x.com\n2022-05-11,9,b@x.com\n"
EMAILS = "customer_id,started_at,ended_at,amount,Customer Email\ncus_1,2022-01-01,,25,a@x.com\ncus_2,2022-05-01,,75,b@x.com\n"
NO_EMAILS = "customer_id,started_at,ended_at,amount\ncus_1,2022-01-01,,25\ncus_2,2022-05-01,,75\n"


def asked(folder: Path, subscriptions: str, *more: str) -> list[str]:
    (folder / "surveys.csv").write_text(SURVEYS)
    (folder / "subscriptions.csv").write_text(subscriptions)
    return ["detractor-mrr", "--period", "2022-04", str(folder / "surveys.csv"), str(folder / "subscriptions.csv"), "--json", *more]


@pytest.mark.parametrize("engine", ["pandas", "duckdb"])
def test_emails_join_tables_whose_ids_never_match(tmp_path: Path, capsys: pytest.CaptureFixture[str], engine: str) -> None:
    assert run(asked(tmp_path, EMAILS, "--engine", engine)) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["results"][0]["value"] == 25
    assert "W284 no customer id of subscriptions is in surveys" in err or "W284 no customer id of surveys is in subscriptions" in err


@pytest.mark.parametrize(("subscriptions", "more"), [(NO_EMAILS, ()), (EMAILS, ("--join", "id"))])
def test_no_match_is_not_zero(tmp_path: Path, capsys: pytest.CaptureFixture[str], subscriptions: str, more: tuple[str, ...]) -> None:
    assert run(asked(tmp_path, subscriptions, *more, "--fail-if", "detractor-mrr > 100", "-q")) == 1
    out, err = capsys.readouterr()
    (result,) = json.loads(out)["results"]
    assert (result["value"], result["reason"]) == (None, "none of 2 customer ids in surveys is in subscriptions")
    assert f"failed: detractor-mrr > 100: detractor-mrr has no value: {result['reason']}\n" in err
    listed = [each for each in asked(tmp_path, subscriptions, *more) if each != "--json"]
    assert run([*listed, "--list", "detractor_mrr"]) == 3
    assert "E361 detractor_mrr cannot be listed" in capsys.readouterr().err


@pytest.mark.parametrize("engine", ["pandas", "duckdb"])
@pytest.mark.parametrize(
    ("split", "values"),
    [(("--by", "subscriptions.plan"), {"basic": -100, "pro": 100}), (("--where", "subscriptions.plan=pro"), {None: 100})],
)
def test_emails_join_the_table_of_a_split(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], engine: str, split: tuple[str, ...], values: dict[str | None, int]
) -> None:
    (tmp_path / "surveys.csv").write_text("customer_id,Person Email,responded_at,score\n71,a@x.com,2022-04-10,3\n72,b@x.com,2022-04-11,9\n")
    (tmp_path / "subscriptions.csv").write_text(
        "customer_id,email,started_at,ended_at,amount,plan\nc1,a@x.com,2022-01-01,,25,basic\nc2,b@x.com,2022-01-01,,75,pro\n"
    )
    files = [str(tmp_path / "surveys.csv"), str(tmp_path / "subscriptions.csv")]
    assert run(["nps", "--period", "2022-04", *split, *files, "--engine", engine, "--json"]) == 0
    out, err = capsys.readouterr()
    found = {each["group"].get("subscriptions.plan"): each["value"] for each in json.loads(out)["results"]}
    assert {plan: found[plan] for plan in values} == values
    assert "W284" in err
