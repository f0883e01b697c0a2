"""Parts of definitions that follow from choices on axes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from custmetrics_cli.core.data.reading import Need, Reading
from custmetrics_cli.core.data.total import Total
from custmetrics_cli.core.definitions.recipe import Choices
from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.metric import Definition, Over
from custmetrics_cli.profiles._axis import Axis
from custmetrics_cli.profiles.axes import AXES

NUMBERS = ("gap", "new_after")


def row_axes(choices: Choices) -> Iterable[tuple[Axis, str]]:
    """Yield the axes that change rows, with a value that is not our own."""
    for name, value in choices.items():
        if AXES[name].field and value != AXES[name].default:
            yield AXES[name], value


def reading_of(choices: Choices) -> Reading:
    """Return how rows are read under these choices."""
    fields: dict[str, Any] = {axis.field: int(value) if axis.field in NUMBERS else value for axis, value in row_axes(choices)}
    return Reading(**{"gap": int(choices["gap"]), **fields} if "gap" in choices else fields)


def needs_of(choices: Choices) -> tuple[Need, ...]:
    """Return the columns that these choices need."""
    needed = ((axis, axis.meaning(value).needs) for axis, value in row_axes(choices))
    return tuple(Need(axis.name, axis.field, column, axis.default) for axis, column in needed if column)


def in_brackets(text: str) -> str:
    """Return a formula as a part of another one.

    >>> in_brackets("lost"), in_brackets("lost + ends")
    ('lost', '(lost + ends)')
    """
    return f"({text})" if " " in text else text


def made(text: str, totals: Iterable[Total], choices: Choices, empty: str, **more: Any) -> Definition:
    """Return the definition of a formula, with those of the totals that it names, in the order of the formula."""
    formula, by_name = Formula(text, empty), {total.name: total for total in totals}
    named = tuple(by_name[name] for name in formula.names if name in by_name)
    return Definition(formula, named, reading=reading_of(choices), needs_columns=needs_of(choices), **more)


def in_window(definition: Definition, choices: Choices, name: str) -> Definition:
    """Return the definition over the window of the choices. name: the name of the sum if daily rates are added up."""
    window = choices.get("window", "period")
    if window == "daily-sum":
        over = Over(name, definition, window)
        return definition._replace(formula=Formula(name, definition.formula.empty), totals=(), over=over, interval=None, how="")
    return definition if window == "period" else definition._replace(window=window)
