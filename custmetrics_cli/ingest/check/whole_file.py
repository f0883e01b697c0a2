"""What only the rows of a file together, or of all files of a table, show to be wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.ingest.check.file_progress import Input
from custmetrics_cli.ingest.check.plan import Plan
from custmetrics_cli.tables import FileCheck


def prove(plan: Plan) -> None:
    """Each file by itself and, where none is wrong so, all of them. Raises CustmetricsError of the codes that the table declares."""
    for check in plan.table.together:
        problems = [problem for source in plan.inputs for problem in _wrong(check, plan, [source])]
        problems = problems or [*_wrong(check, plan, plan.inputs)]
        if problems:
            raise CustmetricsError(*problems)


def _wrong(check: FileCheck, plan: Plan, sources: Sequence[Input]) -> Iterator[Problem]:
    tally = sum((_tally(check, source) for source in sources), Counter[tuple[int, ...]]())
    if found := check.wrong(tally, {**plan.chosen, **plan.told}):
        message, hint = found
        yield Problem(check.code, f"{check.column}: {message}", _place(check, sources[0]), hint)


def _tally(check: FileCheck, source: Input) -> Counter[tuple[int, ...]]:
    return Counter({numbers: n for (code, numbers), n in source.tallied.items() if code == check.code})


def _place(check: FileCheck, source: Input) -> Place:
    return Place(source.plain.given.path, source.shape.header_line, source.shape.columns.get(check.column, -1) + 1)
