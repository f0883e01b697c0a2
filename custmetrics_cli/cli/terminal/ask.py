"""Ask a person on a terminal which of some choices is right."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from custmetrics_cli.cli.terminal.messages import print_text
from custmetrics_cli.core.safety.characters import safe

if TYPE_CHECKING:
    from custmetrics_cli.core.errors import Choice, Problem

LEAVE = "leave the file as it is"
YES = ("y", "yes", "ok", "да", "д", "ja", "oui", "si", "sí", "tak")
NO = ("n", "no", "skip", "none", "нет", "н", "nein", "non", "nie")
ROWS, LONGEST, MOST_BYTES = 2, 120, 100_000  # of the rows that are shown


def ask(problem: Problem, encoding: str) -> Choice | None:
    """Return the choice, None to leave the file as it is. The end of input counts as Ctrl-C."""
    from custmetrics_cli.render.problems import headline

    choices = problem.choices
    shown = [*(f"{choice}  ({choice.label})" if choice.label else str(choice) for choice in choices), LEAVE]
    rows = [f"  {safe(row)}" for row in _rows(problem, encoding)]
    print_text("\n".join([headline(problem), *rows, *(f"  {number}  {text}" for number, text in enumerate(shown, 1)), ""]))
    question = "yes or no? " if len(choices) == 1 else f"which, 1 to {len(shown)}? "
    while True:
        print_text(question)
        line = sys.stdin.readline()
        if not line:
            raise KeyboardInterrupt
        found = understood(line, choices)
        if found != UNCLEAR:
            return found if found is None else choices[found]
        print_text(f"answer with a number, a word of the list, or no: '{safe(line.strip())}' is none of these\n")


UNCLEAR = -1


def understood(answer: str, choices: Sequence[Choice]) -> int | None:
    """Return the number of the choice that an answer means, None for no choice, UNCLEAR if it is not clear.

    >>> from custmetrics_cli.core.errors import Choice
    >>> choices = [Choice("date-order", "dmy", "day first"), Choice("date-order", "mdy", "month first")]
    >>> [understood(answer, choices) for answer in ("1", "MDY", "day first", "--date-order mdy", "no", "3", "yes", "4")]
    [0, 1, 0, 1, None, None, -1, -1]
    >>> [understood(answer, [Choice("column", "started_at=Came aboard")]) for answer in ("да", "came aboard", "2", "maybe")]
    [0, 0, None, -1]
    """
    word = answer.strip().strip("\"'.").casefold()
    if word in NO or word == str(len(choices) + 1):
        return None
    if word in YES:
        return 0 if len(choices) == 1 else UNCLEAR
    fitting = [at for at, choice in enumerate(choices) if word in (str(at + 1), *_names(choice))]
    return fitting[0] if len(fitting) == 1 else UNCLEAR


def _names(choice: Choice) -> Iterator[str]:
    """Yield the texts by which a person may name a choice."""
    column, _, header = choice.value.partition("=")
    yield from (name.casefold() for name in (str(choice), choice.value, header or column, choice.label) if name)


def _rows(problem: Problem, encoding: str) -> list[str]:
    """Return the header and the first rows of a text file; nothing for an archive or a workbook."""
    path, line = Path(problem.place.path), problem.place.line or 1
    try:
        with path.open("rb") as file:
            text = file.read(MOST_BYTES).decode(encoding or "utf-8")
    except (OSError, LookupError, UnicodeDecodeError):
        return []
    lines = [each for each in islice(text.splitlines(), 0, None) if each.strip()]
    header = min(line, len(lines)) - 1 if problem.code in ("E301", "E302") else 0
    return [each[:LONGEST] for each in lines[header : header + 1 + ROWS]] if "\0" not in text else []
