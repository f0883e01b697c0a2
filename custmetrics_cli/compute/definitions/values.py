"""The value of a metric under any choices on its axes. Definitions share every query that they have in common."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from custmetrics_cli.compute.cache import RunCache
from custmetrics_cli.compute.counts import Slot
from custmetrics_cli.compute.evaluate import Evaluation, evaluate
from custmetrics_cli.compute.identities import check_identities
from custmetrics_cli.compute.question import Question
from custmetrics_cli.compute.run import Run
from custmetrics_cli.compute.view import NO_TABLE
from custmetrics_cli.compute.warnings import answer_warnings
from custmetrics_cli.compute.windows import window_of
from custmetrics_cli.core.definitions.defined import Value
from custmetrics_cli.core.definitions.recipe import Choices, Recipe
from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.core.formula import Formula

if TYPE_CHECKING:
    from custmetrics_cli.core.metric import Definition
    from custmetrics_cli.core.result import Notice
    from custmetrics_cli.ingest.loaded import Loaded

NAME = "compared"  # of the one definition that a question asks for


def asked(question: Question, recipe: Recipe, definition: Definition) -> Question:
    """Return the question about one definition."""
    metric = replace(recipe.metric, definitions={NAME: definition})
    return question._replace(metrics=((metric.only(NAME), NAME),))


class Values:
    """The values of a metric by choices, each computed once."""

    def __init__(self, question: Question, recipe: Recipe, loaded: Loaded) -> None:
        self.question, self.recipe, self.loaded = question, recipe, loaded
        self._cache = RunCache()
        self._known: dict[Definition | tuple[tuple[str, str], ...], Value] = {}

    def of(self, choices: Choices) -> Value:
        """Return the value under these choices. A definition that the files cannot answer has a reason."""
        key = tuple(sorted(choices.items()))
        if key not in self._known:
            self._known[key] = self._of(self.recipe.define(choices))
        return self._known[key]

    def run(self, definition: Definition) -> Run:
        return Run(asked(self.question, self.recipe, definition), self.loaded, cache=self._cache)

    @cached_property
    def ours(self) -> Run:
        """The run of our own definition."""
        return self.run(self.recipe.metric.standard)

    def own(self, choices: Choices) -> Value:
        """Return the value under our own choices. Raises CustmetricsError if the files cannot answer the metric at all."""
        return self._found(self.recipe.define(choices))

    def _of(self, definition: Definition) -> Value:
        try:
            return self._found(definition)
        except CustmetricsError as error:
            problem = error.problems[0]
            if problem.code != "E320" and problem.code != NO_TABLE:  # a column or a table is missing
                raise
            return Value(None, problem.message, definition.formula.text, {}, definition.unit or self.recipe.metric.unit)

    def _found(self, definition: Definition) -> Value:
        run, period = self.run(definition), self.question.period
        check_identities(run, run.question.metrics[0][0], (period,))
        found = evaluate(run, definition, Slot((period,), 1, ()), check=False)
        units = {total.name: total.unit for total in definition.totals if total.unit != "count"}
        window, unit = window_of(definition, period), definition.unit or self.recipe.metric.unit
        sides, kept = _sides(definition, found), run.settled.kept
        return Value(found.value, found.reason, definition.formula.text, found.totals, unit, units, window, kept, sides)

    def warnings(self, choices: Iterable[Choices]) -> tuple[Notice, ...]:
        """Return the warnings of these definitions, each once."""
        runs = [self.ours, *(self.run(self.recipe.define(each)) for each in choices)]
        return tuple(dict.fromkeys(notice for run in runs for notice in answer_warnings(run, ())))


def _sides(definition: Definition, found: Evaluation) -> tuple[Fraction, ...]:
    """Return the numerator and the denominator of a ratio; () for another formula."""
    if found.value is None:
        return ()
    parts = sides_of(definition.formula.text)
    return tuple(value for part in parts if (value := Formula(part)(found.inputs)) is not None)


def sides_of(text: str) -> tuple[str, ...]:
    """Return the two sides of the last division of a formula; () if it does not end with one.

    >>> sides_of("lost / (opening + starts)"), sides_of("closing_mrr")
    (('lost', 'opening + starts'), ())
    """
    match ast.parse(text, mode="eval").body:
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            return ast.unparse(left), ast.unparse(right)
    return ()
