"""Refuse the cells of workbooks and databases whose value is not known, if a question reads their column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from custmetrics_cli.core.errors import SHOWN, CustmetricsError, Place, Problem
from custmetrics_cli.ingest.check.file_progress import FileProgress
from custmetrics_cli.ingest.check.noise_rows import TOTAL_WORD
from custmetrics_cli.ingest.check.plan import ReadPlan
from custmetrics_cli.ingest.model import RefusedCell
from custmetrics_cli.ingest.settings import Settings


def check_cells(plans: Iterable[ReadPlan], settings: Settings) -> None:
    """Raises E219 to E222."""
    problems = [problem for plan in plans for problem in refused_cells(plan, settings)]
    if problems:
        raise CustmetricsError(*problems[:SHOWN], total=len(problems))


def refused_cells(plan: ReadPlan, settings: Settings) -> list[Problem]:
    """Return the problem of each cell that is read and has no value. Total rows are skipped, so their cells do not matter."""
    return [problem for progress in plan.files for problem in _refused(plan, progress, settings)]


def _refused(plan: ReadPlan, progress: FileProgress, settings: Settings) -> Iterator[Problem]:
    names = {at + 1: name for name, at in progress.csv_part.positions.items()}
    lines, path = progress.layout.lines, progress.text_file.source.path
    for cell in progress.text_file.refused:
        is_row = lines.data <= cell.row <= (lines.last or cell.row) and not TOTAL_WORD.match(cell.first)
        if is_row and cell.column in names and not _is_counted(cell, names[cell.column], plan, settings):
            place = Place(path, cell.row + progress.text_file.row_shift)
            yield Problem(cell.code, f"{names[cell.column]}: {cell.message}", place, cell.hint)


def _is_counted(cell: RefusedCell, name: str, plan: ReadPlan, settings: Settings) -> bool:
    """Return whether the row of a cell is skipped and counted: the text of an error (E219) is not a number or a day."""
    kind = plan.table.kinds.get(name)
    return settings.skip_bad_rows and cell.code == "E219" and kind is not None and kind.can_fail
