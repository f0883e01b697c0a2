"""The table for people: to the letter, in its width, and deaf to what data would tell a terminal."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from custmetrics_cli.core.answers.answer import Answer, InputReport, Listing
from custmetrics_cli.render import FORMATS, Output
from custmetrics_cli.render.draw import plain as draw
from custmetrics_cli.render.numbers import HARMFUL
from tests.support import made_results as made

TABLE = FORMATS["table"]
PLAIN = Output()
ANSI = re.compile(r"\x1b\[[0-9;]*m")


def lines(text: str) -> str:
    """Expected text, written below its opening quotes."""
    return text.removeprefix("\n")


def test_one_result() -> None:
    assert made.answer(TABLE, made.SINGLE, PLAIN) == lines("""
Churn, 2022-Q2 (2022-04-01 to 2022-06-30)
╭────────┬────────────┬────────────────┬──────────────────┬───────────────────────────────┬────────────────────────────╮
│  churn │ how        │ 95 % interval  │ compared with    │ difference                    │ verdict                    │
├────────┼────────────┼────────────────┼──────────────────┼───────────────────────────────┼────────────────────────────┤
│ 6.06 % │ 71 / 1,171 │ 4.83 to 7.58 % │ 5.00 % (2022-Q1) │ +1.06 points (-1.00 to +3.00) │ cannot be told from chance │
╰────────┴────────────┴────────────────┴──────────────────┴───────────────────────────────┴────────────────────────────╯
churn = lost / opening
  of those there before
   lost        71  there before, gone after
   opening  1,171  there before
customers.csv: 1,200 of 1,203 rows used; set aside: 3 blank score
""")


def test_80_columns() -> None:
    assert made.answer(TABLE, made.SINGLE, Output(width=80, terminal=True)) == lines("""
Churn, 2022-Q2 (2022-04-01 to 2022-06-30)
╭────────┬────────────┬─────────────┬─────────────┬─────────────┬──────────────╮
│        │            │ 95 %        │ compared    │             │              │
│  churn │ how        │ interval    │ with        │ difference  │ verdict      │
├────────┼────────────┼─────────────┼─────────────┼─────────────┼──────────────┤
│ 6.06 % │ 71 / 1,171 │ 4.83 to     │ 5.00 %      │ +1.06       │ cannot be    │
│        │            │ 7.58 %      │ (2022-Q1)   │ points      │ told from    │
│        │            │             │             │ (-1.00 to   │ chance       │
│        │            │             │             │ +3.00)      │              │
╰────────┴────────────┴─────────────┴─────────────┴─────────────┴──────────────╯
churn = lost / opening
  of those there before
   lost        71  there before, gone after
   opening  1,171  there before
customers.csv: 1,200 of 1,203 rows used; set aside: 3 blank score
""")


def test_a_screen_too_narrow_for_the_table_shows_rows_as_lines() -> None:
    assert made.answer(TABLE, made.SINGLE, Output(width=46, terminal=True)).startswith(
        lines("""
Churn, 2022-Q2 (2022-04-01 to 2022-06-30)
churn          6.06 %
how            71 / 1,171
95 % interval  4.83 to 7.58 %
compared with  5.00 % (2022-Q1)
difference     +1.06 points (-1.00 to +3.00)
verdict        cannot be told from chance
churn = lost / opening
""")
    )


@pytest.mark.parametrize("width", [200, 0])
@pytest.mark.parametrize("name", made.ANSWERS)
def test_wide_enough_a_terminal_shows_what_a_pipe_gets(name: str, width: int) -> None:
    answer = made.ANSWERS[name]
    plain = made.answer(TABLE, answer, PLAIN)
    assert made.answer(TABLE, answer, Output(width=width, terminal=True)) == plain
    assert ANSI.sub("", made.answer(TABLE, answer, Output(width=width, color=True, terminal=True))) == plain
    bare = made.answer(TABLE, answer, Output(ascii=True))
    assert bare.isascii()
    assert made.answer(TABLE, answer, Output(ascii=True, width=width, terminal=True)) == bare


@pytest.mark.parametrize("width", [1, 7, 20, 40, 60, 80, 100])
@pytest.mark.parametrize("name", made.ANSWERS)
def test_the_width_is_kept_and_no_figure_is_lost_or_broken(name: str, width: int) -> None:
    text = made.answer(TABLE, made.ANSWERS[name], Output(width=width, terminal=True))
    assert all(cell_len(line) <= width for line in text.splitlines())
    if width >= 40:
        figures = Counter(re.findall(r"[0-9][0-9,.]*", made.answer(TABLE, made.ANSWERS[name], PLAIN)))
        assert Counter(re.findall(r"[0-9][0-9,.]*", text)) >= figures


def test_without_an_answer_the_reason_stands_there() -> None:
    assert made.answer(TABLE, made.EMPTY, PLAIN) == lines("""
Churn, 2022-Q2 (2022-04-01 to 2022-06-30)
╭───────┬──────────────────╮
│ churn │ how              │
├───────┼──────────────────┤
│   n/a │ nobody was there │
╰───────┴──────────────────╯
churn = lost / opening
  of those there before
   lost     0  there before, gone after
   opening  0  there before
""")
    assert made.answer(TABLE, Answer([]), PLAIN) == "no results: no row is left to count\n"


def test_a_series_of_groups() -> None:
    assert made.answer(TABLE, made.series(("basic", None)), PLAIN) == lines("""
Churn, 2022-Q1 to 2022-Q2 (2022-01-01 to 2022-06-30)
╭─────────┬────────┬────────┬─────────╮
│ period  │ plan   │  churn │ how     │
├─────────┼────────┼────────┼─────────┤
│ 2022-Q1 │ basic  │ 0.00 % │ 0 / 100 │
│ 2022-Q1 │ (none) │ 2.00 % │ 2 / 100 │
│ 2022-Q2 │ basic  │ 1.00 % │ 1 / 100 │
│ 2022-Q2 │ (none) │ 3.00 % │ 3 / 100 │
╰─────────┴────────┴────────┴─────────╯
basic   ▁█  0.00 % to 1.00 %
(none)  ▁█  2.00 % to 3.00 %
churn = lost / opening
  of those there before
  lost     there before, gone after
  opening  there before
customers.csv: 1,200 of 1,203 rows used; set aside: 3 blank score
""")


def test_a_ledger_of_one_result_adds_up_line_by_line() -> None:
    assert made.answer(TABLE, made.ANSWERS["ledger"], PLAIN) == lines("""
Customers, 2022-Q2 (2022-04-01 to 2022-06-30), incomplete
╭───────────╮
│ customers │
├───────────┤
│     1,203 │
╰───────────╯
customers = closing
     opening  1,171  there before
  +  new        103  came
  -  lost        71  there before, gone after
  =  closing  1,203  there after
     starts     110  first stints that began
""")


def test_a_ledger_of_groups_stands_in_columns_and_the_rest_is_named() -> None:
    assert made.answer(TABLE, made.ANSWERS["groups"], PLAIN) == lines("""
Customers, 2022-Q2 (2022-04-01 to 2022-06-30), incomplete
╭────────┬───────────┬─────────┬───────┬────────╮
│ plan   │ customers │ opening │ + new │ - lost │
├────────┼───────────┼─────────┼───────┼────────┤
│ basic  │     1,203 │   1,171 │   103 │     71 │
│ (none) │     1,203 │   1,171 │   103 │     71 │
╰────────┴───────────┴─────────┴───────┴────────╯
customers = closing
  closing  there after
  opening  there before
  new      came
  lost     there before, gone after
in json and csv also: starts
""")


def test_a_metric_that_uses_another_shows_both() -> None:
    text = made.answer(TABLE, made.ANSWERS["used"], PLAIN)
    assert "│ 1 - (1 - (71 / 1,171))^(12 / 3) │" in text
    assert "yearly = 1 - (1 - churn)^(12 / months)\nchurn = lost / opening\n" in text


def test_an_incomplete_period_of_a_series_says_so() -> None:
    first, *others = made.series(("basic",)).results
    text = made.answer(TABLE, Answer([first, *(result._replace(complete=False) for result in others)], by=("plan",)), PLAIN)
    assert "│ 2022-Q1              │" in text
    assert "│ 2022-Q2 (incomplete) │" in text


def test_of_a_period_compared_in_part_both_values_of_the_difference_stand_there() -> None:
    """0.99 % - 0.89 %, and not the value of the whole period."""
    text = made.answer(TABLE, made.ANSWERS["part"], PLAIN)
    assert "│ 0.89 % (2022-03-01..2022-03-14, incomplete), to 0.99 % in 2022-04-01..2022-04-14 │ +0.10 points │" in text


def test_two_metrics_are_two_tables() -> None:
    text = made.answer(TABLE, made.ANSWERS["two metrics"], PLAIN)
    assert text.count("╭") == 2
    assert "\n\nCustomers, " in text


def test_a_listing() -> None:
    assert made.listing(TABLE, made.LISTED, PLAIN) == lines("""
lost: there before, gone after, 2022-Q2 (2022-04-01 to 2022-06-30)
╭─────────────┬────╮
│ customer_id │  n │
├─────────────┼────┤
│ C1          │  1 │
│ =1+1        │ 22 │
│             │  3 │
╰─────────────┴────╯
3 rows
customers.csv: 1,200 of 1,203 rows used; set aside: 3 blank score
""")
    assert made.listing(TABLE, Listing("lost", "gone", ("id",), []), PLAIN).endswith("╰────╯\n0 rows\n")


def test_a_long_listing_is_whole_on_a_terminal_too() -> None:
    listing = Listing("lost", "gone", ("id",), [(f"C{n}",) for n in range(draw.LONG + 1)])
    assert made.listing(TABLE, listing, Output(width=80, terminal=True)) == made.listing(TABLE, listing, PLAIN)


@pytest.mark.parametrize("text", ["界世界", "про", "e\u0301", "[bold]x[/bold]", ":smile:", "\\", "[/]"])
def test_cells_are_as_wide_as_they_look_and_never_markup(text: str) -> None:
    listing = Listing("lost", "gone", ("id", "n"), [(text, 1), ("C2", 2)])
    plain = made.listing(TABLE, listing, PLAIN)
    assert text in plain
    assert len({cell_len(line) for line in plain.splitlines()[1:-1]}) == 1
    assert made.listing(TABLE, listing, Output(width=80, terminal=True)) == plain


HARM = ["\x1b[2J", "\x1b]0;t\x07", *map(chr, (0, 7, 8, 9, 10, 13, 0x7F, 0x9B, 0x61C, 0x200B, 0x2028, 0x202E, 0x2066, 0xFEFF, 0xDCFF))]
SCREENS = [PLAIN, Output(width=80, terminal=True), Output(width=80, color=True, terminal=True), Output(color=True)]


@pytest.mark.parametrize("harm", HARM)
@pytest.mark.parametrize("output", SCREENS)
def test_data_cannot_act_on_a_terminal(harm: str, output: Output) -> None:
    said = InputReport(f"{harm}.csv", "customers", "", 2, 1, {harm: 1})
    answer = Answer([made.churn(1, 8, group={harm: harm}), made.churn(1, 8, made.Q1, group={harm: None})], [said], by=(harm,))
    listing = Listing(harm, harm, (harm, "n"), [(harm, 1)], None, [said])
    for text in (made.answer(TABLE, answer, output), made.listing(TABLE, listing, output)):
        left = ANSI.sub("", text) if output.color else text
        assert harm not in left.replace("\n", "") or harm == "\n"
        assert all(letter == "\n" or letter.isprintable() for letter in left)
        text.encode()
    assert "\\" in made.listing(TABLE, listing, output)


@given(st.text(max_size=20), st.integers(1, 120))
def test_any_cell_in_any_width(text: str, width: int) -> None:
    drawn = made.listing(TABLE, Listing("lost", "gone", ("id", "n"), [(text, 1)]), Output(width=width, terminal=True))
    assert not HARMFUL.search(drawn.replace("\n", ""))


def test_nothing_is_taken_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    before = made.answer(TABLE, made.SINGLE, Output(width=80, terminal=True))
    for name, value in {"COLUMNS": "20", "FORCE_COLOR": "1", "NO_COLOR": "1", "TERM": "dumb", "JUPYTER_COLUMNS": "9"}.items():
        monkeypatch.setenv(name, value)
    assert made.answer(TABLE, made.SINGLE, Output(width=80, terminal=True)) == before
