"""Arithmetic over names: shown to people and computed, exactly, from the same text.

Values are fractions. A power that is not a whole number has no exact fraction: it is taken to 60 digits, so that the
double nearest to it is still the correctly rounded one.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    pass

import ast
import operator
import re
from collections.abc import Callable
from decimal import Context, Decimal
from typing import Any

DIGITS = Context(prec=60, Emin=-999_999, Emax=999_999)
NAME = re.compile(r"[a-z_][a-z0-9_]*")


def _decimal(value: Fraction) -> Decimal:
    return DIGITS.divide(Decimal(value.numerator), Decimal(value.denominator))


def power(base: Fraction, exponent: Fraction) -> Fraction:
    """base ** exponent for a base that is not negative."""
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
    """A formula and why there may be no answer.

    >>> Formula("lost / opening", "nobody was there")({"lost": 1, "opening": 4})
    Fraction(1, 4)
    >>> Formula("lost / opening", "nobody was there")({"lost": 0, "opening": 0}) is None
    True
    """

    text: str
    empty: str = "there is nothing to divide by"

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(NAME.findall(self.text)))

    def __call__(self, state: Mapping[str, int | Fraction]) -> Fraction | None:
        try:
            return _value(ast.parse(self.text, mode="eval").body, state)
        except ZeroDivisionError:
            return None

    def filled(self, shown: Mapping[str, str]) -> str:
        """The formula with its numbers in place of the names.

        >>> Formula("lost / opening").filled({"lost": "71", "opening": "1,171"})
        '71 / 1,171'
        """
        return NAME.sub(lambda name: shown.get(name[0], name[0]), self.text)


def _value(node: ast.expr, state: Mapping[str, int | Fraction]) -> Fraction:
    match node:
        case ast.Name(id=name):
            return Fraction(state[name])
        case ast.Constant(value=int() | float() | str() as number):
            return Fraction(str(number))
        case ast.BinOp(left=left, op=op, right=right):
            return Fraction(OPERATORS[type(op)](_value(left, state), _value(right, state)))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand, state)
    raise TypeError(f"not arithmetic: {ast.unparse(node)}")


Number = int | Fraction
