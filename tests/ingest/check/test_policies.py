"""Policies: which day ends a row, and how the choice is shown."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from custmetrics_cli.cli.run import run
from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.engines.query.run import collect
from custmetrics_cli.ingest.inspection.inspect_files import inspect
from custmetrics_cli.ingest.model import InputFile
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.tables import POLICIES, TABLES
from tests.support.asking import ask, ask_list, question
from tests.support.reading import ENGINES, day, loaded

CUSTOMERS = "customer_id,started_at,ended_at,canceled_at,paid_through,status\n"


def ends(tmp_path: Path, row: str, engine: str = "pandas", said: str = "exclusive", **policies: str) -> str:
    """Return the last day of a row, or the reason why it is skipped."""
    path = tmp_path / "customers.csv"
    path.write_text(f"{CUSTOMERS}A,2022-01-10,{row}\n", "utf-8")
    chosen = {name.replace("_", "-"): value for name, value in policies.items()}
    with loaded([path], engine, policies=chosen, ends=said) as found:
        made = [day(row["ended_at"]) or "open" for row in collect(found.frames["customers"])]
        return (*made, *found.inputs[0].excluded)[0]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("row", "ended", "canceled", "paid"),
    [
        (",,,", "open", "open", "open"),
        ("2022-04-01,2022-03-01,2022-05-01,", "2022-04-01", "2022-03-01", "2022-05-01"),
        ("2022-04-01,,,", "2022-04-01", "2022-04-01", "2022-04-01"),
        (",2022-03-01,,ended", "2022-03-01", "2022-03-01", "2022-03-01"),
        (",2022-03-01,2022-05-01,active", "open", "2022-03-01", "2022-05-01"),
        (",2022-01-01,2022-01-01,active", "open", "serves no day", "serves no day"),
        (",2022-03-01 23:59,2022-05-01 23:59,", "open", "2022-03-02", "2022-05-02"),
    ],
    ids=["still there", "all three", "only an end", "by its status", "runs on", "before it began", "at 23:59"],
)
def test_churn_date(tmp_path: Path, engine: str, row: str, ended: str, canceled: str, paid: str) -> None:
    assert ends(tmp_path, row, engine) == ended
    assert ends(tmp_path, row, engine, churn_date="canceled") == canceled
    assert ends(tmp_path, row, engine, churn_date="paid-through") == paid


def test_a_day_used_as_the_end_is_read_as_an_end(tmp_path: Path) -> None:
    assert ends(tmp_path, ",2022-03-01,2022-05-01,", said="inclusive", churn_date="canceled") == "2022-03-02"
    assert ends(tmp_path, ",2022-03-01,2022-05-01,", said="inclusive", churn_date="paid-through") == "2022-05-02"


def test_an_end_before_the_start_stays_an_error(tmp_path: Path) -> None:
    with pytest.raises(CustmetricsError) as caught:
        ends(tmp_path, "2022-01-01,2022-03-01,,", churn_date="canceled")
    assert caught.value.problems[0].code == "E501"


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("row", "dropped"),
    [
        (",,2022-05-01,past due", "2022-05-01"),
        ("2022-04-01,,2022-05-01,past due", "2022-04-01"),
        (",,,past due", "past due"),
        (",,2022-01-01,past due", "serves no day"),
        (",,2022-05-01,active", "open"),
    ],
    ids=["paid for a while", "ended before", "paid_through is empty", "never paid for", "not past due"],
)
def test_past_due(tmp_path: Path, engine: str, row: str, dropped: str) -> None:
    assert ends(tmp_path, row, engine) == (row.split(",")[0] or "open")
    assert ends(tmp_path, row, engine, past_due="drop") == dropped


@pytest.mark.parametrize("engine", ENGINES)
def test_discounts(tmp_path: Path, engine: str) -> None:
    path = tmp_path / "subscriptions.csv"
    path.write_text(
        "customer_id,started_at,ended_at,amount,discount\nA,2022-01-01,,100,20%\nB,2022-01-01,,30,10\nC,2022-01-01,,5,100%\n", "utf-8"
    )
    asked = question("mrr", "2022-01")
    assert [result.value for result in ask([str(path)], asked, engine).results] == [100]
    kept = ask([str(path)], asked, engine, policies={"discounts": "ignore"})
    assert ([result.value for result in kept.results], kept.policies) == ([Fraction(135)], {"discounts": "ignore"})


def test_a_file_without_ends_can_be_read_with_another_day_as_the_end(tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text("customer_id,started_at,canceled_at\nA,2022-01-01,2022-02-10\nB,2022-01-01,\nC,2022-01-01,2022-03-01\n", "utf-8")
    asked = question("churn", "2022-02")
    with pytest.raises(CustmetricsError) as caught:
        ask([str(path)], asked)
    assert caught.value.problems[0].code == "E320"
    found = ask([str(path)], asked, policies={"churn-date": "canceled"})
    assert ([result.value for result in found.results], found.policies) == ([Fraction(1, 3)], {"churn-date": "canceled"})


def test_files_with_and_without_ends_can_share_another_day_as_the_end(tmp_path: Path) -> None:
    paths = [tmp_path / "a.csv", tmp_path / "b.csv"]
    paths[0].write_text("customer_id,started_at,ended_at,canceled_at\nA,2022-01-01,2022-03-01,2022-02-10\n", "utf-8")
    paths[1].write_text("customer_id,started_at,canceled_at\nB,2022-01-01,\n", "utf-8")
    names = [str(path) for path in paths]
    found = ask(names, question("churn", "2022-02"), policies={"churn-date": "canceled"})
    assert [result.value for result in found.results] == [Fraction(1, 2)]
    with pytest.raises(CustmetricsError) as caught:
        ask(names, question("churn", "2022-02"), policies={"churn-date": "paid-through"})
    assert [(problem.code, problem.place.path) for problem in caught.value.problems] == [("E321", name) for name in names]


def test_the_answer_names_the_policies_that_matter_for_its_files(tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text("customer_id,started_at,ended_at,status\nA,2022-01-01,2022-02-10,\nB,2022-01-01,,\n", "utf-8")
    asked = question("churn", "2022-02")
    found = ask([str(path)], asked, policies={"discounts": "ignore", "past-due": "drop"})
    assert found.policies == {"past-due": "drop"}
    assert [warned.code for warned in found.warnings if warned.code == "W208"] == ["W208"]
    assert ask([str(path)], asked).policies == {"past-due": "keep"}
    assert ask_list([str(path)], asked, "lost").policies == {"past-due": "keep"}
    assert ask_list([str(path)], asked, "repeated").policies == {"past-due": "keep"}


@pytest.mark.parametrize("policy", POLICIES.values(), ids=list(POLICIES))
def test_a_policy_is_declared_once_and_fits_its_tables(policy: object) -> None:
    found = [(table, other) for table in TABLES.values() for other in table.policies if other.name == POLICIES[other.name].name]
    for table, other in found:
        assert other is POLICIES[other.name]
        assert {*other.needs, *other.values.values(), other.replaces} - {""} <= table.kinds.keys()
        assert other.default in other.values


def test_a_policy_is_an_option_and_a_setting(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "customers.csv"
    path.write_text(f"{CUSTOMERS}A,2022-01-10,2022-04-01,2022-02-01,,\nB,2022-01-10,,,,\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "custmetrics.toml").write_text('churn-date = "canceled"\npast-due = "drop"\n', "utf-8")
    monkeypatch.setenv("CUSTMETRICS_PAST_DUE", "keep")
    assert run(["churn", "--period", "2022-02", "--json", "customers.csv"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["results"][0]["value"], document["policies"]) == (0.5, {"past-due": "keep", "churn-date": "canceled"})
    assert run(["churn", "--period", "2022-02", "--churn-date", "sometime", "customers.csv"]) == 2
    assert "E112 --churn-date 'sometime'" in capsys.readouterr().err
    assert run(["inspect", "customers.csv", "--write", "saved.toml"]) == 0
    assert 'churn-date = "canceled"' in (tmp_path / "saved.toml").read_text("utf-8")


def test_inspect_shows_that_a_file_lacks_the_column_of_a_policy(tmp_path: Path) -> None:
    path = tmp_path / "customers.csv"
    path.write_text("customer_id,started_at,ended_at\nA,2022-01-01,\n", "utf-8")
    found = inspect([InputFile(str(path))], Settings(policies={"churn-date": "canceled"}))
    assert [problem.code for problem in found.files[0].problems] == ["E321"]
