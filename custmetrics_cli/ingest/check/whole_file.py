"""Errors that only all rows of a file, or of all files of a table, show together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.ingest.check.file_progress import FileProgress
from custmetrics_cli.ingest.check.plan import ReadPlan
from custmetrics_cli.tables.shared.rules import FileError


def check_files(plan: ReadPlan) -> None:
    """Check all files of a table together, then each file with enough rows. Raises CustmetricsError."""
    for check in plan.table.file_errors:
        enough = [progress for progress in plan.files if _combinations(check, progress).total() >= check.enough]
        problems = [*_check(check, plan, plan.files)] or [problem for each in enough for problem in _check(check, plan, [each])]
        if problems:
            raise CustmetricsError(*problems)


def _check(check: FileError, plan: ReadPlan, files: Sequence[FileProgress]) -> Iterator[Problem]:
    counts = sum((_combinations(check, progress) for progress in files), Counter[tuple[int, ...]]())
    if problem := check.problem(counts, {**plan.policies, **plan.check_context}):
        yield problem._replace(message=f"{check.column}: {problem.message}", place=_place(check, files[0]))


def _combinations(check: FileError, progress: FileProgress) -> Counter[tuple[int, ...]]:
    return Counter({numbers: n for (name, numbers), n in progress.combinations.items() if name == check.name})


def _place(check: FileError, progress: FileProgress) -> Place:
    return Place(progress.text_file.source.path, progress.layout.lines.header, progress.layout.columns.get(check.column, -1) + 1)
