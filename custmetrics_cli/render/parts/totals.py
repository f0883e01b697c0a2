"""The totals of a result as people read them: a ledger with signs, numbers and descriptions."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from custmetrics_cli.core.data.currencies import decimals_of
from custmetrics_cli.render.adding_up import rounded
from custmetrics_cli.render.numbers import total_text
from custmetrics_cli.render.page import Line, Page, aligned
from custmetrics_cli.render.parts.formulas import NAME, expanded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from custmetrics_cli.core.data.total import Identity
    from custmetrics_cli.core.metric import Metric
    from custmetrics_cli.core.result import Result

SUM = re.compile(r"[a-z0-9_ +-]+")
TERM = re.compile(r"(?:([+-])\s*+)?([a-z_][a-z0-9_]*)")


def total_cell(result: Result, name: str) -> str:
    """Return the number of a total, or '' if the result has none."""
    return total_text(result.totals[name], result.units.get(name, "count"), result.currency) if name in result.totals else ""


def signs(result: Result) -> dict[str, str]:
    """Return the signs of the totals that add up to the value, and of those that lead from an opening level to a closing one.

    Empty if no totals add up to the value.
    """
    value = value_signs(result)
    more = [ledger for ledger in _movements(result) if value and not ledger.keys() & value.keys()]
    return value | {name: sign for ledger in more for name, sign in ledger.items()}


def value_signs(result: Result) -> dict[str, str]:
    """Return the totals that add up to the value. Only an identity that ends in the formula, or begins with it, gives them."""
    formula = result.metric.definitions[result.definition].formula.text
    return next((ledger for identity, ledger in _ledgers(result) if formula in (identity.left.text, identity.right.text)), {})


def _movements(result: Result) -> list[dict[str, str]]:
    """Return the ledgers that lead from an opening level to a closing one; other sums are not movements."""
    return [ledger for _, ledger in _ledgers(result) if _ends(ledger, result)]


def _ledgers(result: Result) -> list[tuple[Identity, dict[str, str]]]:
    """Return each identity whose left side is a sum and whose right side is a name, with the sign of each of its totals."""
    found = []
    for identity in result.metric.identities:
        if SUM.fullmatch(identity.left.text) and NAME.fullmatch(identity.right.text):
            ledger = {name: sign for sign, name in TERM.findall(identity.left.text)} | {identity.right.text: "="}
            found.append((identity, {name: sign for name, sign in ledger.items() if name in result.totals}))
    return found


def roll_forward(result: Result) -> dict[str, str]:
    """Return the signs if they lead from an opening level to a closing one."""
    ledger = value_signs(result)
    return ledger if _ends(ledger, result) else {}


def _ends(ledger: Mapping[str, str], result: Result) -> bool:
    """Return whether a ledger begins with the level before the period and ends with that of its last day."""
    declared = result.metric.totals
    opening, closing = ([declared[name] for name, sign in ledger.items() if sign == wanted and name in declared] for wanted in ("", "="))
    if len(opening) != 1 or len(closing) != 1:
        return False
    return bool(opening[0].stock and not opening[0].flow and closing[0].stock)


def descriptions(metric: Metric) -> dict[str, str]:
    """Return the description of each total, and of the names for the length of the period."""
    length = dict.fromkeys(("months", "days"), "length of the period")
    length |= {name: text for definition in metric.definitions.values() for name, text in definition.model_numbers.items()}
    return {name: total.description for name, total in metric.totals.items()} | length


def in_order(result: Result) -> list[str]:
    """Return the totals of the result: the ledger, then those from before the period, then the others."""
    declared = result.metric.totals
    opening = [name for name in result.totals if name in declared and declared[name].stock and not declared[name].flow]
    return list(dict.fromkeys([*signs(result), *opening, *result.totals]))


def in_columns(result: Result) -> list[str]:
    """Return the totals shown as columns: those of the ledgers without the value, else all that the formula does not name."""
    value = [name for name, sign in value_signs(result).items() if sign == "="]
    named = NAME.findall(expanded(result.metric.definitions[result.definition]))
    return [name for name in signs(result) if name not in value] or [name for name in in_order(result) if name not in named]


def ledger(result: Result) -> Page:
    """Return a line for each total: sign, name, number and description."""
    signed, meanings = signs(result), descriptions(result.metric)
    changed = _adding_up(result, signed)
    cells = {
        name: total_text(changed[name], "money", result.currency) if name in changed else total_cell(result, name)
        for name in in_order(result)
    }
    rows = [(f"  {signed.get(name, '')}" if signed else " ", name, cell, meanings.get(name, "")) for name, cell in cells.items()]
    note = [Line(f"rounded so that the amounts add up: {', '.join(changed)}")] if changed else []
    return [*aligned(rows, right=frozenset({2})), *note]


def _adding_up(result: Result, signed: Mapping[str, str]) -> Mapping[str, Fraction]:
    """Return the amounts of the ledger that are rounded in another way, so that the shown ones add up."""
    amounts = {name: Fraction(result.totals[name]) for name in signed if result.units.get(name) == "money"}
    total = next((amounts[name] for name in amounts if signed[name] == "="), None)
    parts = 10 ** decimals_of(result.currency)
    if total is None or len(amounts) < len(signed) or any(0 < 2 * abs(amount) * parts < 1 for amount in amounts.values()):
        return {}  # amounts that would be shown as 0 are shown with more decimals
    ledger = [(name, -1 if signed[name] == "-" else 1, amount) for name, amount in amounts.items() if signed[name] != "="]
    return rounded(ledger, total, parts)


def glossary(result: Result) -> Page:
    """Return the description of each total in the table of several results, then the names of the other totals."""
    meanings, columns = descriptions(result.metric), in_columns(result)
    formula = NAME.findall(expanded(result.metric.definitions[result.definition]))
    shown = [name for name in in_order(result) if name in {*columns, *formula, *value_signs(result)}]
    others = ", ".join(name for name in result.totals if name not in shown)
    rows = [(f"   {name}", meanings.get(name, "")) for name in shown]
    return [*aligned(rows), *([Line(f"more totals in json and csv: {others}")] if others else [])]
