"""Headers of two and three lines. A row of data is never read as a header line."""

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


@pytest.mark.parametrize("most", [1, 2, 3, 5])
@pytest.mark.parametrize("lines", ["", SECOND, SECOND + THIRD])
def test_a_file_may_have_fewer_header_lines_than_its_preset(desk: Desk, most: int, lines: str) -> None:
    """Further header lines are bad rows, so they are never lost silently."""
    poll(desk, most)
    path = desk.file("x.csv", FIRST + lines + ROWS)
    if lines.count("\n") < most or (lines == SECOND + THIRD and most == 2):
        answer = desk.ask("nps", "2022-Q2", path)
        assert (answer.results[0].value, answer.inputs[0].used) == (Fraction(100, 3), 3)
    else:
        assert desk.refused("nps", "2022-Q2", path)[0].place.line == 2


@pytest.mark.parametrize("row", [",z,7,\n", "soon,z,7,\n", "2022-04-04,z,,\n", "40/40/2022,z,2,\n", "n/a,z,8,\n"])
@pytest.mark.parametrize("rows", [2, 3])
def test_a_first_row_with_a_bad_cell_is_still_a_row(desk: Desk, rows: int, row: str) -> None:
    poll(desk, rows)
    path = desk.file("x.csv", FIRST + row + ROWS)
    given = desk.given("nps", "2022-Q2", path, skip_bad_rows=True)
    assert given.read == 4


def test_a_first_row_with_seconds_since_1970_is_a_row(desk: Desk) -> None:
    poll(desk, 2, "[dates]\nepoch = true\n")
    given = desk.given("nps", "2022-Q2", desk.file("x.csv", FIRST + "1648800000,a,9,\n1648800000000,b,2,\n"))
    assert (given.read, given.used) == (2, 2)


def test_the_question_may_be_in_the_second_line(desk: Desk) -> None:
    """The second line names a column whose header is empty."""
    poll(desk, 2)
    path = desk.file("x.csv", "recorded,resp,Q1,Q2,\n,,How likely are you to recommend us?,Where?,Other\n2022-04-01,a,9,Web,Post\n")
    answer = desk.ask("nps", "2022-Q2", path, by=("Q2: Other",))
    assert [(result.group, result.value) for result in answer.results] == [({"Q2: Other": "Post"}, 100)]


def test_blank_lines_and_comments_are_not_header_lines(desk: Desk) -> None:
    poll(desk, 2)
    assert desk.given("nps", "2022-Q2", desk.file("x.csv", FIRST + "\n# a note\n" + SECOND + "\n" + ROWS)).used == 3
