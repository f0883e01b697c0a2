"""--where as digits of a row's number.

A customer who has several rows running at once belongs to the first by name, whether a condition likes it or not. So a
condition does not say yes or no: neighbouring words on which it says the same are one digit, in order of name, and only
when a customer's row is chosen is it asked whether its digits hold.
"""

from __future__ import annotations

import operator
from collections.abc import Sequence
from functools import reduce
from itertools import pairwise, product
from typing import NamedTuple

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import ColumnFormat
from custmetrics_cli.columns.day import DAY
from custmetrics_cli.compute.split.filters import SIZES, Condition
from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.engines.query.run import flag

MANY = 16  # changes between yes and no: conditions on sizes, where the order by name says nothing, may have more


class FilterDigit(NamedTuple):
    """One condition: the digit of a row, and whether each of its values holds."""

    of: nw.Expr
    holds: tuple[bool, ...]


def of_words(column: nw.Expr, words: Sequence[str], condition: Condition) -> FilterDigit:
    """column: the numbers of words in order of name, a missing one last."""
    says = [condition.holds(word) for word in (*words, "")]
    changes = [at for at, (one, two) in enumerate(pairwise(says), 1) if one != two]
    if len(changes) > MANY:
        return FilterDigit(flag(~column.is_in([code for code, yes in enumerate(says) if yes])), (True, False))
    return FilterDigit(reduce(operator.add, [flag(column >= at) for at in changes], nw.lit(0)), (says[0], *(says[at] for at in changes)))


def of_days(column: nw.Expr, condition: Condition, empty: int) -> FilterDigit:
    """column: numbers of days. empty: the number of an empty cell, which is no day: only an empty value asks for it.

    Raises CustmetricsError E126 when the value is not a day.
    """
    try:
        days = [DAY.read_cell(value, ColumnFormat()) if value else empty for value in condition.values]
    except ValueError as wrong:
        hint = f"like {condition.column}<2022-01-31, or {condition.column}= for an empty one"
        raise CustmetricsError(Problem("E126", f"--where {condition.column}: {wrong}", hint=hint)) from None
    if condition.compares_sizes():
        holds: nw.Expr = SIZES[condition.how](column, days[0]) & (column != empty)
    else:
        holds = ~column.is_in(days) if condition.how == "!=" else column.is_in(days)
    return FilterDigit(flag(~holds), (True, False))


def good(digits: Sequence[FilterDigit]) -> frozenset[int]:
    """The numbers, of all digits together, for which every condition holds."""
    every = product(*(digit.holds for digit in digits))
    return frozenset(number for number, holds in enumerate(every) if all(holds))
