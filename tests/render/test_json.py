"""Every JSON document follows the shipped schema and has no other keys."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from custmetrics_cli.core.errors import Place, Problem
from custmetrics_cli.core.result import Answer, Listing
from custmetrics_cli.render import FORMATS
from custmetrics_cli.render.data.schema import schema_text
from custmetrics_cli.render.documents.metric_list import metric_list
from custmetrics_cli.render.output import Output
from custmetrics_cli.render.problems import problems_json
from custmetrics_cli.stats.intervals import Interval
from tests.support import made_results as made

SCHEMA = json.loads(schema_text())
FORM, LINES = FORMATS["json"], FORMATS["jsonl"]


def refuse(name: str) -> Any:
    raise AssertionError(f"not JSON: {name}")


def read(text: str) -> Any:
    return json.loads(text, parse_constant=refuse)


def validate(document: Any, part: str) -> None:
    Draft202012Validator(SCHEMA, format_checker=FormatChecker()).validate(document)
    Draft202012Validator({**closed(SCHEMA), "anyOf": [{"$ref": f"#/$defs/{part}"}]}).validate(document)


def closed(schema: Any) -> Any:
    """Return the schema, without any further keys allowed."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {name: closed(each) for name, each in schema.items()}
    return {**inner, "additionalProperties": False} if {"type", "properties"} <= set(schema) else inner


def test_the_schema_is_valid() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", made.ANSWERS)
def test_answers_follow_the_schema(name: str) -> None:
    answer = made.ANSWERS[name]
    document = read(made.answer(FORM, answer, Output()))
    validate(document, "answer")
    lines = [read(line) for line in made.answer(LINES, answer, Output()).splitlines()]
    assert [{k: v for k, v in line.items() if k != "policies" and not k.startswith("rows_")} for line in lines] == document["results"]
    for line in lines:
        Draft202012Validator({**closed(SCHEMA), "anyOf": [{"$ref": "#/$defs/result"}]}).validate(line)


@pytest.mark.parametrize("listing", [made.LISTED, metric_list([made.CHURN, made.COUNT]), Listing("none", "nothing", ("a",), [])])
def test_listings_follow_the_schema(listing: Listing) -> None:
    document = read(made.listing(FORM, listing, Output()))
    validate(document, "listing")
    assert [tuple(row) for row in document["rows"]] == list(listing.rows)
    assert [tuple(read(line).values()) for line in made.listing(LINES, listing, Output()).splitlines()] == list(listing.rows)


@pytest.mark.parametrize("wrong", [{"value": 0.5, "reason": "no"}, {"value": None, "reason": None}, {"value": "5 %"}, {"unknown": 1}])
def test_the_schema_rejects_wrong_documents(wrong: dict[str, Any]) -> None:
    document = read(made.answer(FORM, made.SINGLE, Output()))
    document["results"][0].update(wrong)
    with pytest.raises(ValidationError):
        validate(document, "answer")


def test_a_document_byte_by_byte() -> None:
    assert made.answer(FORM, Answer([made.churn(1, 8, group={"plan": None})], [made.INPUT], [made.WARNED]), Output()) == (
        """{
  "schema_version": 1,
  "custmetrics": "0.1.0",
  "inputs": [
    {
      "path": "customers.csv",
      "table": "customers",
      "preset": null,
      "columns": {},
      "sha256": "abababababababababababababababababababababababababababababababab",
      "rows": {
        "read": 1203,
        "used": 1200,
        "excluded": {
          "blank score": 3
        }
      }
    }
  ],
  "results": [
    {
      "metric": "churn",
      "title": "Churn",
      "definition": "standard",
      "unit": "ratio",
      "period": {
        "name": "2022-Q2",
        "start": "2022-04-01",
        "end": "2022-07-01",
        "complete": true
      },
      "group": {
        "plan": null
      },
      "value": 0.125,
      "reason": null,
      "formula": "lost / opening",
      "totals": {
        "lost": 1,
        "opening": 8
      },
      "interval": null
    }
  ],
  "warnings": [
    {
      "code": "W301",
      "message": "2 rows repeat another",
      "decisive": false
    }
  ]
}
"""
    )


def test_numbers_are_whole_or_the_nearest_double() -> None:
    (result,) = read(made.answer(FORM, made.ANSWERS["ledger"], Output()))["results"]
    assert isinstance(result["value"], int)
    (result,) = read(made.answer(FORM, made.ANSWERS["money"], Output()))["results"]
    assert (result["value"], result["totals"], result["currency"]) == (
        float(Fraction(100, 27)),
        {"spend": float(Fraction(100, 3)), "new": 9},
        "EUR",
    )
    (result,) = read(made.answer(FORM, made.SINGLE, Output()))["results"]
    assert result["value"] == float(Fraction(71, 1171))
    assert result["comparison"]["difference"] == float(Fraction(71, 1171) - Fraction(1, 20))


def test_a_comparison_of_a_whole_and_of_a_partial_period() -> None:
    whole, part = (read(made.answer(FORM, made.ANSWERS[name], Output()))["results"][0]["comparison"] for name in ("single", "part"))
    assert (whole["compared"], whole["period"]["complete"]) == (None, True)
    days = {"name": "2022-04-01..2022-04-14", "start": "2022-04-01", "end": "2022-04-15"}
    assert (part["compared"], part["period"]["complete"]) == ({"period": days, "value": 0.0099}, False)


def test_a_negative_zero_is_written_as_zero() -> None:
    text = made.answer(FORM, Answer([made.churn(0, 5, interval=Interval(-0.0, 0.4, "wilson"))]), Output())
    assert '"low": 0.0' in text


def test_an_interval_without_an_upper_end_has_null() -> None:
    text = made.answer(FORM, Answer([made.churn(0, 5, interval=Interval(0.25, float("inf"), "x"))]), Output())
    interval = read(text)["results"][0]["interval"]
    assert (interval["low"], interval["high"]) == (0.25, None)


def test_not_a_number_is_never_written() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        made.answer(FORM, Answer([made.churn(0, 5, interval=Interval(float("nan"), 1.0, "x"))]), Output())


@given(st.text())
def test_any_text_is_read_back_and_cannot_act_on_a_screen(text: str) -> None:
    listing = Listing("lost", text, (text,), [(text,)])
    for ascii in (False, True):
        written = made.listing(FORM, listing, Output(ascii=ascii))
        assert read(written)["rows"] == [[text]]
        assert not any(unsafe in written for unsafe in "\x1b\x7f\x9b\u202e\u2028")
        assert len(made.listing(LINES, listing, Output(ascii=ascii)).split("\n")) == 2
    written.encode("ascii")


def test_half_a_surrogate_pair_can_be_written() -> None:
    text = made.listing(FORM, Listing("lost", "path \udcff", (), []), Output())
    assert "\\udcff" in text
    text.encode()


def test_errors_follow_the_schema() -> None:
    problems = [Problem("E401", "'x' is not a day", Place("a\udcff.csv", 5, 2), "a hint", "C1,x"), Problem("E101", "no such period")]
    document = read(problems_json(problems, 33))
    validate(document, "errors")
    assert document["total"] == 33
    where = {"path": "a\udcff.csv", "line": 5, "column": 2}
    assert document["errors"][0] == {"code": "E401", "message": "'x' is not a day", **where, "hint": "a hint", "excerpt": "C1,x"}
    assert document["errors"][1]["path"] is None
    assert read(problems_json(problems))["total"] == 2


@pytest.mark.parametrize("name", made.TEXTS)
def test_the_same_answer_gives_the_same_text_with_a_newline_at_the_end(name: str) -> None:
    for answer in made.ANSWERS.values():
        text = made.answer(FORMATS[name], answer, Output())
        assert text == made.answer(FORMATS[name], answer, Output())
        assert text.endswith("\n") or not text
        assert "\r" not in text
