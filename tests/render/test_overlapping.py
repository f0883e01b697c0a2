"""Every format names the totals that do not add up over the groups."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import jsonschema
import pytest

from custmetrics_cli.render import FORMATS
from custmetrics_cli.render.data.schema import schema_text
from custmetrics_cli.render.documents.answer import AnswerDocument
from custmetrics_cli.render.output import Output
from tests.support.asking import ask, question, written

ORDERS = "customer_id,date,amount,kind\nA,2022-04-01,5,x\nA,2022-04-02,5,y\n"
REMARK = "a customer can be in several groups, so these do not add up to the total: repeat_buyers, buyers"


@pytest.fixture(params=[["kind"], []], ids=["groups", "whole"])
def by(request: pytest.FixtureRequest) -> list[str]:
    names: list[str] = request.param
    return names


@pytest.fixture
def document(tmp_path: Path, by: list[str]) -> AnswerDocument:
    return AnswerDocument(ask(written(tmp_path, {"purchases": ORDERS}), question("repeat-rate", "2022-04", by=by)))


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_text_formats_have_a_remark(document: AnswerDocument, by: list[str], form: str) -> None:
    assert (REMARK in FORMATS[form].write(document, Output()).replace("\\", "")) is bool(by)


def test_json_has_their_names(document: AnswerDocument, by: list[str]) -> None:
    record = json.loads(FORMATS["json"].write(document, Output()))
    jsonschema.validate(record, json.loads(schema_text()))
    assert [result.get("overlapping") for result in record["results"]] == (2 * [["repeat_buyers", "buyers", "orders"]] if by else [None])


def test_csv_has_their_names(document: AnswerDocument, by: list[str]) -> None:
    rows = csv.DictReader(FORMATS["csv"].write(document, Output()).splitlines())
    assert [row.get("overlapping") for row in rows] == (2 * ["repeat_buyers, buyers, orders"] if by else [None])
