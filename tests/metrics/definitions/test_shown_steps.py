"""Steps between definitions, as shown: they add up to the shown difference, as a reader will check."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from custmetrics_cli.core.definitions.defined import Change, Step
from custmetrics_cli.render.numbers import difference_text
from custmetrics_cli.render.parts.definitions.defined import steps_rows

CHANGE = Change("window", "period", "daily-sum", "the rate of each day, added up")
DIFFERENCES = st.lists(st.fractions(-1, 1, max_denominator=997), min_size=1, max_size=5)


def shown(differences: list[Fraction], unit: str) -> list[str]:
    rows = steps_rows([Step((CHANGE,), Fraction(), each) for each in differences], unit, None)
    return [row[0].strip() for row in rows]


def number(text: str) -> Fraction:
    return Fraction(text.removesuffix(" points").replace(",", ""))


@given(DIFFERENCES.filter(lambda all_of: all(not 0 < abs(each) < Fraction(1, 20_000) for each in [*all_of, sum(all_of)])))
def test_shown_steps_add_up_to_the_shown_difference(differences: list[Fraction]) -> None:
    assert sum(map(number, shown(differences, "ratio"))) == number(difference_text(sum(differences, Fraction()), "ratio"))


@pytest.mark.parametrize(
    ("differences", "texts"),
    [
        pytest.param([Fraction(1, 3), Fraction(1, 3), Fraction(1, 3)], ["+33.34 points", "+33.33 points", "+33.33 points"], id="thirds"),
        pytest.param([Fraction(1, 10**6), Fraction(1, 4)], ["+0.0001 points", "+25.00 points"], id="a tiny step keeps its decimals"),
    ],
)
def test_a_step_is_rounded_by_less_than_one_part(differences: list[Fraction], texts: list[str]) -> None:
    assert shown(differences, "ratio") == texts
