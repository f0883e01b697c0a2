"""The values of a metric's own options: how their texts read, exactly, and which are in effect.

A reader raises ValueError(what is wrong, how to write it instead); what a choice may be stands in Option.choices, and `str` reads it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from custmetrics_cli.core.errors import CustmetricsError, Problem, near

Value = str | int | Fraction  # of an option

SHARE = re.compile(r"\s*([0-9]{0,9}(?:\.[0-9]{1,15})?)\s*(%?)\s*")
WHOLE = re.compile(r"\s*0*([1-9][0-9]{0,8})\s*")


def share(text: str) -> Fraction:
    """A share from 0 to 1; above 1 only what is said in percent is meant as a share.

    >>> share("80%"), share("0.8"), share("12.5 %")
    (Fraction(4, 5), Fraction(4, 5), Fraction(1, 8))
    """
    found = SHARE.fullmatch(text)
    number = Fraction(found[1]) / (100 if found[2] else 1) if found and found[1] else None
    if number is None or number > 1:
        raise ValueError("is no share from 0 to 100 %", "write it as 80% or 0.8")
    return number


def whole(text: str) -> int:
    """A positive whole number.

    >>> whole("12")
    12
    """
    found = WHOLE.fullmatch(text)
    if not found:
        raise ValueError("is no positive whole number", "write it in digits, as 4")
    return int(found[1])


def in_effect(options: Iterable[Option], said: Mapping[str, str]) -> dict[str, Value]:
    """Value by the option's symbol: what was said of it (by its symbol too), else its default; left out where there is neither.

    Raises CustmetricsError E155 for a text that is none of its values.
    """
    texts = {option: said.get(option.symbol) or option.default for option in options}
    return {option.symbol: _read(option, text) for option, text in texts.items() if text}


def _read(option: Option, text: str) -> Value:
    try:
        if option.choices and text not in option.choices:
            raise ValueError("is not one of its values", near(text, option.choices))
        return option.read(text)
    except ValueError as fault:
        what, *hint = fault.args
        raise CustmetricsError(Problem("E155", f"--{option.name} '{text}' {what}", hint="".join(hint))) from None


class Option(NamedTuple):
    """A flag of a metric's own, as data. read turns its text into a value (a fraction is a share); see option_values.py."""

    name: str  # as on the command line
    help: str
    metavar: str
    read: Callable[[str], Value]
    default: str = ""  # none: without a value it is left out of Ask.options, and a formula that names it is refused
    choices: tuple[str, ...] = ()  # the only texts that read is given; none: any
    when_absent: str = "none"  # what leaving it out means, where there is no default
    default_from: Callable[[Mapping[str, Value]], Value] | None = None  # from the other options, what is in effect where it is left out

    def value(self, options: Mapping[str, Value]) -> Value | None:
        """What is in effect; None: nothing. options: what was said, by symbol, defaults included."""
        return options[self.symbol] if self.symbol in options else self.default_from(options) if self.default_from else None

    @property
    def symbol(self) -> str:
        """Its name in formulas and in Ask.options."""
        return self.name.replace("-", "_")
