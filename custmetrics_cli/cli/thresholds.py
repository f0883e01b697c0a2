"""Thresholds: tests of an answer, such as --fail-if 'churn > 5%'."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from custmetrics_cli.core.data.check import Check, FailedCheck
from custmetrics_cli.core.data.total import Total
from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.core.formula import Number
from custmetrics_cli.core.metric import Metric
from custmetrics_cli.core.result import Answer, Result

OPERATORS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    "==": operator.eq,
    "!=": operator.ne,
}
DECIMAL = r"[+-]?(?:[0-9]{1,30}+(?:\.[0-9]{1,30}+)?|\.[0-9]{1,30}+)"
TEST = r"\s*(?P<name>[A-Za-z][\w-]*)\s*(?P<sign>>=|<=|!=|==|=|>|<)\s*"
TEST += rf"(?P<number>{DECIMAL})\s*+(?P<percent>%?)\s*"
LOOSE_TEST = r"[^<>=!]*(?P<sign>[<>=!]*)(?P<rest>.*)"
PERCENT = r"(?i)%|per ?cent|pct"
THOUSANDS = r"(?<=[0-9])[,_' \xa0\u202f](?=[0-9]{3})"  # separators of digits; the point is for decimals
NUMBER = rf"[^0-9.+-]*+(?P<number>{DECIMAL})(?:\W|[^\W\d]{{2,}}+)*+"  # with a currency or words around it
EXAMPLES = {"ratio": "5", "count": "1000", "months": "6", "days": "30"}


class Threshold(NamedTuple):
    """A comparison with an exact number.

    >>> from custmetrics_cli.metrics import METRICS
    >>> Threshold.parse("churn > 5%", METRICS["churn"], "standard").limit
    Fraction(1, 20)
    """

    text: str
    sign: str
    limit: Fraction
    total: str = ""  # the total that is tested; "" = the value of the metric

    @property
    def without_name(self) -> str:
        """The comparison alone, such as < 5%."""
        return self.text[self.text.index(self.sign) :].strip()

    @classmethod
    def parse(cls, text: str, metric: Metric, definition: str, option: str = "--fail-if") -> Threshold:
        """Read a test of the metric or of one of its totals. `value` names every metric. Raises CustmetricsError E113, E131, E132."""
        unit = metric.unit_of(definition)
        match = re.fullmatch(TEST, text)
        totals = {total.name: total for total in metric.definitions[definition].totals}
        total = totals.get(match["name"].casefold()) if match else None
        if match and total and total.name not in (metric.name, *metric.aliases):
            return cls._of_total(text, match, total, option)
        hint = _corrected(text, metric, unit)
        if not match or match["name"].casefold() not in (metric.name, *metric.aliases, "value"):
            problem = f"tests '{match['name']}', but this computes {metric.name}" if match else f"'{text}' is not a test"
            raise CustmetricsError(Problem("E113", f"{option} {problem}", hint=hint))
        limit = Fraction(match["number"]) / (100 if match["percent"] else 1)
        _check_unit(f"{option} '{text}'", metric.name, unit, limit, bool(match["percent"]), hint)
        return cls(text, match["sign"], limit)

    @classmethod
    def _of_total(cls, text: str, match: re.Match[str], total: Total, option: str) -> Threshold:
        limit, hint = Fraction(match["number"]), f"write it without %, as '{total.name} > 30'"
        _check_unit(f"{option} '{text}'", total.name, total.unit, limit, bool(match["percent"]), hint)
        return cls(text, match["sign"], limit, total.name)

    def check(self, metric: Metric, answer: Answer, allow_incomplete: bool = False) -> Check:
        """Return the results of a metric for which it holds. It holds for a missing value, which cannot be shown to be good.

        The check fails, too, for a period that the data does not reach.
        """
        results = [result for result in answer.results if result.metric.name == metric.name]
        failed = tuple(self._failed(result) for result in results if self._holds_for_result(result))
        is_stale = not allow_incomplete and any(each.code == "W101" for each in answer.warnings)
        return Check(self.text, self.total or metric.name, failed, bool(results), is_stale)

    def _failed(self, result: Result) -> FailedCheck:
        unit = result.units.get(self.total, "count") if self.total else result.unit
        return FailedCheck(result.period, result.group, self._tested(result), unit, result.currency, result.reason)

    def _tested(self, result: Result) -> Number | None:
        return result.totals.get(self.total) if self.total else result.value

    def holds_for(self, value: Fraction) -> bool:
        return OPERATORS[self.sign](value, self.limit)

    def _holds_for_result(self, result: Result) -> bool:
        value = self._tested(result)
        return value is None or self.holds_for(Fraction(value))


def _check_unit(name: str, tested: str, unit: str, limit: Fraction, percent: bool, hint: str) -> None:
    """Refuse a limit of the wrong unit: 5 instead of 5% would never hold, or always. 500% can be written."""
    if unit == "ratio" and not percent and abs(limit) > 1:
        raise CustmetricsError(Problem("E131", f"{name} has no %, so it means {float(100 * limit):g} %", hint=hint))
    if unit != "ratio" and percent:
        raise CustmetricsError(Problem("E132", f"{name}: {tested} is not in percent", hint=hint))


def _corrected(text: str, metric: Metric, unit: str) -> str:
    """Return a hint with the test as it can be read, as far as the text is clear."""
    match = re.fullmatch(LOOSE_TEST, text, re.DOTALL)
    sign, rest = (match["sign"], match["rest"]) if match else ("", "")
    known = next((each for each in (sign, sign[::-1]) if each in OPERATORS), ">")
    return f"write it as '{metric.name} {known} {_number(rest, unit)}'"


def _number(text: str, unit: str) -> str:
    """Return the number of a text, or an example if it is not clear.

    >>> _number("1,000", "count"), _number("6 months", "months"), _number("5,5 %", "ratio"), _number("much", "ratio")
    ('1000', '6', '5.5%', '5%')
    """
    plain = re.sub(r",(?=[0-9])", ".", re.sub(THOUSANDS, "", text))
    match = re.fullmatch(NUMBER, plain)
    number = match["number"] if match else EXAMPLES.get(unit, "100")
    percent = unit == "ratio" and (bool(re.search(PERCENT, text)) or abs(Fraction(number)) > 1)
    return number + ("%" if percent else "")
