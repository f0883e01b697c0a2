"""What a declaration says of a formula: in words, with other metrics written out, with the signs of its ledger."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from custmetrics_cli.render.numbers import formula_text
from custmetrics_cli.render.page import Line, Page

if TYPE_CHECKING:
    from custmetrics_cli.core.metric import Definition, Metric

NAME = re.compile(r"[a-z_][a-z0-9_]*")
SUM = re.compile(r"[a-z0-9_ +-]+")
TERM = re.compile(r"([+-]?)\s*([a-z_][a-z0-9_]*)")


def expanded(definition: Definition) -> str:
    """The formula with the metrics it uses written out: 1 - (1 - (lost / opening)) ** (12 / months); 12 * closing_mrr."""
    used = {metric.symbol: _operand(expanded(metric.standard)) for metric in definition.uses}
    return NAME.sub(lambda name: used.get(name[0], name[0]), definition.formula.text)


def _operand(formula: str) -> str:
    return formula if NAME.fullmatch(formula) else f"({formula})"


def signs(metric: Metric, definition: Definition) -> dict[str, str]:
    """The totals that lead to the value, each with its sign, where an identity of the metric ends in its formula."""
    for identity in metric.identities:
        if identity.right.text == definition.formula.text and SUM.fullmatch(identity.left.text):
            return {name: sign for sign, name in TERM.findall(identity.left.text)} | {identity.right.text: "="}
    return {}


def meanings(metric: Metric) -> dict[str, str]:
    """Total -> what it counts."""
    length = dict.fromkeys(("months", "days"), "length of the period")
    return {name: total.description for name, total in metric.totals.items()} | length


def formula_lines(metric: Metric, name: str) -> Page:
    """metric = formula, what this reading of it means, and the same of each metric that it uses, as formulas call it."""
    return _lines(metric.name, metric, name)


def _lines(shown: str, metric: Metric, name: str) -> Page:
    definition = metric.definitions[name]
    reading = "" if name == "standard" else f" ({name})"
    means = [Line(f"  {definition.description}")] if definition.description else []
    used = [line for other in definition.uses for line in _lines(other.symbol, other, "standard")]
    return [Line(f"{shown}{reading} = {formula_text(definition.formula.text)}"), *means, *used]
