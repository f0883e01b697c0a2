"""Categories of costs that count as acquisition or retention cost. No category is guessed: the options name them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.errors import CustmetricsError, Problem, near
from custmetrics_cli.core.options import OptionSpec

JOINED = re.compile(r" ?(?:[&+/,]|\band\b|\bи\b) ?")  # in a plain word


def plain(word: str) -> str:
    """Return a category without case, underscores and repeated spaces."""
    return " ".join(word.replace("_", " ").casefold().split())


def read_names(text: str) -> str:
    """Return names separated by commas in their plain form.

    >>> read_names("Marketing, sales ")
    'marketing,sales'
    """
    names = [plain(name) for name in text.split(",")]
    if not all(names):
        raise ValueError("has an empty name", "separate names with commas, for example marketing,sales")
    return ",".join(names)


TO_WIN = OptionSpec("to-win", "Categories of costs that win customers", "NAMES", read_names, default="marketing,sales")
TO_KEEP = OptionSpec("to-keep", "Categories of costs that keep customers", "NAMES", read_names, default="retention,success,support")


def names_of(option: OptionSpec, scope: Scope) -> list[str]:
    return str(scope.options.get(option.symbol, option.default)).split(",")


def is_counted(names: Sequence[str], category: str) -> bool:
    """Return whether a category is one of the names, or made of several of them.

    >>> [is_counted(["marketing", "sales"], word) for word in ("Marketing", "Sales & Marketing", "sales tax", "sales and rent", "")]
    [True, True, False, False, False]
    """
    word = plain(category)
    return word in names or all(part in names for part in JOINED.split(word))


def counted_names(option: OptionSpec, scope: Scope, words: Sequence[str]) -> list[str]:
    """Return the names that an option counts. words: the categories of the file.

    Raise CustmetricsError E165 if no row has one of them, E166 for a name that no row has.
    """
    names, known = names_of(option, scope), [word for word in words if word]
    parts = {part for word in known for part in (plain(word), *JOINED.split(plain(word)))}
    missing = [name for name in names if name not in parts]
    if missing and ",".join(names) != option.default:
        message = f"--{option.name}: no row of costs has the category '{missing[0]}'"
        raise CustmetricsError(Problem("E166", message, hint=near(missing[0], known)))
    if not any(is_counted(names, word) for word in known):
        message = f"no row of costs has the category {' or '.join(names)}"
        raise CustmetricsError(Problem("E165", message, hint=f"name the categories that count with --{option.name}; {near('', known)}"))
    return names
