"""Warnings about costs that are not counted, or that are all counted."""

from __future__ import annotations

from decimal import Decimal

from custmetrics_cli.columns import MONEY_PARTS
from custmetrics_cli.core.data.counts import CountsByPeriod
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.options import OptionSpec
from custmetrics_cli.core.result import Notice
from custmetrics_cli.metrics.economics.categories import TO_WIN, is_counted, names_of


def other_categories(view: TableView, scope: Scope, counts: CountsByPeriod, period: int, *options: OptionSpec) -> Notice | None:
    """Return W215 with the categories that none of the options counts, and their costs over all periods."""
    if not view.can_answer("category"):
        return None
    names = [names_of(option, scope) for option in options]
    _, words = view.encoded("category")
    others = [word for word in words if not any(is_counted(each, word) for each in names)]
    sums = {word: sum(counts.during(each).get(("category", word), 0) for each in range(1, period + 1)) for word in others}
    listed = ", ".join(f"{word or '(no category)'} {Decimal(round(money)) / MONEY_PARTS:,.2f}" for word, money in sums.items() if money)
    if not listed:
        return None
    kinds = " or ".join("acquisition" if option == TO_WIN else "retention" for option in options)
    flags = " or ".join(f"--{option.name}" for option in options)
    return Notice("W215", f"not counted as {kinds} cost: {listed}; add categories with {flags}")


def no_categories(view: TableView, scope: Scope, counts: CountsByPeriod, period: int) -> Notice | None:
    """Return W216 if costs have no categories."""
    if view.can_answer("category"):
        return None
    return Notice("W216", "costs have no column category, so all of them count as acquisition cost")
