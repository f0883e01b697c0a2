"""Check the files of a table together before each is converted by itself: the folder cannot tell which rows several files hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from custmetrics_cli.core.errors import Choice, CustmetricsError, pass_one
from custmetrics_cli.core.time.calendar import day_number
from custmetrics_cli.ingest.check.make_plan import make_plan
from custmetrics_cli.ingest.check.plan import ReadPlan
from custmetrics_cli.ingest.inspection.file_inspection import CountingSink
from custmetrics_cli.ingest.model import Layout, RecognisedFile, Remark
from custmetrics_cli.ingest.observations import Observations
from custmetrics_cli.ingest.open.temp_files import Scratch
from custmetrics_cli.ingest.overlap.judge import COUNT_ONCE
from custmetrics_cli.ingest.read_table import TableReader
from custmetrics_cli.ingest.settings import KEEP, REFUSE, Settings
from custmetrics_cli.tables import TABLES
from custmetrics_cli.tables.shared.table import Selection

CONVERT_ONCE = "to count them once, convert only the newest file"


def check_overlaps(files: Sequence[RecognisedFile], settings: Settings, scratch: Scratch) -> list[RecognisedFile]:
    """Return the files with the doubts about rows that several of them hold. Raises CustmetricsError E355.

    Other problems are found by the conversion of each file.
    """
    found: dict[str, list[Remark]] = {}
    for table in dict.fromkeys(file.layout.table.name for file in files if settings.overlap != KEEP):
        own = [file for file in files if file.layout.table.name == table]
        if len(own) > 1 and TABLES[table].row_id is not None:
            plan = make_plan(TABLES[table], own, Selection(), settings._replace(overlap=REFUSE))
            _read(plan, settings._replace(overlap=REFUSE, rejects="", skip_bad_rows=True), scratch)
            found |= {progress.text_file.source.path: progress.remarks for progress in plan.files}
    return [file._replace(layout=_with(file.layout, found.get(file.text_file.source.path, ()))) for file in files]


def _with(layout: Layout, remarks: Iterable[Remark]) -> Layout:
    """Return the layout with doubts that are told with each answer from the folder."""
    told = tuple(each._replace(text=each.text.replace(COUNT_ONCE, CONVERT_ONCE)) for each in remarks)
    return layout._replace(remarks=layout.remarks._replace(warnings=(*layout.remarks.warnings, *told)))


def _read(plan: ReadPlan, settings: Settings, scratch: Scratch) -> None:
    observations = Observations(day_number(settings.today) if settings.today else 0)
    try:
        TableReader(plan, settings, CountingSink(), scratch, observations).read()
    except CustmetricsError as error:
        if error.problems[0].code == "E355":
            keep = (Choice("overlap", KEEP),)
            hint = f"convert only the newest file, or {pass_one(keep)} to count all rows"
            raise CustmetricsError(*(each._replace(hint=hint, choices=keep) for each in error.problems), total=error.total) from None
