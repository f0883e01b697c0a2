"""What only the rows of a file together, or of all files of a table, show to be wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.ingest.check.file_progress import FileProgress
from custmetrics_cli.ingest.check.plan import ReadPlan
from custmetrics_cli.tables import FileError


def check_files(plan: ReadPlan) -> None:
    """Each file by itself and, where none is wrong so, all of them. Raises CustmetricsError of the codes that the table declares."""
    for check in plan.table.file_errors:
        problems = [problem for progress in plan.files for problem in _wrong(check, plan, [progress])]
        problems = problems or [*_wrong(check, plan, plan.files)]
        if problems:
            raise CustmetricsError(*problems)


def _wrong(check: FileError, plan: ReadPlan, sources: Sequence[FileProgress]) -> Iterator[Problem]:
    tally = sum((_tally(check, progress) for progress in sources), Counter[tuple[int, ...]]())
    if found := check.problem(tally, {**plan.policies, **plan.check_context}):
        message, hint = found
        yield Problem(check.code, f"{check.column}: {message}", _place(check, sources[0]), hint)


def _tally(check: FileError, progress: FileProgress) -> Counter[tuple[int, ...]]:
    return Counter({numbers: n for (code, numbers), n in progress.combinations.items() if code == check.code})


def _place(check: FileError, progress: FileProgress) -> Place:
    return Place(progress.text_file.source.path, progress.layout.header_line, progress.layout.columns.get(check.column, -1) + 1)
