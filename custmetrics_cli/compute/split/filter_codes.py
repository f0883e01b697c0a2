"""Conditions of --where as digits of a row's group number.

A customer with several rows at once belongs to the group of the first by name, even if --where excludes that row. So a
condition may not drop rows early. Instead each row gets a digit: neighbouring words with the same answer share a digit, in
order of name. The digits are tested after the customer's row is chosen.
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
from custmetrics_cli.compute.split.filters import COMPARISONS, Condition
from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.engines.query.run import flag

MOST_CHANGES = 16  # between passing and failing words, in order of name; comparisons of sizes may have more


class FilterDigit(NamedTuple):
    """One condition as a digit."""

    digit: nw.Expr
    passes: tuple[bool, ...]  # by value of the digit


def word_digit(codes: nw.Expr, words: Sequence[str], condition: Condition) -> FilterDigit:
    """Return the digit for a column of words. codes: the words by number, in order of name, a missing one last."""
    passes = [condition.passes(word) for word in (*words, "")]
    changes = [at for at, (one, two) in enumerate(pairwise(passes), 1) if one != two]
    if len(changes) > MOST_CHANGES:
        return FilterDigit(flag(~codes.is_in([code for code, is_passing in enumerate(passes) if is_passing])), (True, False))
    digit = reduce(operator.add, [flag(codes >= at) for at in changes], nw.lit(0))
    return FilterDigit(digit, (passes[0], *(passes[at] for at in changes)))


def day_digit(days: nw.Expr, condition: Condition, empty: int) -> FilterDigit:
    """Return the digit for a column of days. empty: the number of an empty cell, which only an empty value matches.

    Raises CustmetricsError E126 for a value that is not a day.
    """
    try:
        values = [DAY.read_cell(value, ColumnFormat()) if value else empty for value in condition.values]
    except ValueError as error:
        hint = f"write {condition.column}<2022-01-31, or {condition.column}= for empty cells"
        raise CustmetricsError(Problem("E126", f"--where {condition.column}: {error}", hint=hint)) from None
    if condition.is_comparison:
        passes: nw.Expr = COMPARISONS[condition.operator](days, values[0]) & (days != empty)
    else:
        passes = ~days.is_in(values) if condition.operator == "!=" else days.is_in(values)
    return FilterDigit(flag(~passes), (True, False))


def passing_numbers(digits: Sequence[FilterDigit]) -> frozenset[int]:
    """Return the numbers, made of all digits, for which every condition holds."""
    combinations = product(*(digit.passes for digit in digits))
    return frozenset(number for number, passes in enumerate(combinations) if all(passes))
