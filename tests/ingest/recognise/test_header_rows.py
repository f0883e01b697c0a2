"""Headers of two and three lines: no row of data is ever taken for a line of the header."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from tests.support.preset_desk import Desk

POLL = '[header]\nrows = {rows}\nall = ["recorded", "resp"]\n[columns]\nresponded_at = ["recorded"]\ncustomer_id = ["resp"]\n{more}'
FIRST = "recorded,resp,nps,why\n"
SECOND = "Recorded at,Response,How likely are you to recommend us?,Why?\n"
THIRD = '"{""ImportId"":""when""}","{""ImportId"":""who""}","{""ImportId"":""Q1""}","{""ImportId"":""Q2""}"\n'
ROWS = "2022-04-01,a,9,x\n2022-04-02,b,3,\n2022-04-03,c,10,\n"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def poll(desk: Desk, rows: int, more: str = "") -> None:
    desk.preset("poll", "surveys", POLL.format(rows=rows, more=more))


@pytest.mark.parametrize("said", [1, 2, 3, 5])
@pytest.mark.parametrize("lines", ["", SECOND, SECOND + THIRD])
def test_a_file_may_have_fewer_lines_of_header_than_its_preset_says(desk: Desk, said: int, lines: str) -> None:
    """Where it has more, what is not known as such a line is a bad row, and never lost."""
    poll(desk, said)
    path = desk.file("x.csv", FIRST + lines + ROWS)
    if lines.count("\n") < said or (lines == SECOND + THIRD and said == 2):
        answer = desk.ask("nps", "2022-Q2", path)
        assert (answer.results[0].value, answer.inputs[0].used) == (Fraction(100, 3), 3)
    else:
        assert desk.refused("nps", "2022-Q2", path)[0].place.line == 2


@pytest.mark.parametrize("row", [",z,7,\n", "soon,z,7,\n", "2022-04-04,z,,\n", "40/40/2022,z,2,\n", "n/a,z,8,\n"])
@pytest.mark.parametrize("rows", [2, 3])
def test_the_first_row_is_a_row_even_if_a_cell_of_it_is_bad(desk: Desk, rows: int, row: str) -> None:
    poll(desk, rows)
    path = desk.file("x.csv", FIRST + row + ROWS)
    given = desk.given("nps", "2022-Q2", path, skip_bad_rows=True)
    assert given.read == 4


def test_so_are_seconds_since_1970(desk: Desk) -> None:
    poll(desk, 2, "[dates]\nepoch = true\n")
    given = desk.given("nps", "2022-Q2", desk.file("x.csv", FIRST + "1648800000,a,9,\n1648800000000,b,2,\n"))
    assert (given.read, given.used) == (2, 2)


def test_the_question_may_stand_in_the_second_line(desk: Desk) -> None:
    """Beside a heading that is empty the next line names the column."""
    poll(desk, 2)
    path = desk.file("x.csv", "recorded,resp,Q1,Q2,\n,,How likely are you to recommend us?,Where?,Other\n2022-04-01,a,9,Web,Post\n")
    answer = desk.ask("nps", "2022-Q2", path, by=("Q2: Other",))
    assert [(result.group, result.value) for result in answer.results] == [({"Q2: Other": "Post"}, 100)]


def test_blank_lines_and_comments_are_no_lines_of_a_header(desk: Desk) -> None:
    poll(desk, 2)
    assert desk.given("nps", "2022-Q2", desk.file("x.csv", FIRST + "\n# a note\n" + SECOND + "\n" + ROWS)).used == 3
