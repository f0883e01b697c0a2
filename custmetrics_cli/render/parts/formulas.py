"""Formulas as people read them: with the formulas of other metrics, filled with numbers, or in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.core.words import plural
from custmetrics_cli.render.numbers import total_text, value_text
from custmetrics_cli.render.page import Line, Page
from custmetrics_cli.render.parts.options import option_text

if TYPE_CHECKING:
    from custmetrics_cli.core.formula import Number
    from custmetrics_cli.core.metric import Definition, Metric
    from custmetrics_cli.core.result import Result

NAME = re.compile(r"[a-z_][a-z0-9_]*")


def formula_text(text: str) -> str:
    """Return a formula with ^ for powers.

    >>> formula_text("1 - (1 - churn) ** (12 / months)")
    '1 - (1 - churn)^(12 / months)'
    """
    return re.sub(r"(?<!\s)\s*+\*\*\s*+", "^", text)


def expanded(definition: Definition) -> str:
    """Return the formula with the formulas of the metrics it uses: 1 - (1 - (lost / opening)) ** (12 / months)."""
    used = {metric.symbol: _operand(expanded(metric.standard)) for metric in definition.uses}
    return NAME.sub(lambda name: used.get(name[0], name[0]), definition.formula.text)


def _operand(formula: str) -> str:
    return formula if NAME.fullmatch(formula) else f"({formula})"


def formula_lines(metric: Metric, definition: str, symbol: str = "") -> Page:
    """Return "metric = formula", unless they have one name, then the same for each metric that the formula uses."""
    asked = metric.definitions[definition]
    name = (symbol or metric.name) + ("" if definition == "standard" else f" ({definition})")
    used = [line for other in asked.uses for line in formula_lines(other, "standard", other.symbol)]
    formula = formula_text(asked.formula.text)
    return used if formula == name else [Line(f"{name} = {formula}"), *used]


def how_text(result: Result) -> str:
    """Return how the value came about: in words, else as the formula with its numbers; '' if that repeats the value."""
    definition = result.metric.definitions[result.definition]
    if definition.how:
        return definition.how.format_map(
            {name: _Figure(value, result.units.get(name, "count"), result.currency) for name, value in result.totals.items()}
        )
    filled = _filled(definition, result)
    return "" if filled == value_text(result.value, result.unit, result.currency, named=False) else filled


class _Figure(NamedTuple):
    """A total in a sentence: {lost} gives 34, {opening:customer} gives 671 customers."""

    value: Number
    unit: str
    currency: str | None

    def __format__(self, noun: str) -> str:
        return plural(int(self.value), noun) if noun else total_text(self.value, self.unit, self.currency)


def _filled(definition: Definition, result: Result) -> str:
    totals = {name: total_text(value, result.units.get(name, "count"), result.currency) for name, value in result.totals.items()}
    known: Mapping[str, str] = {name.replace("-", "_"): option_text(value) for name, value in result.options.items()} | totals
    return NAME.sub(lambda name: known.get(name[0], name[0]), formula_text(expanded(definition)))
