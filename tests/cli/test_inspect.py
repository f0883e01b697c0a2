"""What inspect says, and that what it writes is read back."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path


def test_what_a_file_is_taken_for(here) -> None:
    said = here("inspect", "customers.csv")
    assert said.status == 0, said.err
    for word in ("customers.csv", "utf-8", "comma", "(for --by and --where)", "2021-01-05", "5 of 5 rows", "churn, retention"):
        assert word in said.out


def test_a_file_that_cannot_answer_churn_does_not_say_that_it_can(here, folder: Path) -> None:
    (folder / "starts.csv").write_text("customer_id,started_at\nC1,2022-01-01\n")
    found = json.loads(here("inspect", "starts.csv", "--json").out)["files"][0]
    assert found["table"] == "customers"
    assert "churn" not in found["answers"]


def test_what_is_written_gives_the_same_answer(here, folder: Path) -> None:
    rows = "Kunde;Beginn;Ende\nC1;13.01.2022;\nC2;20.01.2022;05.05.2022\n"
    (folder / "kunden.csv").write_text(rows, "utf-8")
    mapped = ("--column", "customer_id=Kunde", "--column", "started_at=Beginn", "--column", "ended_at=Ende")
    before = here("churn", "-p", "2022-Q2", "kunden.csv", *mapped)
    assert before.status == 0, before.err
    assert here("inspect", "kunden.csv", *mapped, "--write", "custmetrics.toml").status == 0
    assert tomllib.loads((folder / "custmetrics.toml").read_text("utf-8"))["columns"]["customers"]["started_at"] == "Beginn"
    assert here("churn", "-p", "2022-Q2", "kunden.csv").out == before.out


def test_bad_cells_are_shown_and_counted_with_a_status(here, folder: Path) -> None:
    (folder / "bad.csv").write_text("customer_id,started_at,ended_at\nC1,2022-02-30,\nC2,2022-01-01,\n")
    said = here("inspect", "bad.csv")
    assert said.status == 3
    assert "bad.csv:2:2: E401" in said.out


def test_other_files_of_a_folder_are_nothing_wrong(here, folder: Path) -> None:
    (folder / "visits.csv").write_text("day,visits\n2022-01-01,3\n")
    assert here("inspect", ".").status == 0
    assert here("inspect", "visits.csv").status == 3


STRIPE = """id,Customer ID,Plan,Quantity,Currency,Interval,Amount,Status,Start Date (UTC),Canceled At (UTC),Ended At (UTC)
s1,c1,pro,1,usd,month,10.00,active,2021-01-01 10:00,,
s2,c2,pro,1,usd,month,20.00,canceled,2021-01-01 10:00,2022-05-01 10:00,2022-05-05 10:00
"""
POLL = 'date,"How likely are you to recommend us?"\n2022-04-13,9\n2022-04-14,3\n'


def test_so_does_what_is_written_of_exports_that_presets_read(here, folder: Path) -> None:
    """And of questions: answers to one survey are none to another because a file says which column is the score."""
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
    assert [(said.status, said.out) for said in (here(*each) for each in asked)] == [(said.status, said.out) for said in before]


def test_what_cells_show_is_not_written_where_a_preset_says_otherwise_of_a_file(here, folder: Path) -> None:
    """What a settings file says goes before presets: it would turn days and months of that file about."""
    (folder / "presets").mkdir()
    lines = ['vendor = "V"', 'export = "e"', 'table = "subscriptions"', 'confidence = "high"', "[header]", 'all = ["member"]']
    lines += ["[columns]", 'customer_id = ["member"]', "[dates]", 'order = "dmy"']
    (folder / "presets" / "v.toml").write_text("\n".join(lines), "utf-8")
    (folder / "custmetrics.toml").write_text("", "utf-8")
    (folder / "v.csv").write_text("member,started_at,ended_at,amount\na,05/04/2022,,10\n", "utf-8")
    (folder / "poll.csv").write_text("date,nps\n04/13/2022,9\n", "utf-8")
    assert here("inspect", "v.csv", "poll.csv", "--write", "new.toml").status == 0
    assert "date-order" not in tomllib.loads((folder / "new.toml").read_text("utf-8"))
