"""What inspect says, and that what it writes is read back."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path


def test_what_a_file_is_taken_for(here) -> None:
    said = here("inspect", "customers.csv")
    assert said.status == 0, said.err
    for word in ("customers.csv", "utf-8", "comma", "(segment)", "2021-01-05", "5 of 5 rows", "churn, retention"):
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
