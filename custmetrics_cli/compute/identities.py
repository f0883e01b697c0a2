"""Check the identities of a metric in every run: totals that must agree do agree, or there is no answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from custmetrics_cli.compute.counts import CountTable, Group, Periods
from custmetrics_cli.compute.run import Run
from custmetrics_cli.core.data.counts import OUTSIDE, WHOLE
from custmetrics_cli.core.data.total import Identity
from custmetrics_cli.core.errors import SHOWN, CustmetricsError, Problem
from custmetrics_cli.core.formula import Formula, Number
from custmetrics_cli.core.metric import Metric
from custmetrics_cli.core.time.period import Period

HINT = "this is an internal error, so the answer is withheld; please report it with the input, or with similar rows"

Tables = Mapping[str, CountTable]  # the counts of each total's dataset, by the total's name


def check_identities(run: Run, metric: Metric, periods: Periods) -> None:
    """Check each identity once per set of counts, even if several metrics declare it. Raises CustmetricsError E601, E602."""
    for identity in metric.identities:
        tables = {total.name: run.counts(total.dataset, periods) for total in identity.totals}
        key = ("identity", id(identity), *map(id, tables.values()))
        run.cache.once(key, partial(_check, identity, tables, periods, run.question.by))


def _check(identity: Identity, tables: Tables, periods: Periods, by: tuple[str, ...]) -> None:
    problems = [*_broken(identity, tables, periods, by), *_not_additive(identity, tables, periods)]
    if problems:
        raise CustmetricsError(*problems[:SHOWN], total=len(problems))


def two_values(period: Period, formula: Formula, from_totals: Number, from_customers: Number | None) -> Problem:
    """Return the problem of a value that its customers do not confirm."""
    message = f"{period.name}: {formula.text} is {from_totals} from its totals, but {from_customers} from its customers"
    return Problem("E603", message, hint=HINT)


def _broken(identity: Identity, tables: Tables, periods: Periods, by: tuple[str, ...]) -> Iterator[Problem]:
    all_groups = dict.fromkeys(group for total in identity.totals for group in tables[total.name].all_groups)
    for number, period in enumerate(periods, 1):
        for group in all_groups if identity.holds_in_groups and by else [WHOLE]:
            values = {total.name: tables[total.name].value(total, number, group) for total in identity.totals}
            if identity.left(values) != identity.right(values):
                sides = _with_numbers(identity, values)
                yield Problem("E601", f"{period.name}{_group_text(group, by)}: {identity} does not hold: {sides}", hint=HINT)


def _group_text(group: Group, by: tuple[str, ...]) -> str:
    if isinstance(group, int):
        return " (excluded by --where)" if group == OUTSIDE else ""
    return "".join(f", {column} {value}" for column, value in zip(by, group, strict=True))


def _with_numbers(identity: Identity, values: Mapping[str, Number]) -> str:
    texts = {name: str(number) for name, number in values.items()}
    left, right = (f"{side.filled(texts)} is {side(values)}" for side in (identity.left, identity.right))
    return f"{left}, but {right}" if identity.right.text not in values else f"{left}, not {identity.right(values)}"


def _not_additive(identity: Identity, tables: Tables, periods: Periods) -> Iterator[Problem]:
    """Compare additive totals, summed over the groups, with the same totals of all rows."""
    for total in (total for total in identity.totals if total.additive):
        table = tables[total.name]
        groups = [group for group in table.all_groups if group != WHOLE]
        for number, period in enumerate(periods, 1):
            summed, whole = table.add_up(total, [number], groups), table.value(total, number, WHOLE)
            if summed != whole:
                message = f"{period.name}: {total.name} is {summed} over the groups, but {whole} over all rows"
                yield Problem("E602", message, hint=HINT)
