"""--fail-if 'churn > 5%': a test on the answer, for schedules and pipelines."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from custmetrics_cli.core.answers.answer import Answer
from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.core.metric import Metric
from custmetrics_cli.core.result import Result

OPERATORS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "==": operator.eq,
    "!=": operator.ne,
}
TEST = r"\s*(?P<name>[A-Za-z][\w-]*)\s*(?P<sign>>=|<=|!=|==|=|>|<)\s*(?P<number>[+-]?[0-9]*\.?[0-9]+)\s*(?P<percent>%?)\s*"
NEARLY = r"[^<>=!]*(?P<sign>[<>=!]*)(?P<rest>.*)"
PERCENT = r"(?i)%|per ?cent|pct"
THOUSANDS = r"(?<=[0-9])[,_' \xa0\u202f](?=[0-9]{3})"  # what groups digits; the point is for decimals
NUMBER = r"[^0-9.+-]*(?P<number>[+-]?[0-9]*\.?[0-9]+)(\s*%|\s*[^\W\d]{2,}|\W)*"  # perhaps with a currency or words around it
EXAMPLES = {"ratio": "5", "count": "1000", "months": "6"}


class Threshold(NamedTuple):
    """One comparison with an exact number.

    >>> from custmetrics_cli.metrics import METRICS
    >>> Threshold.parse("churn > 5%", METRICS["churn"], "standard").limit
    Fraction(1, 20)
    """

    text: str
    sign: str
    limit: Fraction

    @property
    def bare(self) -> str:
        """Without the name: < 5%."""
        return self.text[self.text.index(self.sign) :].strip()

    @classmethod
    def parse(cls, text: str, metric: Metric, definition: str, option: str = "--fail-if") -> Threshold:
        """`value` is always a name of what is computed. Raises E113, E131, E132."""
        unit = metric.unit_of(definition)
        found = re.fullmatch(TEST, text)
        if not found or found["name"].casefold() not in (metric.name, *metric.aliases, "value"):
            what = f"tests '{found['name']}', which is not what is computed" if found else f"cannot be read: '{text}'"
            raise CustmetricsError(Problem("E113", f"{option} {what}", hint=_written(text, metric, unit)))
        limit = Fraction(found["number"]) / (100 if found["percent"] else 1)
        _of_its_unit(f"{option} '{text}'", metric, unit, limit, bool(found["percent"]), _written(text, metric, unit))
        return cls(text, found["sign"], limit)

    def holds(self, answer: Answer) -> bool:
        """For any result; a value that is not there cannot be shown to be fine, so it counts."""
        return any(self._of(result) for result in answer.results)

    def holds_for(self, value: Fraction) -> bool:
        return OPERATORS[self.sign](value, self.limit)

    def _of(self, result: Result) -> bool:
        return result.value is None or self.holds_for(result.value)


def _of_its_unit(said: str, metric: Metric, unit: str, limit: Fraction, percent: bool, hint: str) -> None:
    """5 for 5 % would never hold, or always: it is asked again. Who means 500 % can write that."""
    if unit == "ratio" and not percent and abs(limit) > 1:
        raise CustmetricsError(Problem("E131", f"{said} is without %, so it tests for {float(100 * limit):g} %", hint=hint))
    if unit != "ratio" and percent:
        raise CustmetricsError(Problem("E132", f"{said}: {metric.name} is not in percent", hint=hint))


def _written(text: str, metric: Metric, unit: str) -> str:
    """The same test in words that can be read, as far as they can be made out."""
    found = re.fullmatch(NEARLY, text, re.DOTALL)
    sign, rest = (found["sign"], found["rest"]) if found else ("", "")
    known = next((each for each in (sign, sign[::-1]) if each in OPERATORS), ">")
    return f"write it as '{metric.name} {known} {_number(rest, unit)}'"


def _number(text: str, unit: str) -> str:
    """An example where it is not clear which number is meant.

    >>> _number("1,000", "count"), _number("6 months", "months"), _number("5,5 %", "ratio"), _number("much", "ratio")
    ('1000', '6', '5.5%', '5%')
    """
    plain = re.sub(r",(?=[0-9])", ".", re.sub(THOUSANDS, "", text))
    found = re.fullmatch(NUMBER, plain)
    number = found["number"] if found else EXAMPLES.get(unit, "100")
    percent = unit == "ratio" and (bool(re.search(PERCENT, text)) or abs(Fraction(number)) > 1)
    return number + ("%" if percent else "")
