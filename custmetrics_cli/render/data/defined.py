"""Definitions, steps and matches as data of the JSON contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custmetrics_cli.render.data.figures import figure, period_record
from custmetrics_cli.render.document import Record

if TYPE_CHECKING:
    from custmetrics_cli.core.definitions.defined import Change, Step, Value


def value_record(value: Value) -> Record:
    """Return the value of one definition."""
    return {
        "unit": value.unit,
        "value": figure(value.value, value.unit),
        "reason": value.reason,
        "formula": value.formula,
        "totals": {name: figure(number, value.units.get(name, "")) for name, number in value.totals.items()},
        **({"window": period_record(value.window)} if value.window else {}),
    }


def change_record(change: Change) -> Record:
    return {"axis": change.axis, "before": change.before, "after": change.after, "meaning": change.about}


def step_record(step: Step, unit: str) -> Record:
    """Return a step: its changes, the value after it and the difference."""
    return {
        "changes": [change_record(each) for each in step.changes],
        "value": figure(step.value, unit),
        "difference": figure(step.difference, unit),
        "exact": str(step.difference),
    }
