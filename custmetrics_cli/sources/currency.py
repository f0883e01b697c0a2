"""The currency that the heading of amounts names, held against what the rows say."""

from __future__ import annotations

from collections.abc import Iterator

from custmetrics_cli.columns.currency import is_code, named
from custmetrics_cli.columns.money import MONEY, MoneyTally
from custmetrics_cli.errors import CustmetricsError, Place, Problem
from custmetrics_cli.sources.plan import Input, Plan
from custmetrics_cli.sources.readings import Tallies


def prove(plan: Plan) -> None:
    """Raises CustmetricsError E322 where the two differ: which of them the amounts are in is not guessed."""
    problems = [problem for source in plan.inputs for problem in _contrary(source)]
    if problems:
        raise CustmetricsError(*problems)


def mixed(plan: Plan, tallies: Tallies) -> Iterator[tuple[Problem, tuple[str, str]]]:
    """Amounts that name several currencies in their cells, where no column says which: each with a cell that shows it."""
    if any(column.of_money and column.name in plan.present for column in plan.table.columns):
        return
    for column in plan.table.columns:
        tally = tallies.get(column.name) if column.kind is MONEY else None
        signs = tally.signs if isinstance(tally, MoneyTally) else {}
        if len(signs) > 1:
            said = " and ".join(repr(signs[name]) for name in sorted(signs))
            hint = "put the currency into a column of its own, called currency, and say --currency EUR --fx rates.csv"
            yield Problem("E337", f"{column.name}: {said} are amounts in several currencies", hint=hint), (column.name, signs[max(signs)])


def _contrary(source: Input) -> Iterator[Problem]:
    shape = source.shape
    for name, said in ((name, said) for name, said in shape.said.items() if shape.table.by_name[name].of_money and name in shape.columns):
        others = [
            word for word in sorted(source.currencies) if is_code(named(word)) and is_code(named(said)) and named(word) != named(said)
        ]
        if others:
            column = shape.header[shape.columns[name]]
            message = f"the heading of amounts says {said}, but the column '{column}' says {others[0]}"
            hint = f"correct the heading, or if amounts are in {said}, leave '{column}' unread: --column {name}="
            yield Problem("E322", message, Place(source.plain.given.path, shape.header_line, shape.columns[name] + 1), hint)
