"""Find the definitions that give a value shown elsewhere, from the shipped ones outward."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import combinations, product
from typing import NamedTuple

from custmetrics_cli.compute.definitions.compare import change_of, has_money
from custmetrics_cli.compute.definitions.values import Values
from custmetrics_cli.core.definitions.defined import Change, Line, Match, Reconciliation, Value
from custmetrics_cli.core.definitions.recipe import Choices
from custmetrics_cli.profiles.axes import AXES

Names = tuple[str, ...]
NEAREST = 3  # shipped definitions that are shown if none fits


class Reported(NamedTuple):
    """A value as another system shows it, and the ends of its rounding."""

    text: str
    low: Fraction
    high: Fraction

    def fits(self, value: Value, unit: str) -> bool:
        return value.value is not None and value.unit == unit and self.low <= value.value <= self.high


class Tried(NamedTuple):
    """A definition that was tried."""

    starts: Names
    choices: Choices
    changes: tuple[Change, ...]
    value: Value


def reconcile(values: Values, reported: Reported, starts: Iterable[tuple[str, Choices]], most: int) -> Reconciliation:
    """Search the definitions within `most` axes of the starts. Stop at the smallest distance at which one fits."""
    unit, tried = values.recipe.metric.unit, dict[tuple[tuple[str, str], ...], Tried]()
    named = _distinct(values, starts)
    distance, fitting = 0, list[Tried]()
    for distance in range(most + 1):
        new = [each for names, choices in named for each in _at(values, names, choices, distance, tried)]
        fitting = [each for each in new if reported.fits(each.value, unit)]
        if fitting:
            break
    run = values.ours
    return Reconciliation(
        values.recipe.metric,
        values.question.period,
        reported.text,
        reported.low,
        reported.high,
        distance,
        tuple(_matches(fitting)),
        len(tried),
        _by_chance([each.value for each in tried.values() if each.value.unit == unit], reported),
        () if fitting else tuple(_nearest(values, named, reported)),
        unit,
        run.currencies.answer_currency if any(has_money(each.value) for each in tried.values()) else None,
        values.loaded.inputs,
        values.warnings(each.choices for each in fitting),
        run.policies,
    )


def _distinct(values: Values, starts: Iterable[tuple[str, Choices]]) -> list[tuple[Names, Choices]]:
    """Return the starts with different choices, each with the names that have them."""
    found: dict[tuple[tuple[str, str], ...], tuple[Names, Choices]] = {}
    for name, choices in starts:
        possible = _possible(values, choices)
        key = tuple(sorted(possible.items()))
        names, _ = found.get(key, ((), possible))
        found[key] = ((*names, name), possible)
    return list(found.values())


def _possible(values: Values, choices: Choices) -> Choices:
    """Return the choices with our own where the files lack a column."""
    return {**choices, **{kept.axis: kept.value for kept in values.of(choices).kept if not kept.rows}}


def _at(values: Values, names: Names, start: Choices, distance: int, tried: dict[tuple[tuple[str, str], ...], Tried]) -> Iterator[Tried]:
    """Yield the definitions so many axes from a start that were not tried yet and that the files can answer."""
    for axes in combinations(start, distance):
        others = [[value for value in AXES[axis].values if value != start[axis]] for axis in axes]
        for chosen in product(*others):
            choices = {**start, **dict(zip(axes, chosen, strict=True))}
            key = tuple(sorted(choices.items()))
            if key in tried or not all(AXES[axis].applies(values.recipe.metric.name, choices[axis]) for axis in axes):
                continue
            value = values.of(choices)
            if value.value is not None and all(kept.rows for kept in value.kept):
                changes = tuple(change_of(axis, start[axis], choices[axis]) for axis in axes)
                tried[key] = Tried(names, choices, changes, value)
                yield tried[key]


def _matches(fitting: Iterable[Tried]) -> Iterator[Match]:
    """Yield the definitions that fit; those with equal counts as one."""
    groups: dict[tuple[object, ...], list[Tried]] = {}
    for each in fitting:
        groups.setdefault(each.value.key, []).append(each)
    for same in groups.values():
        alike = [each for each in same if each.changes == same[0].changes]
        names = tuple(dict.fromkeys(name for each in alike for name in each.starts))
        yield Match(names, same[0].changes, same[0].value, len(same) - len(alike))


def _by_chance(values: Iterable[Value], reported: Reported) -> Fraction:
    """Return how many of the values would fit a random number between the smallest and the largest of them."""
    numbers = [value.value for value in values if value.value is not None]
    width = reported.high - reported.low
    span = max(numbers, default=Fraction(0)) - min(numbers, default=Fraction(0)) + width
    return len(numbers) * width / span if span else Fraction(len(numbers))


def _nearest(values: Values, named: Iterable[tuple[Names, Choices]], reported: Reported) -> Iterator[Line]:
    """Yield the shipped definitions whose values are nearest to the reported one."""
    middle, lines = (reported.low + reported.high) / 2, dict[tuple[object, ...], Line]()
    for names, choices in named:
        value = values.of(choices)
        if value.value is not None and value.unit == values.recipe.metric.unit:
            line = lines.get(value.key) or Line((), value, value.value - middle)
            lines[value.key] = line._replace(names=(*line.names, *names))
    yield from sorted(lines.values(), key=lambda line: (abs(line.difference or 0), line.names))[:NEAREST]
