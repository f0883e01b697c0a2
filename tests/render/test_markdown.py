"""Markdown: the same page, and nothing in a cell is markup."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from custmetrics_cli.core.answers.answer import Answer, InputReport, Listing
from custmetrics_cli.render import FORMATS, Output
from tests.support import made_results as made

FORM = FORMATS["markdown"]
PARSER = MarkdownIt("commonmark", {"html": True}).enable("table")


def test_one_result() -> None:
    assert (
        made.answer(FORM, made.SINGLE, Output())
        == """\
**Churn, 2022-Q2 (2022-04-01 to 2022-06-30)**

| churn | how | 95 % interval | compared with | difference | verdict |
| ---: | --- | --- | --- | --- | --- |
| 6.06 % | 71 / 1,171 | 4.83 to 7.58 % | 5.00 % (2022-Q1) | +1.06 points (-1.00 to +3.00) | cannot be told from chance |

churn = lost / opening

of those there before

|  |  |  |  |
| --- | --- | ---: | --- |
|  | lost | 71 | there before, gone after |
|  | opening | 1,171 | there before |

customers.csv: 1,200 of 1,203 rows used; set aside: 3 blank score
"""
    )


NASTY = [
    "a|b",
    "<img/src=x>",
    "[x](javascript:1)",
    "![x](http://a)",
    "`x`",
    "*x*",
    "_x_",
    "\\",
    "&lt;",
    "\n\n#x",
    "a\\|b",
    "~~x~~",
    "https://a.b",
]


@pytest.mark.parametrize("text", NASTY)
def test_nothing_is_markup(text: str) -> None:
    cells = read(made.listing(FORM, Listing(text, text, (text, "n"), [(text, 1)]), Output()))
    shown = text.replace("\n", "\\n")
    assert cells == [shown, "n", shown, "1"]
    page = made.answer(FORM, Answer([made.churn(1, 8, group={text: text})], by=(text,)), Output())
    assert read(page)[0] == shown


def read(text: str) -> list[str]:
    """The cells of the first table, as a reader of the rendered page sees them; no tag but those of a table and of strong."""
    html = PARSER.render(text)
    assert set(re.findall(r"</?([a-z0-9]+)", html)) <= {"p", "strong", "table", "thead", "tbody", "tr", "th", "td"}
    cells = re.findall(r"<t[hd](?: [^>]*)?>(.*?)</t[hd]>", html, re.DOTALL)
    return [cell.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&") for cell in cells]


@given(st.text(st.characters(codec="utf-8"), max_size=12))
def test_any_text_stays_in_its_cell(text: str) -> None:
    assert len(read(made.listing(FORM, Listing("lost", text, ("id", "n"), [(text, 1), ("C2", 2)]), Output()))) == 6


@pytest.mark.parametrize("path", ["# a.csv", "- a.csv", "1. a.csv", "12) a.csv", "---", "    a.csv", "> a.csv", "* a.csv"])
def test_a_file_may_have_any_name(path: str) -> None:
    said = InputReport(path, "customers", "", 2, 1, {"trial": 1})
    html = PARSER.render(made.answer(FORM, Answer([], [said]), Output()))
    assert html.endswith(f"<p>{path.strip().replace('>', '&gt;')}: 1 of 2 rows used; set aside: 1 trial</p>\n")
