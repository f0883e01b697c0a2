"""JSON lines, lists and answers of APIs are tables: fields may be nested, missing or in another order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.ingest.model import InputFile
from custmetrics_cli.ingest.open.temp_files import Scratch
from custmetrics_cli.ingest.open.unpack import unpack, unpack_all

SUBSCRIPTION = {
    "id": "sub_1",
    "customer": {"email": "a@b.c", "tags": ["x", "y"]},
    "items": {"object": "list", "has_more": False, "data": [{"price": {"unit_amount": 1500}}, {"price": {"unit_amount": 500}}]},
}
FLAT = 'id,customer.email,customer.tags,items.0.price.unit_amount,items.1.price.unit_amount\nsub_1,a@b.c,"x, y",1500,500\n'


def opened(path: Path, text: str | bytes, sheet: str = "") -> dict[str, str]:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    with Scratch() as scratch:
        files = unpack(InputFile(str(path), sheet=sheet), scratch)
        return {file.source.path.removeprefix(str(path)): file.path.read_text("utf-8") for file in files}


def refused(path: Path, value: Any) -> tuple[str, str]:
    with pytest.raises(CustmetricsError) as caught:
        opened(path, value if isinstance(value, str) else json.dumps(value))
    return caught.value.problems[0].code, caught.value.problems[0].message


@pytest.mark.parametrize(
    "text",
    [
        json.dumps([SUBSCRIPTION]),
        json.dumps({"object": "list", "data": [SUBSCRIPTION], "has_more": False, "url": "/v1/subscriptions"}),
        json.dumps({"response": {"subscriptions": [SUBSCRIPTION]}, "status": "ok"}, indent=2),
        "\ufeff" + json.dumps([SUBSCRIPTION]),
    ],
)
def test_nested_fields_are_columns(tmp_path: Path, text: str) -> None:
    assert opened(tmp_path / "a.json", text) == {"": FLAT}


def test_one_object_in_a_file_of_lines_is_a_row(tmp_path: Path) -> None:
    assert opened(tmp_path / "a.jsonl", json.dumps(SUBSCRIPTION)) == {"": FLAT}


@pytest.mark.parametrize("between", ["\n", "\n\n", "\r\n", "\n\x1e", ",\n"])
def test_values_may_follow_one_another(tmp_path: Path, between: str) -> None:
    lines = opened(tmp_path / "a.json", f'{{"id": "a"}}{between}{{"date": null, "id": "b"}}{between}{{"id": "c", "date": 1}}\n')[""]
    assert [line for line in lines.splitlines() if line] == ["id,date", "a,", "b,", "c,1"]


def test_a_line_of_the_copy_is_one_below_the_line_of_the_file(tmp_path: Path) -> None:
    assert opened(tmp_path / "a.jsonl", '{"id": 1}\n\n{"id": 2}\n')[""].split("\n") == ["id", "1", "", "2", ""]


def test_numbers_keep_their_digits(tmp_path: Path) -> None:
    text = '[{"n": 99.90}, {"n": 5.0}, {"n": 1.234}, {"n": 1.5e3}, {"n": 12345678901234567890}, {"n": "007"}, {"n": 0.30000000000000004}]'
    assert opened(tmp_path / "a.json", text)[""].split() == ["n", "99.90", "5", "1.2340", "1500", "12345678901234567890", "007", "0.3"]


def test_other_values_have_a_text(tmp_path: Path) -> None:
    text = '[{"a": true, "b": null, "c": NaN, "d": "two\\nlines", "e": [], "f": {}}, {"a": false}]'
    assert opened(tmp_path / "a.json", text)[""] == "a,b,c,d,e\ntrue,,NaN,two lines,\nfalse,,,,\n"


def test_columns_of_pandas_and_lists_of_rows_are_tables(tmp_path: Path) -> None:
    expected = {"": "id,date\na,2022\nb,\n"}
    assert opened(tmp_path / "a.json", '{"id": {"0": "a", "1": "b"}, "date": {"0": "2022", "1": null}}') == expected
    assert opened(tmp_path / "b.json", '{"id": ["a", "b"], "date": ["2022", null]}') == expected
    assert opened(tmp_path / "c.json", '[["id", "date"], ["a", "2022"], ["b", null]]') == expected


def test_each_list_of_an_object_is_a_table(tmp_path: Path) -> None:
    text = json.dumps({"customers": [{"id": 1}], "orders": [{"id": 2}], "meta": {"pages": 1}})
    assert opened(tmp_path / "a.json", text) == {"#customers": "id\n1\n", "#orders": "id\n2\n"}
    assert opened(tmp_path / "a.json", text, "orders") == {"#orders": "id\n2\n"}


def test_cyrillic_in_another_encoding_is_read(tmp_path: Path) -> None:
    assert opened(tmp_path / "a.json", '[{"клиент": "Анна", "город": "Москва"}]'.encode("cp1251"))[""] == "клиент,город\nАнна,Москва\n"


def test_one_page_of_several_is_refused(tmp_path: Path) -> None:
    for key, value in (("has_more", True), ("next", "https://api.example.com?page=2"), ("next_cursor", "abc")):
        assert refused(tmp_path / "a.json", {key: value, "data": [{"id": 1}]})[0] == "E228"
    assert opened(tmp_path / "a.json", '{"next": null, "data": [{"id": 1}]}')[""] == "id\n1\n"


@pytest.mark.parametrize("value", [{"name": "shop"}, [], {"data": []}, [1, 2], [{"id": 1}, 2], [[]]])
def test_json_without_objects_is_refused_but_skipped_in_a_folder(tmp_path: Path, value: Any) -> None:
    path, good = tmp_path / "a.json", tmp_path / "good.csv"
    if not isinstance(value, list) or not value or isinstance(value[0], dict | list):
        assert refused(path, value)[0] == "E227"
        good.write_text("a,b\n1,2\n")
        with Scratch() as scratch:
            files, skipped = unpack_all([InputFile(str(path), is_named=False), InputFile(str(good))], scratch)
            assert ([file.path for file in files], [problem.code for problem in skipped]) == ([good], ["E227"])


@pytest.mark.parametrize("text", ['[{"id": 1}', '{"id": 1}\n{"id": \n', '[{"id": 1},,]', "[" * 100_000])
def test_damaged_json_is_refused(tmp_path: Path, text: str) -> None:
    assert refused(tmp_path / "a.json", text)[0] in ("E217", "E227")


def test_a_line_that_is_not_an_object_is_refused_with_its_number(tmp_path: Path) -> None:
    assert refused(tmp_path / "a.jsonl", '{"id": 1}\n{"id": 2}\n[3]\n') == ("E217", "is JSON that cannot be read: line 3: is not an object")
