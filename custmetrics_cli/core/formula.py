"""Arithmetic over names. The text that people see is the text that is computed, exactly.

Values are fractions. A power with a fractional exponent has no exact fraction. It is computed to 60 digits, so that the
nearest double is still the correctly rounded result.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping
from decimal import Context, Decimal
from fractions import Fraction
from math import floor
from typing import Any, NamedTuple

Number = int | Fraction
DIGITS = Context(prec=60, Emin=-999_999, Emax=999_999)
ROUND = "round"  # to a whole number, half away from zero
NAME = re.compile(r"[a-z_][a-z0-9_]*")


def _decimal(value: Fraction) -> Decimal:
    return DIGITS.divide(Decimal(value.numerator), Decimal(value.denominator))


def power(base: Fraction, exponent: Fraction) -> Fraction:
    """Return base ** exponent. The base must not be negative."""
    if exponent.denominator == 1:
        return Fraction(base**exponent.numerator)
    return Fraction(DIGITS.power(_decimal(base), _decimal(exponent))) if base else Fraction(0)


OPERATORS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: power,
}


class Formula(NamedTuple):
    """A formula, and the reason for no answer when it divides by zero.

    >>> Formula("lost / opening")({"lost": 1, "opening": 4})
    Fraction(1, 4)
    >>> Formula("lost / opening")({"lost": 0, "opening": 0}) is None
    True
    """

    text: str
    empty: str = "there is nothing to divide by"
    enough: str = ""  # arithmetic over names; unless it is above 0, there is no answer
    when_zero: str = ""  # the value is 0 if it divides by zero, and this name is not 0

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name in dict.fromkeys(NAME.findall(self.text)) if name != ROUND)

    def __call__(self, values: Mapping[str, Number]) -> Fraction | None:
        try:
            if self.enough and _of(self.enough, values) <= 0:
                return None
            return _of(self.text, values)
        except ZeroDivisionError:
            return Fraction(0) if self.when_zero and values[self.when_zero] else None

    def filled(self, numbers: Mapping[str, str]) -> str:
        """Return the formula with numbers in place of names.

        >>> Formula("lost / opening").filled({"lost": "71", "opening": "1,171"})
        '71 / 1,171'
        """
        return NAME.sub(lambda name: numbers.get(name[0], name[0]), self.text)


def _of(text: str, values: Mapping[str, Number]) -> Fraction:
    return _value(ast.parse(text, mode="eval").body, values)


def _value(node: ast.expr, values: Mapping[str, Number]) -> Fraction:
    match node:
        case ast.Name(id=name):
            return Fraction(values[name])
        case ast.Constant(value=int() | float() | str() as number):
            return Fraction(str(number))
        case ast.BinOp(left=left, op=op, right=right):
            return Fraction(OPERATORS[type(op)](_value(left, values), _value(right, values)))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, values)
        case ast.Call(func=ast.Name(id="round"), args=[inner]):
            value = _value(inner, values)
            return Fraction(floor(abs(value) + Fraction(1, 2)) * (1 if value >= 0 else -1))
    raise TypeError(f"not arithmetic: {ast.unparse(node)}")
