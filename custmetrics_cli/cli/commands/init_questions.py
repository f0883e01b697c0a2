"""What files leave open, as questions. A hint that names options as they are written on a command line is a choice between them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from custmetrics_cli.core.answers.inspection import Inspected
    from custmetrics_cli.core.errors import Problem
    from custmetrics_cli.ingest.model import Settings

OPTION = re.compile(r'--(?P<option>[a-z-]+) (?:(?P<column>[a-z_]+)="(?P<heading>(?!NAME"|…")[^"]+)"|(?P<value>[^\s;:"]+)(?=\s|$|;))')
SETTLING = ("preset", "date-order", "decimal", "amounts")  # options that settle how a file is read


class Choice(NamedTuple):
    """One option with its value. column: what a heading is said to be; '' = the option is about no column."""

    option: str
    value: str
    column: str = ""

    def __str__(self) -> str:
        return f'--{self.option} {self.column}="{self.value}"' if self.column else f"--{self.option} {self.value}"

    def taken(self, settings: Settings, table: str) -> Settings:
        """The settings with it. table: of the file that it is about, '' = not known."""
        if self.column:
            name = f"{table}.{self.column}" if table else self.column
            return settings._replace(columns={**settings.columns, name: self.value})
        match self.option:
            case "preset":
                return settings._replace(presets=(*settings.presets, self.value))
            case "date-order":
                return settings._replace(order=self.value)
            case "decimal":
                return settings._replace(decimal=self.value)
            case _:
                return settings._replace(amounts=self.value)


class OpenQuestion(NamedTuple):
    """What is open about a file, and what would settle it."""

    problem: Problem
    table: str
    choices: Sequence[Choice]


def choices(hint: str) -> list[Choice]:
    """
    >>> [str(one) for one in choices("say which with --date-order dmy or --date-order mdy")]
    ['--date-order dmy', '--date-order mdy']
    >>> choices('say which column it is, --column date="NAME": there are: a, b')
    []
    """
    found = [Choice(match["option"], match["heading"] or match["value"], match["column"] or "") for match in OPTION.finditer(hint)]
    return [one for one in found if one.column or one.option in SETTLING]


def questions(found: Inspected) -> Iterator[OpenQuestion]:
    """Each once, in order of files."""
    seen = set()
    for file in found.files:
        for problem in file.problems:
            settles = choices(problem.hint)
            if settles and (key := (problem.hint, problem.place.path)) not in seen:
                seen.add(key)
                yield OpenQuestion(problem, file.table, settles)
