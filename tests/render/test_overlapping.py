"""Totals of groups that do not add up are marked so, in every format."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import jsonschema
import pytest

from custmetrics_cli.render import FORMATS
from custmetrics_cli.render.data.schema import schema_text
from custmetrics_cli.render.documents.answer import AnswerDocument
from custmetrics_cli.render.screen import Output
from tests.support.asking import ask, question, written

ORDERS = "customer_id,date,amount,kind\nA,2022-04-01,5,x\nA,2022-04-02,5,y\n"
SAID = "groups overlap: who is in several counts in each, so these do not add up: repeat_buyers, buyers"


@pytest.fixture(params=[["kind"], []], ids=["groups", "whole"])
def by(request: pytest.FixtureRequest) -> list[str]:
    names: list[str] = request.param
    return names


@pytest.fixture
def document(tmp_path: Path, by: list[str]) -> AnswerDocument:
    return AnswerDocument(ask(written(tmp_path, {"purchases": ORDERS}), question("repeat-rate", "2022-04", by=by)))


@pytest.mark.parametrize("form", ["table", "markdown"])
def test_people_read_it(document: AnswerDocument, by: list[str], form: str) -> None:
    assert (SAID in FORMATS[form].write(document, Output()).replace("\\", "")) is bool(by)


def test_json_says_it_by_name(document: AnswerDocument, by: list[str]) -> None:
    record = json.loads(FORMATS["json"].write(document, Output()))
    jsonschema.validate(record, json.loads(schema_text()))
    assert [result.get("overlapping") for result in record["results"]] == (2 * [["repeat_buyers", "buyers"]] if by else [None])


def test_a_flat_row_says_it(document: AnswerDocument, by: list[str]) -> None:
    rows = csv.DictReader(FORMATS["csv"].write(document, Output()).splitlines())
    assert [row.get("overlapping") for row in rows] == (2 * ["repeat_buyers, buyers"] if by else [None])
