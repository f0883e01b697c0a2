"""Compare definitions: lines of those that agree, and the steps from our own definition to each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from custmetrics_cli.compute.definitions.values import Values
from custmetrics_cli.core.definitions.defined import Change, Comparison, Line, Step, Value
from custmetrics_cli.core.definitions.recipe import Choices
from custmetrics_cli.profiles.axes import AXES

if TYPE_CHECKING:
    from custmetrics_cli.core.metric import Source

OURS = "ours"
Named = tuple[str, Choices, "Source | None"]


def compare(values: Values, ours: Choices, named: Iterable[Named]) -> Comparison:
    """Return our own definition first, then the others in order of name. Definitions that agree share a line."""
    own = values.own(ours)
    lines: dict[tuple[object, ...], Line] = {own.key: Line((OURS,), own, Fraction(0) if own.value is not None else None)}
    every = list(named)
    for name, choices, source in every:
        value = values.of(choices)
        line = lines.get(value.key) or Line((), value, _difference(own, value), tuple(steps(values, ours, choices)))
        line = line._replace(names=(*line.names, name))
        lines[value.key] = line._replace(sources=(*line.sources, source), kept=(*line.kept, value.kept)) if source else line
    found, run = tuple(lines.values()), values.ours
    return Comparison(
        values.recipe.metric,
        values.question.period,
        found,
        run.currencies.answer_currency if any(has_money(line.value) for line in found) else None,
        values.loaded.inputs,
        values.warnings(choices for _, choices, _ in every),
        run.policies,
        run.question.options_in_effect(values.recipe.metric),
    )


def has_money(value: Value) -> bool:
    """Return True if a figure of the value is in a currency."""
    return "money" in (value.unit, *value.units.values())


def _difference(ours: Value, theirs: Value) -> Fraction | None:
    if ours.value is None or theirs.value is None or ours.unit != theirs.unit:
        return None
    return theirs.value - ours.value


def steps(values: Values, ours: Choices, theirs: Choices) -> Iterable[Step]:
    """Yield the steps from our own definition to another one: one axis at a time, in their order.

    A definition without a value is joined with the next. Axes that change nothing are left out.
    """
    before, current = values.of(ours), dict(ours)
    if _difference(before, values.of(theirs)) is None:
        return
    pending: list[Change] = []
    for change in changes(ours, theirs):
        current[change.axis] = change.after
        after = values.of(current)
        if _difference(before, after) is None:
            pending.append(change)
            continue
        difference = _difference(before, after)
        if difference and after.value is not None:
            yield Step((*pending, change), after.value, difference, after.formula)
        pending, before = [], after


def changes(ours: Choices, theirs: Choices) -> list[Change]:
    """Return the axes on which two definitions differ, in order."""
    return [change_of(axis, ours[axis], theirs[axis]) for axis in AXES if axis in ours and ours[axis] != theirs[axis]]


def change_of(axis: str, before: str, after: str) -> Change:
    return Change(axis, before, after, AXES[axis].meaning(after).about, AXES[axis].moves)


def between(ours: Choices, theirs: Choices, axis: str) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the choices before and after the step of an axis."""
    order = [each for each in AXES if each in ours]
    at = order.index(axis)
    before = {**ours, **{each: theirs[each] for each in order[:at]}}
    return before, {**before, axis: theirs[axis]}
