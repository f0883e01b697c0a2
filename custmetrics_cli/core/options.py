"""The declaration of an option, as data.

Signatures, settings-file keys, environment variables, help and completion are all made from it, and it alone reads values.
A reader turns a text into a value. It raises ValueError(problem, hint), or BadValue where the problem has its own code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem, near

Value = str | int | Fraction  # of an option of a metric

OWN, PERIOD, SPLIT, OUTPUT, INPUT, ENGINE = PANELS = (
    "Metric options",
    "Period",
    "Split and compare",
    "Output",
    "Input",
    "Engine",
)
REQUIRED = "required"  # as when_absent: the metric needs the option
BY_NAME, BY_VALUE, BY_SIZE = SORTS = ("name", "value", "size")  # orders of groups
SHARE = re.compile(r"\s*+([0-9]{0,9}(?:\.[0-9]{1,15})?)\s*+(%?)\s*+")
WHOLE = re.compile(r"\s*0*([1-9][0-9]{0,8})\s*")
NOWHERE = Place("")


class BadValue(ValueError):
    """A text that is not a value of an option."""

    def __init__(self, code: str, problem: str, hint: str = "") -> None:
        super().__init__(problem, hint)
        self.code = code


def not_one_of(text: str, choices: Iterable[str]) -> BadValue:
    """Return the error for a text outside the choices."""
    return BadValue("E112", "is not one of its values", near(text, choices))


class OptionSpec(NamedTuple):
    """An option of the command line, of a metric or of both."""

    name: str  # on the command line, without its dashes
    help: str
    metavar: str = ""  # the name of its value in help; "" for a switch
    read: Callable[[str], Any] = str
    default: str = ""  # "" = none: a metric's option is then left out, and a formula that names it is refused
    choices: tuple[str, ...] = ()  # the only texts that may be read; none: any
    when_absent: str = ""  # the effect of leaving it out, if it has no default; "" adds nothing
    default_from: Callable[[Mapping[str, Value]], Value] | None = None  # the default, computed from the other options
    panel: str = OWN
    short: str = ""  # such as -p
    other_values: bool = False  # values beside the choices may be read too
    repeats: bool = False
    without: str = ""  # words that follow the title of a value made without the option
    common: bool = True  # shown by --help; the others only by --help-all

    @property
    def symbol(self) -> str:
        """The name in formulas and in Scope.options."""
        return self.name.replace("-", "_")

    @property
    def is_switch(self) -> bool:
        return not self.metavar

    @property
    def default_note(self) -> str:
        """The default for people; "" where it adds nothing.

        >>> OptionSpec("gap", "", "DAYS", default="0").default_note, OptionSpec("period", "", "PERIOD", when_absent=REQUIRED).default_note
        ('default: 0', 'required')
        """
        if self.when_absent == REQUIRED:
            return REQUIRED
        shown = self.when_absent or self.default
        return f"default: {shown}" if shown else ""

    def value(self, options: Mapping[str, Value]) -> Value | None:
        """Return the value in effect, None without one. options: values by symbol, defaults included."""
        return options[self.symbol] if self.symbol in options else self.default_from(options) if self.default_from else None

    def parse(self, text: str, name: str = "", place: Place = NOWHERE) -> Any:
        """Read a text; the empty one means the default. name and place are those that a message shows. Raises CustmetricsError."""
        name = name or f"--{self.name}"
        try:
            if not text:
                return self.read(self.default)
            if self.choices and not self.other_values and text not in self.choices:
                raise self._not_a_choice(text)
            return self.read(text)
        except ValueError as error:
            problem, *hint = error.args
            code = error.code if isinstance(error, BadValue) else "E155"
            raise CustmetricsError(Problem(code, f"{name} '{text}' {problem}", place, "".join(hint))) from None

    def _not_a_choice(self, text: str) -> ValueError:
        error = not_one_of(text, self.choices)
        return ValueError(*error.args) if self.panel == OWN else error


def share(text: str) -> Fraction:
    """Read a share from 0 to 1. A number above 1 needs a percent sign.

    >>> share("80%"), share("0.8"), share("12.5 %")
    (Fraction(4, 5), Fraction(4, 5), Fraction(1, 8))
    """
    found = SHARE.fullmatch(text)
    number = Fraction(found[1]) / (100 if found[2] else 1) if found and found[1] else None
    if number is None or number > 1:
        raise ValueError("is not a share from 0 to 100 %", "write it as 80% or 0.8")
    return number


def whole(text: str) -> int:
    """Read a positive whole number.

    >>> whole("12")
    12
    """
    found = WHOLE.fullmatch(text)
    if not found:
        raise ValueError("is not a positive whole number", "write it in digits, such as 4")
    return int(found[1])


def in_effect(options: Iterable[OptionSpec], texts: Mapping[str, str]) -> dict[str, Value]:
    """Return the values by symbol: the text passed for it, else its default; left out without both.

    Raises CustmetricsError E155 for a text that is not a value of its option.
    """
    chosen = {option: texts.get(option.symbol) or option.default for option in options}
    return {option.symbol: option.parse(text) for option, text in chosen.items() if text}
