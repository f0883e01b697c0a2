"""A converted folder gives the answers of its source files, to the byte, on every engine and on every day."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from custmetrics_cli.engines.base import ENGINES
from tests.support.source_code import ROOT

SAMPLE = ROOT / "sample_data"
EVERYWHERE = [name for name in ENGINES if name in ("pandas", "duckdb")]
QUESTIONS = {
    "report": ["report", "--period", "2022-Q2", "--json"],
    "series": ["report", "--period", "2022", "--every", "quarter", "--json"],
    "groups": ["churn", "--period", "2022-Q2", "--by", "customers.plan", "--by", "country"],
    "filter": ["mrr", "--period", "2022-Q2", "--where", "quantity >= 2", "--where", "plan=pro"],
    "amounts": ["revenue", "--period", "2022-Q2", "--where", "amount>50"],
    "days": ["churn", "--period", "2022-Q2", "--where", "started_at<2021-06-30"],
    "trials": ["trial-conversion", "--period", "2022-Q2", "--json"],
    "list": ["churn", "--period", "2022-Q2", "--list", "lost", "--columns", "plan"],
    "words": ["churn", "--period", "2022-Q2", "--by", "status"],
    "definition": ["mrr", "--period", "2022-Q2", "--profile", "stripe"],
    "earlier": ["churn", "--period", "last-month", "--today", "2021-08-15", "--json"],
    "all": ["churn", "--period", "all", "--every", "year", "--json"],
    "wrong word": ["churn", "--period", "2022-Q2", "--where", "plan=prro"],
    "wrong column": ["churn", "--period", "2022-Q2", "--by", "plann"],
}


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from custmetrics_cli.cli.run import run

    folder = tmp_path_factory.mktemp("converted") / "clean"
    assert run(["convert", str(SAMPLE), "-o", str(folder), "--quiet", "--no-config"]) == 0
    return folder


@pytest.mark.parametrize("engine", EVERYWHERE)
@pytest.mark.parametrize("question", QUESTIONS)
def test_the_answer_is_that_of_the_source_files(ask, clean: Path, question: str, engine: str) -> None:
    asked = [*QUESTIONS[question], "--engine", engine]
    from_source, from_clean = ask(*asked, SAMPLE), ask(*asked, clean)
    assert from_clean == from_source
    assert question.startswith("wrong") == (from_source[0] != 0), from_source[2]


def test_one_part_answers_for_its_table(ask, clean: Path) -> None:
    part = clean / "customers" / "part-00000.parquet"
    assert ask("churn", "--period", "2022-Q2", part) == ask("churn", "--period", "2022-Q2", SAMPLE / "customers.csv")


def test_a_table_of_the_folder_can_be_chosen(ask, clean: Path) -> None:
    named = ask("churn", "--period", "2022-Q2", f"customers={clean}")
    assert named == ask("churn", "--period", "2022-Q2", SAMPLE / "customers.csv")


def test_other_files_can_be_read_beside_the_folder(ask, clean: Path, tmp_path: Path) -> None:
    (tmp_path / "rates.csv").write_text("date,from,to,rate\n2019-01-01,EUR,USD,1.1\n")
    asked = ("mrr", "--period", "2022-Q2", "--currency", "USD", "--fx", "rates.csv", "--json")
    assert ask(*asked, clean) == ask(*asked, SAMPLE)


ORDERS = """order_id,customer_id,date,amount
1,A,2022-04-01 10:00,30.005
1,A,2022-04-01 10:00,20
,B,2022-04-02 09:00,10
2,guest,2022-04-03,0.0001
"""


@pytest.mark.parametrize("engine", EVERYWHERE)
def test_orders_without_customers_and_fine_amounts(ask, tmp_path: Path, engine: str) -> None:
    """Rows of a skipped kind that some metric counts, keys that repeat, and amounts with too many decimals."""
    (tmp_path / "orders.csv").write_text(ORDERS + ORDERS.partition("\n")[2].replace("2022-04", "2022-05").replace("1,A", "3,C"))
    assert ask("convert", "orders.csv", "-o", "clean")[0] == 0
    asked = ("report", "--period", "2022-Q2", "--json", "--engine", engine)
    assert ask(*asked, "clean") == ask(*asked, "orders.csv")


SURVEYS = "customer_id,date,kind,score\nA,2022-04-01 09:00,nps,9\nA,2022-04-01 08:00,nps,3\nB,2022-05-01,nps,10\nB,2022-05-01,nps,0\n"


@pytest.mark.parametrize("engine", EVERYWHERE)
def test_the_last_answer_of_a_day_stays_the_last(ask, tmp_path: Path, engine: str) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / "a.csv").write_text(SURVEYS)
    (folder / "b.csv").write_text(SURVEYS.replace("A,", "C,").replace("B,", "D,").replace("nps,0", "nps,5"))
    assert ask("convert", "exports", "-o", "clean")[0] == 0
    for which in ("last", "all"):
        asked = ("nps", "--period", "2022-Q2", "--answers", which, "--json", "--engine", engine)
        assert ask(*asked, "clean") == ask(*asked, "exports")


def test_choices_of_the_conversion_are_in_effect_and_stated(ask) -> None:
    rows = "customer_id,started_at,canceled_at,ended_at\nA,31/01/2021,01/02/2022,15/05/2022\nB,01/02/2021,,\n"
    Path("exports.csv").write_text(rows)
    chosen = ("--churn-date", "canceled", "--tz", "Europe/Berlin")
    assert ask("convert", "exports.csv", "-o", "clean", *chosen)[0] == 0
    from_source, from_clean = (ask("churn", "--period", "2022-Q1", "--json", *each) for each in (("exports.csv", *chosen), ("clean",)))
    assert from_clean == from_source
    assert json.loads(from_clean[1])["asked"]["tz"] == "Europe/Berlin"
    for option in (("--churn-date", "ended"), ("--tz", "UTC"), ("--ends", "inclusive"), ("--column", "ended_at=canceled_at")):
        status, _, said = ask("churn", "--period", "2022-Q1", "clean", *option)
        assert (status, "E243" in said) == (3, True), option
    assert ask("churn", "--period", "2022-Q1", "clean", *chosen)[0] == 0


@pytest.mark.parametrize("today", ["2021-06-01", "2022-05-09", "2022-05-11", "2030-01-01"])
def test_the_data_end_on_another_today_as_those_of_the_source(ask, today: str) -> None:
    """A day that lay ahead when the folder was made is in the past later."""
    Path("c.csv").write_text("customer_id,started_at,ended_at\nA,2021-01-01,2022-05-10\nB,2021-03-01,2026-01-01\nC,2021-05-05,\n")
    assert ask("convert", "c.csv", "-o", "clean", "--today", "2021-08-01")[0] == 0
    asked = ("churn", "--period", "2021-01..2022-06", "--every", "month", "--json", "--today", today)
    assert ask(*asked, "clean") == ask(*asked, "c.csv")


def test_doubts_about_the_source_are_told_again(ask) -> None:
    Path("s.csv").write_text("customer_id,started_at,ended_at,amount\nA,2021-01-01,2022-05-10,100\nB,2021-03-01,,120\nC,2021-05-05,,90\n")
    assert "W270" in ask("convert", "s.csv", "-o", "clean")[2]
    for metric in ("churn", "mrr", "retention"):
        from_source, from_clean = (ask(metric, "--period", "2022-Q1", each) for each in ("s.csv", "clean"))
        assert (from_clean, "W270" in from_source[2]) == (from_source, True)


def test_rows_that_two_sources_hold_are_told_with_each_answer(ask, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    for name in ("a.csv", "b.csv"):
        (folder / name).write_text(SURVEYS + ("C,2022-05-02,nps,7\n" if name == "b.csv" else ""))
    assert ask("convert", "exports", "-o", "clean")[0] == 0
    status, out, err = ask("nps", "--period", "2022-Q2", "--json", "-q", "clean")
    told = [each["message"] for each in json.loads(out)["warnings"] if each["code"] == "W279"]
    assert (status, len(told), "W279" in err) == (0, 1, True)
    assert told[0].endswith("counted twice; to count them once, convert only the newest file")
