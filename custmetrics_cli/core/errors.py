"""Errors as values: the place, the code, the message, one hint, and the options that would settle it.

Codes: E1xx the command, E2xx a file, E3xx a header, E4xx a cell, E5xx a row, E6xx an identity, E9xx an internal error.
Each code is declared once, beside the kind, rule or option that raises it, and is never reused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

SHOWN = 20
SIMILAR, AS_SIMILAR, MOST_SIMILAR = 0.6, 0.1, 3  # least likeness of a misspelt name, and how much less than the best one is left out
UNSAFE = re.compile(r"[\s'\"$`\\!&|;<>()*?#~]")  # characters that a shell may change
EXITS = {"1": 2, "9": 4}


class Place(NamedTuple):
    """A cell, a record or a whole file. Lines and columns count from 1; 0 means unknown.

    >>> str(Place("exports/a.csv", 5, 4))
    'exports/a.csv:5:4'
    """

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part)


class Choice(NamedTuple):
    """A value of an option that would settle a problem.

    >>> print(Choice("date-order", "dmy"), Choice("column", "started_at=Signed up"), Choice("sheet", "Sheet 1"))
    --date-order dmy --column started_at="Signed up" --sheet "Sheet 1"
    """

    option: str  # without its dashes
    value: str  # as the option takes it
    label: str = ""  # the meaning of the value, for a person

    def __str__(self) -> str:
        name, equals, header = self.value.partition("=")
        if equals and not UNSAFE.search(name):
            return f"--{self.option} {name}={quote_for_shell(header)}"
        return f"--{self.option} {quote_for_shell(self.value) if UNSAFE.search(self.value) else self.value}"


def quote_for_shell(text: str) -> str:
    """Quote a text so that a shell passes it on unchanged. Double quotes also work on Windows, single quotes do not.

    >>> print(quote_for_shell("Signed up"), quote_for_shell("Price $"))
    "Signed up" 'Price $'
    """
    if not text or not any(character in text for character in '"$`\\!'):
        return f'"{text}"' if text else ""
    return "'" + text.replace("'", "'\"'\"'") + "'"


def pass_one(choices: Iterable[Choice]) -> str:
    """Return the hint that names the choices.

    >>> pass_one([Choice("decimal", "."), Choice("decimal", ",")])
    'pass --decimal . or --decimal ,'
    """
    return f"pass {' or '.join(map(str, choices))}"


class Problem(NamedTuple):
    """One thing that is wrong. A value instead of an exception, so that many can be shown at once."""

    code: str
    message: str
    place: Place = Place("")
    hint: str = ""
    excerpt: str = ""
    choices: tuple[Choice, ...] = ()  # each of them would settle the problem


class CustmetricsError(Exception):
    """Every error that a user can correct. The command line catches this and nothing else.

    total counts all problems when only the first SHOWN were kept (0: as many as are passed).
    """

    def __init__(self, *problems: Problem, total: int = 0) -> None:
        super().__init__("; ".join(f"{p.place}: {p.code} {p.message}" for p in problems))
        self.problems = problems
        self.total = max(total, len(problems))

    @property
    def exit(self) -> int:
        """The exit status: 2 the command was wrong, 3 the input cannot be trusted, 4 internal error."""
        return EXITS.get(self.problems[0].code[1], 3)


def _longer(word: str, names: Iterable[str]) -> list[str]:
    """Return the names that begin with a word of three letters or more."""
    return [name for name in names if len(word) > 2 and name.casefold().startswith(word.casefold())]


def closest(word: str, names: Sequence[str]) -> list[str]:
    """Return the names that are spelt nearly like a word, the nearest first; none that is much less near than another.

    >>> closest("perido", ["per", "period", "profile"])
    ['period']
    """
    from difflib import SequenceMatcher

    ratios = {name: SequenceMatcher(None, name.casefold(), word.casefold()).ratio() for name in names}
    least = max(SIMILAR, max(ratios.values(), default=0) - AS_SIMILAR)
    return sorted((name for name in names if ratios[name] >= least), key=lambda name: -ratios[name])[:MOST_SIMILAR]


def near(word: str, known: Iterable[str]) -> str:
    """Return a hint that names the closest known names, else all of them.

    >>> near("chrun", ["churn", "growth"])
    'did you mean churn?'
    >>> near("stripe", ["stripe_customers_of_the_dashboard", "square_items"])
    'did you mean stripe_customers_of_the_dashboard?'
    >>> near("zzz", ["churn", "growth"])
    'choose one of: churn, growth'
    """
    names = list(known)
    matches = closest(word, names) or _longer(word, names)
    if matches:
        return f"did you mean {' or '.join(matches)}?"
    return one_of(names)


def one_of(names: Sequence[str]) -> str:
    """Return a hint that names what can be chosen, at most SHOWN of them.

    >>> one_of(["churn"])
    'the only choice is churn'
    """
    if len(names) < 2:
        return f"the only choice is {names[0]}" if names else "nothing can be chosen here"
    shown = [*names[:SHOWN], *(["…"] if len(names) > SHOWN else [])]
    return f"choose one of: {', '.join(shown)}"
