"""Markdown shows the same page, and no text in it is markup."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from custmetrics_cli.core.result import Answer, InputReport, Listing
from custmetrics_cli.render import FORMATS
from custmetrics_cli.render.output import Output
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
| 6.06 % | 71 of 1,171 customers lost | 4.83 to 7.58 % | 5.00 % (2022-Q1) | +1.06 points (-1.00 to +3.00) | no significant change |

churn = lost / opening

|  |  |  |  |
| --- | --- | ---: | --- |
|  | opening | 1,171 | customers at the start |
|  | lost | 71 | of the opening, gone at the end |

customers.csv: 1,200 of 1,203 rows used; skipped: 3 blank score
"""
    )


MARKUP = [
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


@pytest.mark.parametrize("text", MARKUP)
def test_no_text_becomes_markup(text: str) -> None:
    cells = read(made.listing(FORM, Listing(text, text, (text, "n"), [(text, 1)]), Output()))
    shown = text.replace("\n", "\\n")
    assert cells == [shown, "n", shown, "1"]
    page = made.answer(FORM, Answer([made.churn(1, 8, group={text: text})], by=(text,)), Output())
    assert read(page)[0] == shown


def read(text: str) -> list[str]:
    """Return the cells of the first table of the rendered page. It may have no tags but those of tables and strong text."""
    html = PARSER.render(text)
    assert set(re.findall(r"</?([a-z0-9]+)", html)) <= {"p", "strong", "table", "thead", "tbody", "tr", "th", "td"}
    cells = re.findall(r"<t[hd](?: [^>]*)?>(.*?)</t[hd]>", html, re.DOTALL)
    return [cell.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&") for cell in cells]


@given(st.text(st.characters(codec="utf-8"), max_size=12))
def test_any_text_stays_in_its_cell(text: str) -> None:
    assert len(read(made.listing(FORM, Listing("lost", text, ("id", "n"), [(text, 1), ("C2", 2)]), Output()))) == 6


@pytest.mark.parametrize("path", ["# a.csv", "- a.csv", "1. a.csv", "12) a.csv", "---", "    a.csv", "> a.csv", "* a.csv"])
def test_a_file_name_is_not_markup(path: str) -> None:
    report = InputReport(path, "customers", "", 2, 1, {"trial": 1})
    html = PARSER.render(made.answer(FORM, Answer([], [report]), Output()))
    assert html.endswith(f"<p>{path.strip().replace('>', '&gt;')}: 1 of 2 rows used; skipped: 1 trial</p>\n")
