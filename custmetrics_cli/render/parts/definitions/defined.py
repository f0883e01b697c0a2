"""The texts of definitions and of the steps between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from custmetrics_cli.render.numbers import difference_text, total_text

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
    """Return the difference, the choice and its meaning of each step."""
    return [
        (
            f"  {difference_text(step.difference, unit, currency)}",
            " and ".join(f"{each.axis}={each.after}" for each in step.changes),
            " and ".join(each.about for each in step.changes),
        )
        for step in steps
    ]
