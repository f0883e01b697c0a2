"""The customers that two definitions treat differently."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw

from custmetrics_cli.compute.contributions import contributions
from custmetrics_cli.compute.definitions.values import Values, asked, sides_of
from custmetrics_cli.compute.readings.columns import SUBSCRIPTION
from custmetrics_cli.compute.view import choose_tables
from custmetrics_cli.core.definitions.recipe import Choices
from custmetrics_cli.core.formula import Formula, Number
from custmetrics_cli.core.result import Listing
from custmetrics_cli.engines.query.run import collect

if TYPE_CHECKING:
    from custmetrics_cli.core.metric import Definition

Counted = tuple[Number, ...]  # what a customer adds to the numerator and to the denominator
COLUMNS = ("customer_id", "numerator_before", "numerator_after", "denominator_before", "denominator_after")


def moved(values: Values, axis: str, before: Choices, after: Choices) -> Listing:
    """List the customers that count differently before and after a change of one axis."""
    one, other = _counted(values, before), _counted(values, after)
    none: Counted = (0, 0)
    names = sorted(name for name in {*one, *other} if one.get(name, none) != other.get(name, none))
    rows = [(name, *(each for pair in zip(one.get(name, none), other.get(name, none), strict=True) for each in pair)) for name in names]
    definition = values.recipe.define(after)
    money = {total.unit for total in definition.totals} == {"money"}
    about = f"customers that count differently if {axis} is {after[axis]} and not {before[axis]}"
    return Listing(
        f"{values.recipe.metric.name}, {axis}",
        about,
        COLUMNS,
        rows,
        values.question.period,
        values.loaded.inputs,
        values.warnings([before, after]),
        dict.fromkeys(COLUMNS[1:], "money") if money else {},
        values.ours.currencies.answer_currency if money else None,
        values.ours.policies,
    )


def _counted(values: Values, choices: Choices) -> Mapping[str, Counted]:
    """Return what each customer adds to the numerator and the denominator; customers that add nothing are left out."""
    definition = values.recipe.define(choices)
    sides = sides_of((definition.over.definition if definition.over else definition).formula.text)
    run = values.run(definition)
    added = next(contributions([asked(run.question, values.recipe, _over_period(definition))], values.loaded))
    names = {total.name for total in _over_period(definition).totals}
    customers = {customer for name in names for customer in added[name]}
    counted = {
        customer: tuple(Formula(side)({name: added[name].get(customer, 0) for name in names}) or Fraction(0) for side in sides)
        for customer in customers
    }
    kept = {customer: numbers for customer, numbers in counted.items() if any(numbers)}
    return kept if run.settled.reading_of(_table(values, definition)).grain == "customer" else _by_customer(values, definition, kept)


def _over_period(definition: Definition) -> Definition:
    """Return the definition whose totals are counted: that of each day, where days are added up."""
    return definition.over.definition if definition.over else definition


def _table(values: Values, definition: Definition) -> str:
    return choose_tables(definition.datasets[0], values.loaded)[0]


def _by_customer(values: Values, definition: Definition, counted: Mapping[str, Counted]) -> dict[str, Counted]:
    """Add up what subscriptions count, by their customer."""
    loaded, table = values.loaded, _table(values, definition)
    words = loaded.words[table][SUBSCRIPTION]
    pairs = collect(loaded.used(table).select("id", code=nw.col(loaded.split_columns[table][SUBSCRIPTION])).unique())
    owners = {words[pair["code"]]: owner for pair, owner in zip(pairs, loaded.ids([pair["id"] for pair in pairs]), strict=True)}
    sums: dict[str, Counted] = {}
    for name, numbers in counted.items():
        owner = owners.get(name, name)
        sums[owner] = tuple(one + other for one, other in zip(sums.get(owner, (0, 0)), numbers, strict=True))
    return sums
