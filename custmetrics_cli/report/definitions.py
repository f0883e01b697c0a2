"""Other definitions of a metric: those that answer from the given tables where the standard one does not."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from custmetrics_cli.compute.view import NO_TABLE
from custmetrics_cli.core.errors import Choice, CustmetricsError, Problem, pass_one
from custmetrics_cli.metrics import METRICS

SHOWN = 8  # metrics in a hint

if TYPE_CHECKING:
    from custmetrics_cli.compute.question import Question
    from custmetrics_cli.core.metric import Definition, Metric


def answers_from(definition: Definition, tables: Collection[str]) -> bool:
    """Return whether these tables are enough for a definition."""
    return any({*tables} >= {*needed} for needed in definition.needs)


def other_definition(metric: Metric, definition: str, tables: Collection[str]) -> str:
    """Return the first other definition that these tables are enough for, if they are not for this one; '' = none."""
    if answers_from(metric.definitions[definition], tables):
        return ""
    return next((name for name, each in metric.definitions.items() if answers_from(each, tables)), "")


def needs_other_definition(error: CustmetricsError, metric: Metric, definition: str, tables: Collection[str]) -> str:
    """Return the definition that the given tables answer, for an error about a missing table; '' for any other error."""
    return other_definition(metric, definition, tables) if error.problems[0].code == NO_TABLE else ""


def name_other_definition(error: CustmetricsError, metric: Metric, definition: str, tables: Collection[str]) -> CustmetricsError:
    """Return the error about a missing table with a hint that names the definition or the metrics of the given tables."""
    other, problem = needs_other_definition(error, metric, definition, tables), error.problems[0]
    if other:
        return CustmetricsError(_with_choice(problem, metric, other, tables))
    answered = _answered_metrics(tables) if problem.code == NO_TABLE else []
    if not answered:
        return error
    names = ", ".join(answered[:SHOWN]) + (", …" if len(answered) > SHOWN else "")
    return CustmetricsError(problem._replace(hint=f"{problem.hint}; metrics of {' and '.join(sorted(tables))}: {names}"))


def _answered_metrics(tables: Collection[str]) -> list[str]:
    """Return the metrics that these tables are enough for, in the order of help."""
    return [name for name, metric in METRICS.items() if any(answers_from(each, tables) for each in metric.definitions.values())]


def _with_choice(problem: Problem, metric: Metric, definition: str, tables: Collection[str]) -> Problem:
    choice = Choice("definition", definition, metric.definitions[definition].description)
    hint = f"{' and '.join(sorted(tables))} can answer {metric.name} in another definition: {pass_one([choice])}"
    return problem._replace(hint=hint, choices=(choice,))


def alternatives(question: Question) -> Iterator[Question]:
    """Yield the question with each other definition of its metric that needs other tables."""
    for metric, chosen in question.metrics:
        full, needs = METRICS[metric.name], metric.definitions[chosen].needs
        for name, definition in full.definitions.items():
            if any(not any({*tables} >= {*needed} for needed in needs) for tables in definition.needs):
                yield question._replace(metrics=((full.only(name), name),))


def answerable_question(question: Question, tables: Collection[str]) -> Question:
    """Return the question, or one with another definition that these tables are enough for."""
    questions = (question, *alternatives(question))
    return next(
        (each for each in questions if all(answers_from(metric.definitions[name], tables) for metric, name in each.metrics)), question
    )
