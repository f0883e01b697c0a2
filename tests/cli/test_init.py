"""init makes the settings file of a folder. It asks only what the files leave open."""

from __future__ import annotations

import io
import sys
import tomllib
from pathlib import Path

import pytest

OPEN = "customer_id,started_at,ended_at\nC1,03/04/2022,\nC2,05/04/2022,06/07/2022\n"
FOREIGN = "Client,Came aboard,Left\nC1,2022-01-05,\n"


@pytest.fixture
def exports(folder: Path) -> Path:
    (folder / "exports").mkdir()
    return folder / "exports"


@pytest.fixture
def person(monkeypatch: pytest.MonkeyPatch):
    """A person at a terminal who types these lines."""

    def types(*lines: str) -> None:
        monkeypatch.setattr("custmetrics_cli.cli.commands.init.is_terminal", lambda stream: True)
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))

    return types


def test_nothing_is_asked_if_the_files_leave_nothing_open(here, folder: Path, exports: Path, person) -> None:
    person()
    (folder / "customers.csv").rename(exports / "customers.csv")
    (exports / "visits.csv").write_text("day,visits\n2022-01-01,3\n")
    said = here("init", "exports")
    assert (said.status, said.err) == (0, "")
    assert "exports/customers.csv: customers; 5 of 5 rows used" in said.out
    assert "exports/visits.csv: skipped, not a known table" in said.out
    assert tomllib.loads((exports / "custmetrics.toml").read_text("utf-8")) == {}
    command = said.out.splitlines()[-1].removeprefix("now: custmetrics ").split()
    assert here(*command).status == 0


def test_the_answer_is_saved_and_used(here, exports: Path, person) -> None:
    (exports / "customers.csv").write_text(OPEN)
    person("7", "maybe", "1")
    said = here("init", "exports")
    assert said.status == 0
    assert "3 April 2022 (day first) or 4 March 2022 (month first)" in said.err
    assert said.err.count("which, 1 to 3?") == 3
    assert tomllib.loads((exports / "custmetrics.toml").read_text("utf-8")) == {"date-order": "dmy"}
    found = here("customers", "-p", "2022-04", "--config", "exports/custmetrics.toml", "exports", "--format", "csv")
    assert (found.status, ",2," in found.out) == (0, True)


@pytest.mark.parametrize("answer", ["1", "y", "Да", "came aboard", "started_at=Came aboard"])
def test_a_similar_header_is_offered_for_a_missing_column(here, exports: Path, person, answer: str) -> None:
    (exports / "clients.csv").write_text(FOREIGN)
    person(answer)
    said = here("init", "exports")
    assert "  Client,Came aboard,Left\n  C1,2022-01-05,\n" in said.err
    assert "yes or no? " in said.err
    assert '1  --column started_at="Came aboard"' in said.err
    assert said.status == 0
    assert tomllib.loads((exports / "custmetrics.toml").read_text("utf-8"))["columns"]["customers"]["started_at"] == "Came aboard"


def test_nothing_is_written_if_a_question_stays_open(here, exports: Path, person) -> None:
    (exports / "customers.csv").write_text(OPEN)
    person("3", "3")
    assert here("init", "exports").status == 3
    assert not (exports / "custmetrics.toml").exists()


def test_without_a_terminal_the_hint_names_the_option(here, exports: Path) -> None:
    (exports / "customers.csv").write_text(OPEN)
    said = here("init", "exports")
    assert (said.status, said.out) == (3, "")
    assert "--date-order dmy or --date-order mdy" in said.err
    assert here("init", "exports", "--date-order", "dmy").status == 0


def test_the_end_of_input_counts_as_an_interrupt(here, exports: Path, person) -> None:
    (exports / "customers.csv").write_text(OPEN)
    person()
    assert here("init", "exports").status == 130


def test_an_existing_settings_file_is_not_overwritten(here, exports: Path) -> None:
    (exports / "customers.csv").write_text("customer_id,started_at\nC1,2022-01-05\n")
    (exports / "custmetrics.toml").write_text("gap = 3\n")
    assert "E152" in here("init", "exports").err
    assert (exports / "custmetrics.toml").read_text() == "gap = 3\n"


def test_one_bad_file_does_not_stop_the_others(here, folder: Path, exports: Path) -> None:
    (exports / "clients.csv").write_text("Client,Start,Left\nC1,2022-01-05,\n")
    (exports / "orders.csv").write_text("customer_id,date,amount\nC1,2022-01-05,x\n")
    said = here("init", "exports", "--column", "customers.started_at=Start")
    assert said.status == 3
    assert "orders.csv:2:3: E402" in said.err
    assert "written: exports/custmetrics.toml" in said.out
    text = (exports / "custmetrics.toml").read_text("utf-8")
    assert text.startswith("# written by custmetrics init\n")
    assert tomllib.loads(text)["columns"]["customers"]["started_at"] == "Start"


def test_every_file_that_nearly_fits_is_asked_about(here, exports: Path, person) -> None:
    (exports / "clients.csv").write_text(FOREIGN)
    (exports / "orders.csv").write_text("order_id,customer_id,Happened,amount\n1,C1,2022-01-05,10.50\n2,C2,2022-01-06,7.25\n")
    person("yes", *["yes"] * 3)
    said = here("init", "exports")
    assert [path for path in ("clients.csv", "orders.csv") if path in said.err] == ["clients.csv", "orders.csv"]
