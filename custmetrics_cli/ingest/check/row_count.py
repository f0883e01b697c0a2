"""Every row is accounted for: what the reader counted is used or set aside, and what is used is in the host.

The counts come from different places, so that a row lost on the way between them is told, not left out of an answer in silence.
"""

from __future__ import annotations

from collections.abc import Iterator

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.ingest.check.file_progress import FileProgress
from custmetrics_cli.ingest.check.plan import ReadPlan

REPORT = "please report it, with the file if you can"


def check_row_counts(plan: ReadPlan, held: int) -> None:
    """held: rows that the host has. Raises CustmetricsError E902."""
    problems = [*_unread(plan)] or [*_unkept(plan, held)]
    if problems:
        raise CustmetricsError(*problems)


def _unread(plan: ReadPlan) -> Iterator[Problem]:
    for progress in plan.files:
        aside, apart = progress.skipped_by_scan.total(), progress.skipped_by_rule.total()
        if progress.parsed != progress.used + apart:
            yield _fault(progress, f"{progress.parsed + aside:,} rows read, but {progress.used:,} used and {apart + aside:,} set aside")


def _unkept(plan: ReadPlan, held: int) -> Iterator[Problem]:
    given = sum(progress.used + progress.kept for progress in plan.files)
    if given != held:
        yield _fault(plan.files[0], f"{given:,} rows of {plan.table.name} used, but {held:,} kept")


def _fault(progress: FileProgress, message: str) -> Problem:
    return Problem("E902", f"{message}; that is a fault of ours", Place(progress.text_file.source.path), REPORT)


def disagreement_error(progress: FileProgress) -> Problem:
    """What the fast way and the scan see differently."""
    message = "this file is read in two ways that do not agree; that is a fault of ours"
    return Problem("E901", message, Place(progress.text_file.source.path), REPORT)
