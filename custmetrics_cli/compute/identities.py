"""The proof of every run: totals that must agree do, or there is no answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from custmetrics_cli.compute.counts import CountTable, Group
from custmetrics_cli.core.data.counts import OUTSIDE, WHOLE
from custmetrics_cli.core.data.total import Identity
from custmetrics_cli.core.errors import SHOWN, CustmetricsError, Problem
from custmetrics_cli.core.formula import Formula, Number
from custmetrics_cli.core.time.period import Period

HINT = "this is a fault of ours; the answer is withheld. Please report it with the input, or rows like it"


Counted = Mapping[str, CountTable]  # of the rows that a total stands on, by the total's name


def check_identity(identity: Identity, counted: Counted, periods: tuple[Period, ...], by: tuple[str, ...]) -> None:
    """Raises CustmetricsError E601 (an identity) or E602 (groups do not add up to the whole)."""
    problems = [*_broken(identity, counted, periods, by), *_unequal(identity, counted, periods)]
    if problems:
        raise CustmetricsError(*problems[:SHOWN], total=len(problems))


def unlike(period: Period, formula: Formula, value: Number, again: Number | None) -> Problem:
    """Two ways to the same value that do not meet."""
    return Problem("E603", f"{period.name}: {formula.text} is {value} by its totals and {again} customer by customer", hint=HINT)


def _broken(identity: Identity, counted: Counted, periods: tuple[Period, ...], by: tuple[str, ...]) -> Iterator[Problem]:
    everywhere = dict.fromkeys(group for total in identity.totals for group in counted[total.name].all_groups)
    for k, period in enumerate(periods, 1):
        for group in everywhere if identity.holds_in_groups and by else [WHOLE]:
            state = {total.name: counted[total.name].value(total, k, group) for total in identity.totals}
            if identity.left(state) != identity.right(state):
                yield Problem("E601", f"{period.name}{_said(group, by)}: {identity} does not hold: {_numbers(identity, state)}", hint=HINT)


def _said(group: Group, by: tuple[str, ...]) -> str:
    if isinstance(group, int):
        return " (left out by --where)" if group == OUTSIDE else ""
    return "".join(f", {column} {value}" for column, value in zip(by, group, strict=True))


def _numbers(identity: Identity, state: Mapping[str, Number]) -> str:
    shown = {name: str(number) for name, number in state.items()}
    return f"{identity.left.filled(shown)} and {identity.right.filled(shown)}"


def _unequal(identity: Identity, counted: Counted, periods: tuple[Period, ...]) -> Iterator[Problem]:
    """Totals that add up over groups, against the same totals counted without groups."""
    for total in (total for total in identity.totals if total.additive):
        parts = [group for group in counted[total.name].all_groups if group != WHOLE]
        for k, period in enumerate(periods, 1):
            split, once = counted[total.name].over(total, [k], parts), counted[total.name].value(total, k, WHOLE)
            if split != once:
                yield Problem("E602", f"{period.name}: {total.name} is {split} over the groups and {once} over all", hint=HINT)
