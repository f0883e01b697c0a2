"""The table for people: its exact text, its width, and safety from escapes in the data."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from custmetrics_cli.core.result import Answer, InputReport, Listing
from custmetrics_cli.core.safety.characters import HARMFUL
from custmetrics_cli.render import FORMATS
from custmetrics_cli.render.output import Output
from tests.support import made_results as made

TABLE = FORMATS["table"]
PLAIN = Output()
ANSI = re.compile(r"\x1b\[[0-9;]*m")


def lines(text: str) -> str:
    """Return the expected text without the line break after its opening quotes."""
    return text.removeprefix("\n")


def test_one_result() -> None:
    assert made.answer(TABLE, made.SINGLE, PLAIN) == lines("""
Churn, 2022-Q2 (2022-04-01 to 2022-06-30)

╭────────┬────────────────────────────┬────────────────┬──────────────────┬───────────────────────────────┬───────────────────────╮
│  churn │ how                        │ 95 % interval  │ compared with    │ difference                    │ verdict               │
├────────┼────────────────────────────┼────────────────┼──────────────────┼───────────────────────────────┼───────────────────────┤
│ 6.06 % │ 71 of 1,171 customers lost │ 4.83 to 7.58 % │ 5.00 % (2022-Q1) │ +1.06 points (-1.00 to +3.00) │ no significant change │
╰────────┴────────────────────────────┴────────────────┴──────────────────┴───────────────────────────────┴───────────────────────╯
churn = lost / opening
   opening  1,171  customers at the start
   lost        71  of the opening, gone at the end

customers.csv: 1,200 of 1,203 rows used; skipped: 3 blank score
""")


def test_one_result_in_80_columns() -> None:
    assert made.answer(TABLE, made.SINGLE, Output(width=80, terminal=True)) == lines("""
Churn, 2022-Q2 (2022-04-01 to 2022-06-30)

╭────────┬─────────────┬─────────────┬─────────────┬─────────────┬─────────────╮
│        │             │ 95 %        │ compared    │             │             │
│  churn │ how         │ interval    │ with        │ difference  │ verdict     │
├────────┼─────────────┼─────────────┼─────────────┼─────────────┼─────────────┤
│ 6.06 % │ 71 of 1,171 │ 4.83 to     │ 5.00 %      │ +1.06       │ no          │
│        │ customers   │ 7.58 %      │ (2022-Q1)   │ points      │ significant │
│        │ lost        │             │             │ (-1.00 to   │ change      │
│        │             │             │             │ +3.00)      │             │
╰────────┴─────────────┴─────────────┴─────────────┴─────────────┴─────────────╯
churn = lost / opening
   opening  1,171  customers at the start
   lost        71  of the opening, gone at the end

customers.csv: 1,200 of 1,203 rows used; skipped: 3 blank score
""")


def test_a_terminal_too_narrow_for_the_table_shows_each_row_as_lines() -> None:
    assert made.answer(TABLE, made.SINGLE, Output(width=46, terminal=True)).startswith(
        lines("""
Churn, 2022-Q2 (2022-04-01 to 2022-06-30)

churn          6.06 %
how            71 of 1,171 customers lost
95 % interval  4.83 to 7.58 %
compared with  5.00 % (2022-Q1)
difference     +1.06 points (-1.00 to +3.00)
verdict        no significant change
churn = lost / opening
""")
    )


@pytest.mark.parametrize("width", [200, 0])
@pytest.mark.parametrize("name", made.ANSWERS)
def test_a_wide_terminal_shows_the_same_text_as_a_pipe(name: str, width: int) -> None:
    answer = made.ANSWERS[name]
    plain = made.answer(TABLE, answer, PLAIN)
    assert made.answer(TABLE, answer, Output(width=width, terminal=True)) == plain
    assert ANSI.sub("", made.answer(TABLE, answer, Output(width=width, color=True, terminal=True))) == plain
    bare = made.answer(TABLE, answer, Output(ascii=True))
    assert bare.isascii()
    assert made.answer(TABLE, answer, Output(ascii=True, width=width, terminal=True)) == bare


@pytest.mark.parametrize("width", [1, 7, 20, 40, 60, 80, 100])
@pytest.mark.parametrize("name", made.ANSWERS)
def test_no_line_exceeds_the_width_and_no_figure_is_broken(name: str, width: int) -> None:
    text = made.answer(TABLE, made.ANSWERS[name], Output(width=width, terminal=True))
    assert all(cell_len(line) <= width for line in text.splitlines())
    if width >= 40:
        figures = Counter(re.findall(r"[0-9][0-9,.]*", made.answer(TABLE, made.ANSWERS[name], PLAIN)))
        assert Counter(re.findall(r"[0-9][0-9,.]*", text)) >= figures


def test_a_result_without_a_value_shows_the_reason() -> None:
    assert made.answer(TABLE, made.EMPTY, PLAIN) == lines("""
Churn, 2022-Q2 (2022-04-01 to 2022-06-30)

╭───────┬───────────────────────────╮
│ churn │ how                       │
├───────┼───────────────────────────┤
│   n/a │ no customers at the start │
╰───────┴───────────────────────────╯
churn = lost / opening
   opening  0  customers at the start
   lost     0  of the opening, gone at the end
""")
    assert made.answer(TABLE, Answer([]), PLAIN) == "no results: no rows are left to count\n"


def test_a_series_of_groups_has_its_periods_across() -> None:
    assert made.answer(TABLE, made.series(("basic", None)), PLAIN) == lines("""
Churn, 2022-Q1 to 2022-Q2 (2022-01-01 to 2022-06-30)

╭────────┬─────────┬─────────╮
│ plan   │ 2022-Q1 │ 2022-Q2 │
├────────┼─────────┼─────────┤
│ basic  │  0.00 % │  1.00 % │
│ (none) │  2.00 % │  3.00 % │
╰────────┴─────────┴─────────╯
churn = lost / opening
   opening  customers at the start
   lost     of the opening, gone at the end

customers.csv: 1,200 of 1,203 rows used; skipped: 3 blank score
""")


def test_the_totals_of_one_result_are_a_ledger() -> None:
    assert made.answer(TABLE, made.ANSWERS["ledger"], PLAIN) == lines("""
Customers, 2022-Q2 (2022-04-01 to 2022-06-30), partial period

╭───────────╮
│ customers │
├───────────┤
│     1,203 │
╰───────────╯
customers = closing
     opening  1,171  customers at the start
  +  new        103  new customers
  -  lost        71  of the opening, gone at the end
  =  closing  1,203  customers at the end
     starts     110  first stints that began
""")


def test_the_ledger_of_several_results_is_columns() -> None:
    assert made.answer(TABLE, made.ANSWERS["groups"], PLAIN) == lines("""
Customers, 2022-Q2 (2022-04-01 to 2022-06-30), partial period

╭────────┬───────────┬─────────┬───────┬────────╮
│ plan   │ customers │ opening │ + new │ - lost │
├────────┼───────────┼─────────┼───────┼────────┤
│ basic  │     1,203 │   1,171 │   103 │     71 │
│ (none) │     1,203 │   1,171 │   103 │     71 │
╰────────┴───────────┴─────────┴───────┴────────╯
customers = closing
   opening  customers at the start
   new      new customers
   lost     of the opening, gone at the end
   closing  customers at the end
more totals in json and csv: starts
""")


def test_a_metric_that_uses_another_shows_both_formulas() -> None:
    text = made.answer(TABLE, made.ANSWERS["used"], PLAIN)
    assert "│ 1 - (1 - (71 / 1,171))^(12 / 3) │" in text
    assert "yearly = 1 - (1 - churn)^(12 / months)\nchurn = lost / opening\n" in text


def test_a_remark_is_shown_once_and_only_if_the_totals_do_not_explain_the_definition() -> None:
    standard = made.CHURN.standard
    named = replace(made.CHURN, definitions={"standard": standard, "named": standard._replace(description="named")})
    used = made.yearly()._replace(metric=replace(made.YEARLY, definitions={"standard": made.YEARLY.standard._replace(description="used")}))
    assert standard.description not in made.answer(TABLE, made.SINGLE, PLAIN)
    assert "churn (named) = lost / opening\n   named\n" in made.answer(
        TABLE, Answer([made.churn(1, 8, definition="named")._replace(metric=named)]), PLAIN
    )
    assert "churn = lost / opening\n   used\n" in made.answer(TABLE, Answer([used]), PLAIN)


def test_a_partial_period_of_a_series_is_marked() -> None:
    first, *others = made.series(("basic",)).results
    text = made.answer(TABLE, Answer([first, *(result._replace(complete=False) for result in others)], by=("plan",)), PLAIN)
    assert "│ 2022-Q1 │ 2022-Q2 (partial) │" in text


def test_a_period_compared_in_part_shows_both_values_of_the_difference() -> None:
    """The difference is 0.99 % - 0.89 %. The value of the whole period has no part in it."""
    text = made.answer(TABLE, made.ANSWERS["part"], PLAIN)
    assert "│ 0.89 % (2022-03-01..2022-03-14, partial) against 0.99 % (2022-04-01..2022-04-14) │ +0.10 points │" in text


def test_two_metrics_are_two_tables() -> None:
    text = made.answer(TABLE, made.ANSWERS["two metrics"], PLAIN)
    assert text.count("╭") == 2
    assert "\n\nCustomers, " in text


def test_a_listing() -> None:
    assert made.listing(TABLE, made.LISTED, PLAIN) == lines("""
lost: of the opening, gone at the end, 2022-Q2 (2022-04-01 to 2022-06-30)

╭─────────────┬────╮
│ customer_id │  n │
├─────────────┼────┤
│ C1          │  1 │
│ =1+1        │ 22 │
│             │  3 │
╰─────────────┴────╯
3 rows

customers.csv: 1,200 of 1,203 rows used; skipped: 3 blank score
""")
    assert made.listing(TABLE, Listing("lost", "gone", ("id",), []), PLAIN).endswith("╰────╯\n0 rows\n")


def test_a_long_listing_is_complete_on_a_terminal() -> None:
    listing = Listing("lost", "gone", ("id",), [(f"C{n}",) for n in range(2_001)])
    assert made.listing(TABLE, listing, Output(width=80, terminal=True)) == made.listing(TABLE, listing, PLAIN)


@pytest.mark.parametrize("text", ["界世界", "про", "e\u0301", "[bold]x[/bold]", ":smile:", "\\", "[/]"])
def test_wide_characters_are_aligned_and_cells_are_not_markup(text: str) -> None:
    listing = Listing("lost", "gone", ("id", "n"), [(text, 1), ("C2", 2)])
    plain = made.listing(TABLE, listing, PLAIN)
    assert text in plain
    assert len({cell_len(line) for line in plain.splitlines()[2:-1]}) == 1
    assert made.listing(TABLE, listing, Output(width=80, terminal=True)) == plain


HARMFUL_TEXTS = [
    "\x1b[2J",
    "\x1b]0;t\x07",
    *map(chr, (0, 7, 8, 9, 10, 13, 0x7F, 0x9B, 0x61C, 0x200B, 0x2028, 0x202E, 0x2066, 0xFEFF, 0xDCFF)),
]
OUTPUTS = [PLAIN, Output(width=80, terminal=True), Output(width=80, color=True, terminal=True), Output(color=True)]


@pytest.mark.parametrize("harm", HARMFUL_TEXTS)
@pytest.mark.parametrize("output", OUTPUTS)
def test_data_cannot_act_on_a_terminal(harm: str, output: Output) -> None:
    report = InputReport(f"{harm}.csv", "customers", "", 2, 1, {harm: 1})
    answer = Answer([made.churn(1, 8, group={harm: harm}), made.churn(1, 8, made.Q1, group={harm: None})], [report], by=(harm,))
    listing = Listing(harm, harm, (harm, "n"), [(harm, 1)], None, [report])
    for text in (made.answer(TABLE, answer, output), made.listing(TABLE, listing, output)):
        left = ANSI.sub("", text) if output.color else text
        assert harm not in left.replace("\n", "") or harm == "\n"
        assert all(letter == "\n" or letter.isprintable() for letter in left)
        text.encode()
    assert "\\" in made.listing(TABLE, listing, output)


@given(st.text(max_size=20), st.integers(1, 120))
def test_any_text_in_any_width_is_safe(text: str, width: int) -> None:
    drawn = made.listing(TABLE, Listing("lost", "gone", ("id", "n"), [(text, 1)]), Output(width=width, terminal=True))
    assert not HARMFUL.search(drawn.replace("\n", ""))


def test_the_environment_has_no_effect(monkeypatch: pytest.MonkeyPatch) -> None:
    before = made.answer(TABLE, made.SINGLE, Output(width=80, terminal=True))
    for name, value in {"COLUMNS": "20", "FORCE_COLOR": "1", "NO_COLOR": "1", "TERM": "dumb", "JUPYTER_COLUMNS": "9"}.items():
        monkeypatch.setenv(name, value)
    assert made.answer(TABLE, made.SINGLE, Output(width=80, terminal=True)) == before
