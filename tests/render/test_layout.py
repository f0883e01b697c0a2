"""The drawer fits tables into a width: in short, in pieces, folded, upright, or as lines of text."""

from __future__ import annotations

import pytest

from custmetrics_cli.render.draw.page import draw_page
from custmetrics_cli.render.output import Output
from custmetrics_cli.render.page import Header, Line, Table

HEADERS = (Header("plan"), Header("how"), Header("MRR", right=True))
TABLE = Table(HEADERS, [("basic", "34 of 671 customers lost", "1,234.56 EUR"), ("pro", "", "0.00 EUR")])


def lines(table: Table, width: int, ascii: bool = False) -> list[str]:
    return draw_page([table], Output(width=width, ascii=ascii, terminal=True)).splitlines()


def test_text_is_folded_between_words_and_figures_are_not() -> None:
    assert lines(TABLE, 40) == [
        "╭───────┬───────────────┬──────────────╮",
        "│ plan  │ how           │          MRR │",
        "├───────┼───────────────┼──────────────┤",
        "│ basic │ 34 of 671     │ 1,234.56 EUR │",
        "│       │ customers     │              │",
        "│       │ lost          │              │",
        "│ pro   │               │     0.00 EUR │",
        "╰───────┴───────────────┴──────────────╯",
    ]


def test_a_narrow_terminal_shows_each_row_upright() -> None:
    assert lines(TABLE, 30) == [
        "plan  basic",
        "how   34 of 671 customers lost",
        "MRR   1,234.56 EUR",
        "",
        "plan  pro",
        "MRR   0.00 EUR",
    ]


def test_a_very_narrow_terminal_keeps_the_names_of_the_cells() -> None:
    assert lines(TABLE, 14) == ["plan  basic", "how  34 of 671", "customers lost", "MRR  1,234.56", "EUR", "", "plan  pro", "MRR  0.00 EUR"]


def test_a_short_form_is_used_before_anything_is_folded() -> None:
    short = Table((Header("plan"),), [("basic",)])
    assert lines(TABLE._replace(short=short), 30, ascii=True) == ["+-------+", "| plan  |", "+-------+", "| basic |", "+-------+"]
    assert lines(TABLE._replace(short=short), 80) == lines(TABLE, 80)


@pytest.mark.parametrize("width", [20, 40])
def test_a_folded_line_keeps_its_indent(width: int) -> None:
    text = draw_page([Line("   opening 671 customers on the day before the period")], Output(width=width))
    assert all(line.startswith("   ") and len(line) <= width for line in text.splitlines())
    assert " ".join(text.split()) == "opening 671 customers on the day before the period"


def test_a_table_without_columns_is_an_empty_box() -> None:
    assert draw_page([Table((), [])], Output(ascii=True)).splitlines()[0] == "++"
