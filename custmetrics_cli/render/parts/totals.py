"""The totals of a result as people read them: their figures, the signs of a ledger, and what they count."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from custmetrics_cli.render.numbers import total_text
from custmetrics_cli.render.page import Line, Page, aligned
from custmetrics_cli.render.parts.formulas import NAME, expanded, meanings, signs

if TYPE_CHECKING:
    from custmetrics_cli.core.metric import Definition
    from custmetrics_cli.core.result import Result


def total(result: Result, name: str) -> str:
    """Its figure; '' where the result has none."""
    return total_text(result.totals[name], result.units.get(name, "count")) if name in result.totals else ""


def definition(result: Result) -> Definition:
    return result.metric.definitions[result.definition]


def _extra(result: Result) -> list[str]:
    """Totals that the formula does not name."""
    named = set(NAME.findall(expanded(definition(result))))
    return [name for name in result.totals if name not in named]


def leading(result: Result) -> dict[str, str]:
    """The totals of the ledger, with their signs."""
    return {name: sign for name, sign in signs(result.metric, definition(result)).items() if name in result.totals}


def in_columns(result: Result) -> list[str]:
    """The totals beyond the formula that stand as columns: those of the ledger where there is one, else all."""
    extra = _extra(result)
    return [name for name in leading(result) if name in extra] or extra


def numbers(result: Result) -> Page:
    """All totals, the ledger first."""
    signed, said = leading(result), meanings(result.metric)
    rows = [(_margin(signed, name), name, total(result, name), said.get(name, "")) for name in dict.fromkeys([*signed, *result.totals])]
    return aligned(rows, right=frozenset({2}))


def _margin(signed: Mapping[str, str], name: str) -> str:
    return f"  {signed.get(name, '')}" if signed else " "


def counted(result: Result) -> Page:
    """What the totals in the table count; the others are named."""
    said, shown_names = meanings(result.metric), [name for name in result.totals if name not in _extra(result)] + in_columns(result)
    others = ", ".join(name for name in result.totals if name not in shown_names)
    rows = [(f"  {name}", said.get(name, "")) for name in shown_names]
    return [*aligned(rows), *([Line(f"in json and csv also: {others}")] if others else [])]
