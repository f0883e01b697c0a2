"""inspect shows how files are read, and saves it as settings that give the same answers."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path


def test_inspect_shows_how_a_file_is_read(here) -> None:
    said = here("inspect", "customers.csv")
    assert said.status == 0, said.err
    for word in ("customers.csv", "utf-8", "comma", "(for --by and --where)", "2021-01-05", "5 of 5 rows", "churn, retention"):
        assert word in said.out


def test_a_metric_that_lacks_a_column_is_not_listed_as_answerable(here, folder: Path) -> None:
    (folder / "starts.csv").write_text("customer_id,started_at\nC1,2022-01-01\n")
    found = json.loads(here("inspect", "starts.csv", "--json").out)["files"][0]
    assert found["table"] == "customers"
    assert "churn" not in found["answers"]


def test_the_saved_settings_give_the_same_answer(here, folder: Path) -> None:
    rows = "Kunde;Beginn;Ende\nC1;13.01.2022;\nC2;20.01.2022;05.05.2022\n"
    (folder / "kunden.csv").write_text(rows, "utf-8")
    mapped = ("--column", "customer_id=Kunde", "--column", "started_at=Beginn", "--column", "ended_at=Ende")
    before = here("churn", "-p", "2022-Q2", "kunden.csv", *mapped)
    assert before.status == 0, before.err
    assert here("inspect", "kunden.csv", *mapped, "--write", "custmetrics.toml").status == 0
    assert tomllib.loads((folder / "custmetrics.toml").read_text("utf-8"))["columns"]["customers"]["started_at"] == "Beginn"
    after = here("churn", "-p", "2022-Q2", "kunden.csv").out
    assert after.splitlines()[: len(before.out.splitlines())] == before.out.splitlines()
    assert "settings file custmetrics.toml: " in after


def test_bad_cells_are_shown_and_the_status_is_3(here, folder: Path) -> None:
    (folder / "bad.csv").write_text("customer_id,started_at,ended_at\nC1,2022-02-30,\nC2,2022-01-01,\n")
    said = here("inspect", "bad.csv")
    assert said.status == 3
    assert "bad.csv:2:2: E401" in said.out


def test_an_unknown_file_in_a_folder_is_not_an_error(here, folder: Path) -> None:
    (folder / "visits.csv").write_text("day,visits\n2022-01-01,3\n")
    assert here("inspect", ".").status == 0
    assert here("inspect", "visits.csv").status == 3


STRIPE = """id,Customer ID,Plan,Quantity,Currency,Interval,Amount,Status,Start Date (UTC),Canceled At (UTC),Ended At (UTC)
s1,c1,pro,1,usd,month,10.00,active,2021-01-01 10:00,,
s2,c2,pro,1,usd,month,20.00,canceled,2021-01-01 10:00,2022-05-01 10:00,2022-05-05 10:00
"""
POLL = 'date,"How likely are you to recommend us?"\n2022-04-13,9\n2022-04-14,3\n'


def test_the_saved_settings_of_preset_exports_give_the_same_answers(here, folder: Path) -> None:
    """The same for questions: a saved score column must not make answers to one survey count for another."""
    exports = folder / "exports"
    exports.mkdir()
    (exports / "stripe.csv").write_text(STRIPE, "utf-8")
    (exports / "poll.csv").write_text(POLL, "utf-8")
    asked = [(metric, "-p", "2022-Q2", "exports", "--json") for metric in ("mrr", "nrr", "churn", "nps", "csat", "customers")]
    before = [here(*each) for each in asked]
    assert [said.status for said in before] == [0] * len(asked)
    assert json.loads(before[4].out)["results"][0]["totals"]["answers"] == 0
    assert here("inspect", "exports", "--write", "custmetrics.toml").status == 0
    assert "subscriptions" not in tomllib.loads((folder / "custmetrics.toml").read_text("utf-8")).get("columns", {})
    after = [here(*each) for each in asked]  # a saved column is found by an option, not by its name
    assert [(said.status, _without_asked(said.out)) for said in after] == [(said.status, _without_asked(said.out)) for said in before]


def _without_asked(text: str) -> dict[str, object]:
    answer = json.loads(text.replace('"by": "option"', '"by": "name"'))
    answer.pop("asked", None)
    return answer


def test_a_format_is_not_saved_if_the_preset_of_another_file_has_another_one(here, folder: Path) -> None:
    """Settings override presets: a saved date order would swap days and months in the preset's file."""
    (folder / "presets").mkdir()
    lines = ['vendor = "V"', 'export = "e"', 'table = "subscriptions"', 'confidence = "high"', "[header]", 'all = ["member"]']
    lines += ["[columns]", 'customer_id = ["member"]', "[dates]", 'order = "dmy"']
    (folder / "presets" / "v.toml").write_text("\n".join(lines), "utf-8")
    (folder / "custmetrics.toml").write_text("", "utf-8")
    (folder / "v.csv").write_text("member,started_at,ended_at,amount\na,05/04/2022,,10\n", "utf-8")
    (folder / "poll.csv").write_text("date,nps\n04/13/2022,9\n", "utf-8")
    assert here("inspect", "v.csv", "poll.csv", "--write", "new.toml").status == 0
    assert "date-order" not in tomllib.loads((folder / "new.toml").read_text("utf-8"))
