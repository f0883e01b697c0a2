"""Account for every row: the rows that were read are used or skipped, and the engine has all rows used.

The counts come from different places. A row lost between them is an internal error, not a silently wrong answer.
"""

from __future__ import annotations

from collections.abc import Iterator

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.core.words import plural
from custmetrics_cli.ingest.check.file_progress import FileProgress
from custmetrics_cli.ingest.check.plan import ReadPlan

REPORT = "report it, and attach the file if you can"


def check_row_counts(plan: ReadPlan, engine_rows: int) -> None:
    """Compare the counts. Raises CustmetricsError E902."""
    problems = [*_lost_by_reader(plan)] or [*_lost_before_engine(plan, engine_rows)]
    if problems:
        raise CustmetricsError(*problems)


def _lost_by_reader(plan: ReadPlan) -> Iterator[Problem]:
    for progress in plan.files:
        by_scan, by_rule = progress.skipped_by_scan.total(), progress.skipped_by_rule.total()
        if progress.parsed != progress.used + by_rule:
            counts = f"{plural(progress.parsed + by_scan, 'row')} read, but {progress.used:,} used and {by_rule + by_scan:,} skipped"
            yield _internal_error(progress, counts)


def _lost_before_engine(plan: ReadPlan, engine_rows: int) -> Iterator[Problem]:
    expected = sum(progress.used + progress.kept for progress in plan.files)
    if expected != engine_rows:
        counts = f"{plural(expected, 'row')} of {plan.table.name} used, but the engine has {engine_rows:,}"
        yield _internal_error(plan.files[0], counts)


def _internal_error(progress: FileProgress, counts: str) -> Problem:
    return Problem("E902", f"internal error: {counts}", Place(progress.text_file.source.path), REPORT)


def disagreement_error(progress: FileProgress) -> Problem:
    """Return the internal error of a file that the parser and the scan read differently."""
    message = "internal error: two ways of reading this file do not agree"
    return Problem("E901", message, Place(progress.text_file.source.path), REPORT)
