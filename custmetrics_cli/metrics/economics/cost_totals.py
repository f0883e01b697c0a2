"""Costs: what was spent to win customers, what to keep them, and what for neither. What a category is for is not guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from custmetrics_cli.columns import HUNDREDTHS
from custmetrics_cli.core.data.counts import Aggregation, CountsByPeriod
from custmetrics_cli.core.data.dataset import Dataset, FromCounts, Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.core.data.total import Identity, Total
from custmetrics_cli.core.errors import CustmetricsError, Problem, near
from custmetrics_cli.core.formula import Formula
from custmetrics_cli.core.options import Option
from custmetrics_cli.core.result import Notice

if TYPE_CHECKING:
    from custmetrics_cli.core.formula import Number

JOINED = re.compile(r"\s*(?:[&+/,]|\band\b|\bи\b)\s*")


def plain(word: str) -> str:
    return " ".join(word.replace("_", " ").casefold().split())


def listed(text: str) -> str:
    """Names with commas between.

    >>> listed("Marketing, sales ")
    'marketing,sales'
    """
    names = [plain(name) for name in text.split(",")]
    if not all(names):
        raise ValueError("lacks a name", "write names with commas between, as marketing,sales")
    return ",".join(names)


TO_WIN = Option("to-win", "Categories of costs that win customers", "NAMES", listed, default="marketing,sales")
TO_KEEP = Option("to-keep", "Categories of costs that keep customers", "NAMES", listed, default="retention,success,support")


def counts(names: Sequence[str], category: str) -> bool:
    """Whether it is one of the names, or several of them and nothing else.

    >>> [counts(["marketing", "sales"], word) for word in ("Marketing", "Sales & Marketing", "sales tax", "sales and rent", "")]
    [True, True, False, False, False]
    """
    word = plain(category)
    return word in names or all(part in names for part in JOINED.split(word))


def _names(option: Option, scope: Scope) -> list[str]:
    return str(scope.options.get(option.symbol, option.default)).split(",")


def chosen(option: Option, scope: Scope, words: Sequence[str]) -> Callable[[str], bool]:
    """Which categories count. Raises CustmetricsError E165 where none of those that there are does, E166 for one that no row has."""
    names, said = _names(option, scope), [word for word in words if word]
    known = {part for word in said for part in (plain(word), *JOINED.split(plain(word)))}
    missing = [name for name in names if name not in known]
    if missing and ",".join(names) != option.default:
        raise CustmetricsError(
            Problem("E166", f"--{option.name}: no row of costs has the category '{missing[0]}'", hint=near(missing[0], said))
        )
    if not any(counts(names, word) for word in said):
        message = f"no row of costs is in one of the categories {', '.join(names)}; {near('', said)}"
        raise CustmetricsError(Problem("E165", message, hint=f"say which of them count, with --{option.name}"))
    return partial(counts, names)


def _make(option: Option, view: TableView, scope: Scope) -> Sequence[Aggregation]:
    from custmetrics_cli.metrics.economics.cost_frames import harvest

    has, (_, words) = view.can_answer("category"), view.encoded("category")
    return [harvest(view, scope, chosen(option, scope, words) if has else (lambda category: option is TO_WIN))]


def _rows(name: str, option: Option) -> Dataset:
    tells = {"date": "day", "category": "text", "channel": "text"}
    return Dataset(
        name, (("costs",),), partial(_make, option), reads=("date", "amount"), words=("category", "channel"), detail_columns=tells
    )


def _read(options: Sequence[Option], view: TableView, scope: Scope, counted: CountsByPeriod, k: int) -> Notice | None:
    """The sums of categories for which none of the options is, over all periods."""
    if not view.can_answer("category"):
        return None
    names = [_names(option, scope) for option in options]
    _, words = view.encoded("category")
    other = [word for word in words if not any(counts(each, word) for each in names)]
    sums = {word: sum(counted.during(at).get(("category", word), 0) for at in range(1, k + 1)) for word in other}
    return _not_counted(options, [(word, number) for word, number in sums.items() if number])


def _not_counted(options: Sequence[Option], sums: Iterable[tuple[str, Number]]) -> Notice | None:
    said = ", ".join(f"{word or 'no category'} {Decimal(round(number)) / HUNDREDTHS:,.2f}" for word, number in sums)
    flags = " and ".join(f"--{option.name}" for option in options)
    return Notice("W215", f"costs of other categories are not counted: {said}; say with {flags} which are") if said else None


def _all_of_it(view: TableView, scope: Scope, counted: CountsByPeriod, k: int) -> Notice | None:
    if view.can_answer("category"):
        return None
    return Notice("W216", "costs have no column category: all of them count as spent to win customers")


WINNING, KEEPING = _rows("costs to win customers", TO_WIN), _rows("costs to keep customers", TO_KEEP)
NOT_TO_WIN, NOT_TO_KEEP = FromCounts(WINNING, partial(_read, (TO_WIN,))), FromCounts(KEEPING, partial(_read, (TO_KEEP,)))
NEITHER, ALL_OF_IT = FromCounts(WINNING, partial(_read, (TO_WIN, TO_KEEP))), FromCounts(WINNING, _all_of_it)
UNKNOWN = "costs have no column category, so what was spent to keep customers is not known"


def _total(dataset: Dataset, name: str, means: str, flow: str, needs: tuple[str, ...] = (), unknown: str = "") -> Total:
    return Total(name, means, dataset, flow, needs=needs, unit="money", parts=HUNDREDTHS, missing_reason=unknown)


spend = _total(WINNING, "spend", "spent in the period to win customers", "counted")
without_channel = _total(WINNING, "without_channel", "of spend, what is on no channel; it is not spread", "nowhere", ("channel",))
other_spend = _total(WINNING, "other_spend", "spent on categories that are not counted", "other", ("category",))
retention_spend = _total(KEEPING, "retention_spend", "spent in the period to keep customers", "counted", ("category",), UNKNOWN)
other_than_retention = other_spend._replace(dataset=KEEPING)


def _identity(counted: Total, other: Total) -> Identity:
    every = _total(counted.dataset, "all_spend", "spent in the period", "all")
    return Identity(Formula(f"{counted.name} + other_spend"), Formula("all_spend"), (counted, other, every))


OF_WINNING, OF_KEEPING = _identity(spend, other_spend), _identity(retention_spend, other_than_retention)
