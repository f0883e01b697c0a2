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
    for source in plan.inputs:
        aside, apart = source.skipped_by_scan.total(), source.excluded.total()
        if source.parsed != source.used + apart:
            yield _fault(source, f"{source.parsed + aside:,} rows read, but {source.used:,} used and {apart + aside:,} set aside")


def _unkept(plan: ReadPlan, held: int) -> Iterator[Problem]:
    given = sum(source.used + source.kept for source in plan.inputs)
    if given != held:
        yield _fault(plan.inputs[0], f"{given:,} rows of {plan.table.name} used, but {held:,} kept")


def _fault(source: FileProgress, message: str) -> Problem:
    return Problem("E902", f"{message}; that is a fault of ours", Place(source.text_file.input.path), REPORT)


def disagreement_error(source: FileProgress) -> Problem:
    """What the fast way and the scan see differently."""
    message = "this file is read in two ways that do not agree; that is a fault of ours"
    return Problem("E901", message, Place(source.text_file.input.path), REPORT)
