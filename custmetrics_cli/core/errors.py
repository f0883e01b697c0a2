"""What can be wrong with a command or an input, as values: where, which code, what, and one hint.

Codes: E1xx the command, E2xx a file, E3xx a header, E4xx a cell, E5xx a row, E6xx an identity, E9xx ours.
A code is declared once, beside the kind, rule or option that raises it, and never reused.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

SHOWN = 20
EXITS = {"1": 2, "9": 4}


class Place(NamedTuple):
    """A cell, a record or a whole file; line and column count from 1, 0 = not known.

    >>> str(Place("exports/a.csv", 5, 4))
    'exports/a.csv:5:4'
    """

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part)


class Problem(NamedTuple):
    """One thing wrong. A value, not an exception, so that many can be shown at once."""

    code: str
    message: str
    place: Place = Place("")
    hint: str = ""
    excerpt: str = ""


class Notice(NamedTuple):
    """Something the reader of a number should know. `listed` names what `--list` shows the rows of."""

    code: str
    message: str
    listed: str = ""


class CustmetricsError(Exception):
    """Everything a user can mend; the command line catches this and nothing else.

    total counts all problems when only the first SHOWN were kept (0: as many as are given).
    """

    def __init__(self, *problems: Problem, total: int = 0) -> None:
        super().__init__("; ".join(f"{p.place}: {p.code} {p.message}" for p in problems))
        self.problems = problems
        self.total = max(total, len(problems))

    @property
    def exit(self) -> int:
        """2 the command was wrong, 3 the input cannot be trusted, 4 a fault of ours."""
        return EXITS.get(self.problems[0].code[1], 3)


def near(word: str, known: Iterable[str]) -> str:
    """A hint naming what exists: the near ones first, else all.

    >>> near("chrun", ["churn", "growth"])
    'did you mean churn?'
    >>> near("zzz", ["churn", "growth"])
    'there are: churn, growth'
    """
    from difflib import get_close_matches

    names = list(known)
    close = get_close_matches(word.casefold(), [n.casefold() for n in names], n=3, cutoff=0.6)
    found = [n for n in names if n.casefold() in close]
    if found:
        return f"did you mean {' or '.join(found)}?"
    shown = names[:SHOWN] + (["…"] if len(names) > SHOWN else [])
    return f"there are: {', '.join(shown)}" if names else "there are none"
