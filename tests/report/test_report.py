"""`custmetrics report`: the same numbers as each command, metrics that cannot be computed, trends, targets and benchmarks."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from custmetrics_cli.cli.run import run
from custmetrics_cli.compute import run as runs
from custmetrics_cli.compute.answer import answer, answers
from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.core.metric import FAMILIES
from custmetrics_cli.core.result import Answer
from custmetrics_cli.ingest.load import load
from custmetrics_cli.ingest.open.find import find
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.metrics import METRICS
from custmetrics_cli.render import FORMATS
from custmetrics_cli.render.data.schema import schema_text
from custmetrics_cli.render.documents.report import ReportDocument
from custmetrics_cli.render.output import Output
from custmetrics_cli.report.benchmarks import MONTHS, SHIPPED, read_benchmarks
from custmetrics_cli.report.report import build_report, metrics_in_order, selection
from custmetrics_cli.tables import TABLES
from tests.support.asking import ENGINES, TODAY, question, written

SAMPLE = Path(__file__).parents[2] / "sample_data"
CUSTOMERS = """
customer_id,started_at,ended_at
C1,2021-01-05,
C2,2021-01-09,2022-05-20
C3,2021-02-01,
C4,2022-02-11,
C5,2021-12-31,2022-07-01
"""
SURVEYS = """
customer_id,responded_at,score
C1,2022-04-05,9
C3,2022-05-05,3
"""

KINDS = """
customer_id,responded_at,score,kind
C1,2022-04-05,9,nps
C3,2022-05-05,3,csat
C3,2022-05-06,2,ces
"""

Go = Callable[..., tuple[int, str, str]]


@pytest.fixture
def go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Go:
    """Return a function that runs a command in a folder with these customers: exit status, output, errors."""
    (tmp_path / "customers.csv").write_text(CUSTOMERS.lstrip(), "utf-8")
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str) -> tuple[int, str, str]:
        status = run(arguments)
        return status, *capsys.readouterr()

    return command


def parsed(done: tuple[int, str, str]) -> Any:
    assert done[0] in (0, 1), done[2]
    document = json.loads(done[1])
    Draft202012Validator(json.loads(schema_text())).validate(document)
    return document


def metric(document: Any, name: str) -> Any:
    (found,) = [result for result in document["results"] if result["metric"] == name]
    return found


@contextmanager
def questions_of(before: int, **more: Any) -> Iterator[tuple[list[Any], Any]]:
    """Yield a question for each metric, and the sample data."""
    own = {"margin": "80%", "event": "feature_used"}
    every = [
        question(
            each.name, "2022-Q2", options={n: own[n] for n in own if n in {o.name for o in each.options}}, periods_before=before, **more
        )
        for each in metrics_in_order()
    ]
    tables = selection({each.metrics[0][0].name: each for each in every})
    with load(find([str(SAMPLE)], TABLES), tables, Settings(today=TODAY), "pandas") as loaded:
        yield every, loaded


def test_each_metric_is_the_same_as_in_its_own_command() -> None:
    """The report makes the rows once, for all metrics and eight quarters. No figure differs."""
    with questions_of(7, compare="previous") as (questions, loaded):
        together = list(answers(questions, loaded))
        for one, many in zip(questions, together, strict=True):
            try:
                alone = answer(one._replace(periods_before=0), loaded)
            except CustmetricsError:
                assert isinstance(many, CustmetricsError)
                continue
            assert isinstance(many, Answer)
            assert [without_trend(result) for result in many.results] == alone.results
            assert many.warnings == alone.warnings


def without_trend(result: Any) -> Any:
    return result._replace(exhibits=tuple(each for each in result.exhibits if each is not result.trend))


def test_a_trend_has_the_values_of_a_series() -> None:
    """A question for one quarter gives the same value as the trend."""
    with questions_of(7) as (questions, loaded):
        for one, many in zip(questions, answers(questions, loaded), strict=True):
            if isinstance(many, CustmetricsError) or not many.results[0].trend:
                continue
            (result,) = many.results
            series = {point.at: point.value for point in result.trend.points}
            for name in ("2021-Q2", "2022-Q1"):
                (alone,) = answer(one._replace(periods_before=0, period=type(one.period).parse(name)), loaded).results
                assert series.get(alone.period, alone.value) == alone.value


def test_metrics_over_the_same_rows_share_one_query(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[int] = []
    summed = runs.count
    monkeypatch.setattr(runs, "count", lambda *about: counted.append(1) or summed(*about))
    questions = [question(name, "2022-Q2", periods_before=3, compare="previous") for name in ("churn", "retention", "customers", "growth")]
    tables = selection({each.metrics[0][0].name: each for each in questions})
    with load(find(written(tmp_path, {"customers": CUSTOMERS}), TABLES), tables, Settings(today=TODAY), "pandas") as loaded:
        assert all(isinstance(each, Answer) for each in answers(questions, loaded))
    assert len(counted) == 1


def test_every_engine_gives_the_same_bytes(go: Go) -> None:
    one, other = (
        go("report", "-p", "2022-Q2", "--engine", engine, "--json", "--today", "2023-01-02", str(SAMPLE))[1] for engine in ENGINES
    )
    assert one == other


def test_a_missing_table_does_not_stop_other_metrics(go: Go) -> None:
    document = parsed(go("report", "-p", "2022-Q2", "--json", "."))
    assert metric(document, "churn")["value"] == 0.2
    missing = {each["metric"]: each for each in document["report"]["missing"]}
    assert (missing["nps"]["code"], missing["nps"]["message"]) == ("E130", "no file contains surveys")
    shown = {name for family in document["report"]["families"] for name in family["metrics"]}
    assert {*missing} | shown == {*METRICS}
    assert not {*missing} & shown


def test_an_error_in_a_file_stops_the_report(go: Go, tmp_path: Path) -> None:
    (tmp_path / "surveys.csv").write_text(SURVEYS.replace("9", "nine").lstrip(), "utf-8")
    status, out, err = go("report", "-p", "2022-Q2", ".")
    assert (status, out) == (3, "")
    assert "surveys.csv:2:3: E4" in err


def test_survey_answers_without_a_kind_are_ambiguous(go: Go, tmp_path: Path) -> None:
    """With one survey metric they belong to it. In a report they could belong to several."""
    (tmp_path / "surveys.csv").write_text(SURVEYS.lstrip(), "utf-8")
    assert parsed(go("nps", "-p", "2022-Q2", "--json", "surveys.csv"))["results"][0]["value"] == 0
    document = parsed(go("report", "-p", "2022-Q2", "--json", "."))
    missing = {each["metric"]: each["code"] for each in document["report"]["missing"]}
    assert [missing[name] for name in ("nps", "csat", "ces")] == ["E199"] * 3
    assert metric(document, "churn")["value"] == 0.2


def test_a_report_without_metrics_is_an_error(go: Go, tmp_path: Path) -> None:
    (tmp_path / "rates.csv").write_text("date,from,to,rate\n2022-01-01,USD,EUR,0.9\n", "utf-8")
    status, out, err = go("report", "-p", "2022-Q2", "rates=rates.csv")
    assert (status, out) == (2, "")
    assert "E130" in err


@pytest.mark.parametrize("form", ["table", "markdown", "csv", "tsv", "jsonl"])
def test_every_format_names_the_metrics(go: Go, form: str) -> None:
    status, out, _ = go("report", "-p", "2022-Q2", "--format", form, ".")
    assert status == 0
    assert ("churn" if form in ("csv", "tsv", "jsonl") else "Customer churn rate") in out
    assert form in ("csv", "tsv", "jsonl") or "no file contains surveys" in out


def test_the_trend_leaves_out_partial_periods(go: Go) -> None:
    """The data starts on 2021-01-05, so it covers only a part of 2021-Q1. 2022-Q3 is in the future."""
    found = metric(parsed(go("report", "-p", "2022-Q2", "--json", ".")), "customers")
    assert [(point["period"]["name"], point["value"]) for point in found["trend"]] == [
        ("2021-Q2", 3), ("2021-Q3", 3), ("2021-Q4", 4), ("2022-Q1", 5), ("2022-Q2", 4),
    ]  # fmt: skip
    assert found["comparison"]["value"] == 5
    short = metric(parsed(go("report", "-p", "2022-Q2", "--trend", "2", "--json", ".")), "customers")
    assert len(short["trend"]) == 2
    assert "trend" not in metric(parsed(go("report", "-p", "2022-Q2", "--trend", "0", "--json", ".")), "customers")


def test_an_option_applies_to_all_metrics_that_have_it_or_to_one(go: Go, tmp_path: Path) -> None:
    (tmp_path / "surveys.csv").write_text(KINDS.lstrip(), "utf-8")
    document = parsed(go("report", "-p", "2022-Q2", "--scale", "csat=1-10; nps=1-10; ces=1-7", "--json", "."))
    assert metric(document, "nps")["options"]["scale"] == "1-10"
    assert metric(document, "csat")["options"]["scale"] == "1-10"
    document = parsed(go("report", "-p", "2022-Q2", "--scale", "1-10", "--answers", "csat=latest", "--json", "."))
    assert [metric(document, name)["options"]["answers"] for name in ("nps", "csat")] == ["all", "latest"]
    missing = {
        each["metric"]: each["code"]
        for each in parsed(go("report", "-p", "2022-Q2", "--scale", "0-10", "--json", "."))["report"]["missing"]
    }
    assert missing["ces"] == "E344"


def test_fail_if_sets_the_exit_status(go: Go) -> None:
    assert go("report", "-p", "2022-Q2", "--fail-if", "churn > 50%", "--fail-if", "growth < -90%", ".")[0] == 0
    assert go("report", "-p", "2022-Q2", "--fail-if", "churn > 50%", "--fail-if", "crr < 90%", ".")[0] == 1
    assert go("report", "-p", "2022-Q2", "--fail-if", "nps < 0", ".")[0] == 1  # not computed, so the test is not passed
    assert "E175" in go("report", "-p", "2022-Q2", "--fail-if", "value > 5", ".")[2]


def test_targets_of_the_settings_file_are_met_or_missed(go: Go, tmp_path: Path) -> None:
    (tmp_path / "custmetrics.toml").write_text('[targets]\nchurn = "< 5%"\nretention = ">= 80%"\nlifetime = "> 3"\n', "utf-8")
    document = parsed(go("report", "-p", "2022-Q2", "--json", "."))
    assert metric(document, "churn")["target"] == {"test": "< 5%", "met": False}
    assert metric(document, "retention")["target"] == {"test": ">= 80%", "met": True}
    alone = parsed(go("lifetime", "-p", "2022-Q1", "--json", "customers.csv"))["results"][0]
    assert alone["target"] == {"test": "> 3", "met": None}  # nobody was lost
    assert (
        "target"
        not in parsed(go("churn", "-p", "2022-Q2", "--definition", "standard", "--no-config", "--json", "customers.csv"))["results"][0]
    )
    assert "| < 5% missed |" in go("churn", "-p", "2022-Q2", "--format", "markdown", "customers.csv")[1].replace("&lt;", "<")


def test_benchmarks_are_shown_for_periods_of_their_length(go: Go, tmp_path: Path) -> None:
    (tmp_path / "ours.csv").write_text(
        "metric,value,industry,period\nchurn,3%,ours,month\nchurn,9%,ours,quarter\nchurn,8%,theirs,quarter\ncustomers,500,ours,\n", "utf-8"
    )
    found = parsed(go("churn", "-p", "2022-Q2", "--benchmarks", "ours.csv", "--json", "customers.csv"))["results"][0]["benchmarks"]
    assert [(each["value"], each["industry"]) for each in found] == [(0.09, "ours"), (0.08, "theirs")]
    of_any = parsed(go("customers", "-p", "2022-W14", "--benchmarks", "ours.csv", "--json", "customers.csv"))["results"][0]["benchmarks"]
    assert [each["value"] for each in of_any] == [500]
    assert "benchmarks" not in parsed(go("churn", "-p", "2022-05", "--json", "customers.csv"))["results"][0]
    shipped = metric(parsed(go("report", "-p", "2022-05", "--json", ".")), "churn")["benchmarks"]
    assert {each["value"] for each in shipped} >= {0.0548, 0.0327}  # benchmarks that contradict each other are both shown


def test_the_shipped_benchmarks_have_sources() -> None:
    shipped = read_benchmarks(SHIPPED)
    assert len(shipped) == len(list(csv.reader(SHIPPED.open(encoding="utf-8")))) - 1
    assert all(each.source and each.industry for each in shipped)
    assert {each.period for each in shipped} <= {"", *MONTHS}
    assert next(each.value for each in shipped if each.metric == "churn") == Fraction("0.0548")


def drawn(width: int, files: list[str], period: str = "2022-Q2") -> str:
    """Return a report as a terminal of this width shows it."""
    asked = {metric.name: question(metric.name, period, compare="previous") for metric in METRICS.values() if not metric.options}
    with load(find(files, TABLES), selection(asked), Settings(today=TODAY), "pandas") as loaded:
        found = build_report(asked, loaded, 8)
    return FORMATS["table"].write(ReportDocument(found), Output(width=width, terminal=True))


def test_a_narrow_terminal_shows_one_line_per_metric_with_its_short_name() -> None:
    files = [str(SAMPLE / name) for name in ("customers.csv", "subscriptions.csv", "purchases.csv", "costs.csv", "activity.csv")]
    wide, narrow = drawn(200, files), drawn(80, files)
    assert "│ Average revenue per account" in wide
    assert re.search(r"│ arpa +│ +[0-9.,]+ │ +[0-9.,]+ │ +-?\+?[0-9.,]+(?: \*)? │", narrow)
    assert "Average revenue" not in narrow
    assert max(map(len, narrow.splitlines())) <= 80
    assert "\nmetric " not in narrow, "no family is shown line by line"


def test_metrics_without_any_value_are_at_the_end_with_the_reason(tmp_path: Path) -> None:
    paths = written(tmp_path, {"customers": CUSTOMERS, "activity": "customer_id,timestamp\nA,2022-08-01\n"})
    text = drawn(120, paths)
    assert "Behaviour" not in text
    assert re.search(r"Not computed\n  activity has no data before 2022-08-01\n    active-users, stickiness, ", text)
    assert re.search(r"\n  no file contains purchases\n    revenue, orders, aov, buyers, order-gap, repeat-rate", text)


ORDERS = "customer_id,date,amount\nA,2022-01-05,10\nA,2022-02-05,10\nB,2022-01-06,10\nC,2022-02-07,10\n"


def test_a_report_of_orders_uses_the_definitions_that_orders_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "orders.csv").write_text(ORDERS)
    assert run(["report", "--period", "2022-02", "--as-of", "2022-02-28", str(tmp_path / "orders.csv"), "--json"]) == 0
    results = {each["metric"]: each["definition"] for each in json.loads(capsys.readouterr().out)["results"]}
    assert (results["cohorts"], results["clv"], results["repeat-rate"]) == ("orders", "historic", "standard")


@pytest.mark.parametrize(
    ("metric", "definition"), [("cohorts", "orders"), ("clv", "historic"), ("lifecycle", "buyers"), ("mrr", "charges")]
)
def test_a_metric_is_answered_in_the_definition_that_the_files_answer(
    metric: str, definition: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "orders.csv").write_text(ORDERS)
    asked = [metric, "--period", "2022-02", "--as-of", "2022-02-28", str(tmp_path / "orders.csv")]
    assert run([*asked, "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["results"][0]["definition"] == definition
    assert f"W281 {metric} is answered in the definition {definition}" in err
    assert run([*asked, "--definition", "standard"]) == 2
    assert capsys.readouterr().err.splitlines()[1].endswith(f"pass --definition {definition}")


def test_a_report_of_orders_and_costs_has_every_family(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "orders.csv").write_text(ORDERS)
    (tmp_path / "costs.csv").write_text("date,amount\n2022-02-03,5\n")
    paths = [str(tmp_path / "orders.csv"), str(tmp_path / "costs.csv")]
    assert run(["report", "--period", "2022-02", "--as-of", "2022-02-28", *paths, "--json"]) == 0
    out, err = capsys.readouterr()
    families = {METRICS[each["metric"]].family for each in json.loads(out)["results"]}
    assert families == {each.family for each in METRICS.values()} - {"Surveys"}
    assert "W280 a customer is lost after 31 days without an order" in err
    assert json.loads(out)["policies"]["gap"] == "31"


def test_the_families_have_the_order_of_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", "--period", "2022-Q4", str(SAMPLE)]) == 0
    text = capsys.readouterr().out
    families = [line for line in text.splitlines() if line in FAMILIES]
    assert families == list(FAMILIES)
    assert "│ Customers who joined" in text
