"""Every format shows the metric's own options that were used."""

from __future__ import annotations

import csv
import json
from fractions import Fraction
from pathlib import Path

import jsonschema
import pytest

from custmetrics_cli.render import FORMATS
from custmetrics_cli.render.data.schema import schema_text
from custmetrics_cli.render.documents.answer import AnswerDocument
from custmetrics_cli.render.documents.explain import explain
from custmetrics_cli.render.documents.listing import ListingDocument
from custmetrics_cli.render.documents.metric_list import metric_list
from custmetrics_cli.render.output import Output
from custmetrics_cli.render.parts.options import option_text
from tests.support.asking import ask, ask_list, question, written
from tests.support.made_results import TEXTS
from tests.support.own_metric import declare, made


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, AnswerDocument | ListingDocument]:
    declare(monkeypatch)
    paths = written(tmp_path, {"customers": "customer_id,started_at,ended_at\nA,2022-01-01,\n"})
    asked = question("made-up", "2022", options={"margin": "12.5%"})
    return {"answer": AnswerDocument(ask(paths, asked)), "list": ListingDocument(ask_list(paths, asked, "all"))}


@pytest.mark.parametrize("kind", ["answer", "list"])
def test_text_formats_show_them_as_they_are_typed(documents, kind: str) -> None:
    for form in ("table", "markdown"):
        assert "settings: margin=12.5%, answers=all" in FORMATS[form].write(documents[kind], Output()).replace("\\", "")


def test_the_formula_contains_their_values(documents) -> None:
    assert "12.5% * 1 / (1 + 0)" in FORMATS["table"].write(documents["answer"], Output())


@pytest.mark.parametrize("kind", ["answer", "list"])
def test_json_has_them_as_data(documents, kind: str) -> None:
    said = json.loads(FORMATS["json"].write(documents[kind], Output()))
    jsonschema.validate(said, json.loads(schema_text()))
    assert (said["results"][0] if kind == "answer" else said)["options"] == {"margin": 0.125, "answers": "all"}


@pytest.mark.parametrize("kind", ["answer", "list"])
def test_csv_has_them_in_one_cell(documents, kind: str) -> None:
    (row,) = csv.DictReader(FORMATS["csv"].write(documents[kind], Output()).splitlines())
    assert row["options"] == "margin 0.125; answers all"


def test_without_them_no_format_mentions_any(documents) -> None:
    answer = documents["answer"].answer
    bare = AnswerDocument(answer._replace(results=[answer.results[0]._replace(options={})]))
    for name in TEXTS:
        assert "options" not in FORMATS[name].write(bare, Output()), name
    assert "settings" not in FORMATS["table"].write(bare, Output())


def test_explain_and_list_show_them() -> None:
    text = explain(made, {})
    for words in ("--margin SHARE", "default: 80%", "--at-most NUMBER", "default: all of them", "all, latest"):
        assert words in text
    assert metric_list([made]).rows[0][-1] == "margin, at-most, answers"


def test_a_share_is_shown_with_all_its_digits() -> None:
    assert [option_text(Fraction(text)) for text in ("0.123456789012345", "1", "0", "1/1000")] == [
        "12.3456789012345%",
        "100%",
        "0%",
        "0.1%",
    ]
