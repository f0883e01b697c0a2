"""The proof of every run: totals that must agree do, or there is no answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from custmetrics_cli.compute.sums import Sums
from custmetrics_cli.errors import CustmetricsError, Problem
from custmetrics_cli.metric import OUTSIDE, WHOLE, Identity, Metric
from custmetrics_cli.period import Period

Name = Callable[[int], Mapping[str, str | None]]


def prove(metric: Metric, sums: Sums, periods: tuple[Period, ...], name: Name) -> None:
    """Raises CustmetricsError E601 (an identity) or E602 (groups do not add up to the whole)."""
    problems = [*_broken(metric, sums, periods, name), *_unequal(metric, sums, periods)]
    if problems:
        raise CustmetricsError(*problems[:20], total=len(problems))


def _broken(metric: Metric, sums: Sums, periods: tuple[Period, ...], name: Name) -> Iterator[Problem]:
    everybody = WHOLE if WHOLE in sums.groups else 0
    for identity in metric.identities:
        for k, period in enumerate(periods, 1):
            for g in sums.groups if identity.grouped else [everybody]:
                state = {total.name: sums.value(total, k, g) for total in identity.totals}
                if identity.left(state) != identity.right(state):
                    yield Problem(
                        "E601", f"{period.name}{_said(g, name)}: {identity} does not hold: {_numbers(identity, state)}", hint=HINT
                    )


HINT = "this is a fault of ours; the answer is withheld. Please report it with the input, or rows like it"


def _said(g: int, name: Name) -> str:
    if g in (OUTSIDE, WHOLE):
        return {OUTSIDE: " (left out by --where)", WHOLE: ""}[g]
    return "".join(f", {column} {value}" for column, value in name(g).items())


def _numbers(identity: Identity, state: Mapping[str, int]) -> str:
    shown = {name: str(number) for name, number in state.items()}
    return f"{identity.left.filled(shown)} and {identity.right.filled(shown)}"


def _unequal(metric: Metric, sums: Sums, periods: tuple[Period, ...]) -> Iterator[Problem]:
    """Totals that add up over groups, against the same totals counted without groups."""
    if WHOLE not in sums.groups:
        return
    parts = [g for g in sums.groups if g != WHOLE]
    totals = {total.name: total for identity in metric.identities for total in identity.totals if total.additive}
    for k, period in enumerate(periods, 1):
        for total in totals.values():
            split, once = sum(sums.value(total, k, g) for g in parts), sums.value(total, k, WHOLE)
            if split != once:
                yield Problem("E602", f"{period.name}: {total.name} is {split} over the groups and {once} over all", hint=HINT)
