"""--fail-if 'churn > 5%': a test on the answer, for schedules and pipelines."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import NamedTuple

from custmetrics_cli.errors import CustmetricsError, Problem
from custmetrics_cli.result import Answer, Result

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


class Test(NamedTuple):
    """One comparison with an exact number.

    >>> Test.parse("churn > 5%", ["churn"]).limit
    Fraction(1, 20)
    """

    text: str
    sign: str
    limit: Fraction

    @classmethod
    def parse(cls, text: str, names: Iterable[str]) -> Test:
        """names: what the metric is called; `value` is always one of them. Raises E113."""
        known = [*names, "value"]
        found = re.fullmatch(TEST, text)
        if not found or found["name"].casefold() not in known:
            rest = text[found.end("name") :].strip() if found else "> 5%"
            what = f"tests '{found['name']}', which is not what is computed" if found else f"cannot be read: '{text}'"
            raise CustmetricsError(Problem("E113", f"--fail-if {what}", hint=f"write it as '{known[0]} {rest}'"))
        return cls(text, found["sign"], Fraction(found["number"]) / (100 if found["percent"] else 1))

    def holds(self, answer: Answer) -> bool:
        """For any result; a value that is not there cannot be shown to be fine, so it counts."""
        return any(self._of(result) for result in answer.results)

    def _of(self, result: Result) -> bool:
        return result.value is None or OPERATORS[self.sign](result.value, self.limit)
