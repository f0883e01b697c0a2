"""The texts of definitions and of the steps between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from custmetrics_cli.render.adding_up import rounded
from custmetrics_cli.render.numbers import difference_text, shown_parts, total_text

if TYPE_CHECKING:
    from custmetrics_cli.core.definitions.defined import Change, Step, Value

NAME = re.compile(r"[a-z_][a-z0-9_]*")


def counts_text(value: Value) -> str:
    """Return the formula with its counts."""
    texts = {name: _number(name, value) for name in value.totals}
    filled = NAME.sub(lambda name: texts.get(name[0], name[0]), value.formula)
    return f"{value.formula} = {filled}" if filled != value.formula else value.formula


def _number(name: str, value: Value) -> str:
    number = value.totals[name]
    is_rate = name not in value.units and -1 < number < 1 and number != int(number)
    return f"{float(number):.6f}" if is_rate else total_text(number, value.units.get(name, "count"))


def changes_text(changes: Iterable[Change]) -> str:
    """Return changed axes in words."""
    return " and ".join(f"{each.axis}={each.after} ({each.about})" for each in changes)


def steps_rows(steps: Sequence[Step], unit: str, currency: str | None) -> list[tuple[str, ...]]:
    """Return the difference, the choice and its meaning of each step. The shown differences add up to the shown sum."""
    return [
        (
            f"  {difference_text(difference, unit, currency)}",
            " and ".join(f"{each.axis}={each.after}" for each in step.changes),
            " and ".join(each.about for each in step.changes),
        )
        for step, difference in zip(steps, _adding_up(steps, shown_parts(unit, currency)), strict=True)
    ]


def _adding_up(steps: Sequence[Step], parts: int) -> list[Fraction]:
    differences = [step.difference for step in steps]
    if any(0 < 2 * abs(each) * parts < 1 for each in differences):
        return differences  # one that would be shown as 0 is shown with more decimals
    changed = rounded([(str(at), 1, each) for at, each in enumerate(differences)], sum(differences, Fraction()), parts)
    return [changed.get(str(at), each) for at, each in enumerate(differences)]
