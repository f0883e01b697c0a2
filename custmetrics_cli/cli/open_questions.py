"""Questions that files leave open, and the options with the answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from custmetrics_cli.cli.options.common import InputOptions

if TYPE_CHECKING:
    from custmetrics_cli.core.errors import Choice, Problem
    from custmetrics_cli.core.inspection import Inspected

Kind = TypeVar("Kind", bound=InputOptions)


class OpenQuestion(NamedTuple):
    """A problem of a file that one of its choices settles."""

    problem: Problem
    table: str  # of the file; "" = unknown
    encoding: str = ""  # of the file; "" = unknown

    @property
    def key(self) -> tuple[str, str]:
        """The same for questions that one answer settles."""
        return self.problem.hint, self.problem.place.path

    def answered(self, options: Kind, choice: Choice) -> Kind:
        """Return the options with the choice."""
        attribute = choice.option.replace("-", "_")
        spec = options.specs[attribute]
        if not spec.repeats:
            return options.replaced(**{attribute: spec.parse(choice.value)})
        text = f"{self.table}.{choice.value}" if self.table and spec.name == "column" else choice.value
        return options.replaced(**{attribute: [*getattr(options, attribute), spec.parse(text)]})


def open_questions(inspected: Inspected) -> Iterator[OpenQuestion]:
    """Yield each question once, in the order of the files."""
    seen = set()
    for file in inspected.files:
        for problem in file.problems:
            question = OpenQuestion(problem, file.table, file.encoding)
            if problem.choices and question.key not in seen:
                seen.add(question.key)
                yield question
