"""The column "how": the value in words, as its definition declares them, else the formula with its numbers."""

from __future__ import annotations

from dataclasses import replace
from string import Formatter

import pytest

from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition
from custmetrics_cli.metrics import METRICS
from custmetrics_cli.render.parts.formulas import NAME, expanded, how_text
from tests.support import made_results as made

DECLARED = [
    pytest.param(metric, definition, id=f"{metric.name} {name}")
    for metric in METRICS.values()
    for name, definition in metric.definitions.items()
    if definition.how
]


@pytest.mark.parametrize(("lost", "opening", "text"), [(34, 671, "34 of 671 customers lost"), (1, 1, "1 of 1 customer lost")])
def test_words_have_numbers_and_plurals(lost: int, opening: int, text: str) -> None:
    assert how_text(made.churn(lost, opening)) == text


def test_money_in_words_has_two_decimals() -> None:
    definition = Definition(Formula("kept_mrr / base_mrr"), (made.BASE_MRR, made.KEPT_MRR), how="{base_mrr} became {kept_mrr}")
    metric = replace(made.NRR, definitions={"standard": definition})
    assert how_text(made.kept()._replace(metric=metric)) == "471.43 became 450.00"


def test_without_words_the_formula_has_its_numbers() -> None:
    assert how_text(made.yearly()) == "1 - (1 - (71 / 1,171))^(12 / 3)"


@pytest.mark.parametrize(("metric", "definition"), DECLARED)
def test_words_name_only_totals_of_the_formula(metric: object, definition: Definition) -> None:
    """A result with a value has all of these totals. Only counts have a noun."""
    fields = [(name, noun) for _, name, noun, _ in Formatter().parse(definition.how) if name]
    units = {total.name: total.unit for total in definition.totals} | dict.fromkeys(definition.model_numbers, "")
    assert fields
    named = {total.name for total in definition.totals} if definition.model else {*NAME.findall(expanded(definition))}
    assert {name for name, _ in fields} <= (named | definition.model_numbers.keys()) & units.keys()
    assert all(units[name] == "count" for name, noun in fields if noun)
