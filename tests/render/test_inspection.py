"""The document of `custmetrics inspect`, in every format."""

from __future__ import annotations

import csv
import io
import json

import pytest

from custmetrics_cli.core.inspection import Inspected, InspectedColumn
from custmetrics_cli.render import FORMATS
from custmetrics_cli.render.output import Output
from tests.render.test_json import read, validate
from tests.render.test_table import HARMFUL_TEXTS
from tests.support import made_results as made

CAN = {"a.csv": ("churn", "growth")}


def test_the_page() -> None:
    assert (
        made.inspection(FORMATS["table"], made.INSPECTED, CAN, Output())
        == """\
a.csv
  table      customers
  encoding   cp1251
  delimiter  tab
  quote      double quote
  header     line 6
  rows       1,200 of 1,203 rows used; skipped: 2 trial, 1 bad row
  missing    canceled_at, status
  answers    churn, growth
  note       5 lines above the header
╭───────────┬────────────────────────┬────────────────────┬────────────┬────────────╮
│ header    │ column                 │ read as            │ first date │ last date  │
├───────────┼────────────────────────┼────────────────────┼────────────┼────────────┤
│ Signed up │ started_at             │ day, as 2022-01-31 │ 2020-01-01 │ 2022-12-31 │
│ plan      │ (for --by and --where) │                    │            │            │
╰───────────┴────────────────────────┴────────────────────┴────────────┴────────────╯
a.csv:3:2: E401 started_at: '31/31/2022' is not a day
  C1,31/31/2022
  hint: write it as 2022-01-31
... and 32 more

b.csv
  table  none
b.csv:1: E301 no table has these columns
"""
    )


def test_json_and_json_lines_follow_the_schema() -> None:
    document = read(made.inspection(FORMATS["json"], made.INSPECTED, CAN, Output()))
    validate(document, "inspection")
    first, second = document["files"]
    assert first["rows"] == {"read": 1203, "used": 1200, "excluded": {"trial": 2, "bad row": 1}}
    nothing = dict.fromkeys(("column", "by", "how", "first", "last", "fate"))
    assert first["columns"][1] == {"header": "plan", **nothing}
    assert (second["table"], second["rows"], second["total"]) == (None, None, 1)
    lines = made.inspection(FORMATS["jsonl"], made.INSPECTED, CAN, Output()).splitlines()
    assert [json.loads(line) for line in lines] == [first, second]


def test_csv_has_a_row_for_each_column() -> None:
    rows = list(csv.DictReader(io.StringIO(made.inspection(FORMATS["csv"], made.INSPECTED, CAN, Output()))))
    assert [(row["path"], row["header"], row["column"], row["first"]) for row in rows] == [
        ("a.csv", "Signed up", "started_at", "2020-01-01"),
        ("a.csv", "plan", "", ""),
        ("b.csv", "", "", ""),
    ]
    assert rows[2]["problem"] == "b.csv:1: E301 no table has these columns"


@pytest.mark.parametrize("harm", HARMFUL_TEXTS)
@pytest.mark.parametrize("name", made.TEXTS)
def test_no_text_of_a_file_can_act_on_a_terminal(harm: str, name: str) -> None:
    bad = made.BAD._replace(message=harm, hint=harm, excerpt=harm)
    file = made.FILE._replace(path=harm, headers=(InspectedColumn(harm, "", harm),), notes=(harm,), excluded={harm: 1}, problems=(bad,))
    text = made.inspection(FORMATS[name], Inspected((file,)), {harm: (harm,)}, Output(terminal=True))
    assert all(letter in "\n\t" or letter.isprintable() for letter in text)
