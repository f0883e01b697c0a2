"""Check the files of a table together before each is converted by itself: the folder cannot tell which rows several files hold."""

from __future__ import annotations

from collections.abc import Sequence

from custmetrics_cli.core.errors import Choice, CustmetricsError, pass_one
from custmetrics_cli.core.time.calendar import day_number
from custmetrics_cli.ingest.check.make_plan import make_plan
from custmetrics_cli.ingest.check.plan import ReadPlan
from custmetrics_cli.ingest.inspection.file_inspection import CountingSink
from custmetrics_cli.ingest.model import RecognisedFile
from custmetrics_cli.ingest.observations import Observations
from custmetrics_cli.ingest.open.temp_files import Scratch
from custmetrics_cli.ingest.read_table import TableReader
from custmetrics_cli.ingest.settings import KEEP, REFUSE, Settings
from custmetrics_cli.tables import TABLES
from custmetrics_cli.tables.shared.table import Selection


def check_overlaps(files: Sequence[RecognisedFile], settings: Settings, scratch: Scratch) -> list[ReadPlan]:
    """Return the plans of tables with several files, whose files may hold notices. Raises CustmetricsError E355.

    Other problems are found by the conversion of each file.
    """
    plans = []
    for table in dict.fromkeys(file.layout.table.name for file in files if settings.overlap != KEEP):
        own = [file for file in files if file.layout.table.name == table]
        if len(own) > 1 and TABLES[table].row_id is not None:
            plan = make_plan(TABLES[table], own, Selection(), settings._replace(overlap=REFUSE))
            _read(plan, settings._replace(overlap=REFUSE, rejects="", skip_bad_rows=True), scratch)
            plans.append(plan)
    return plans


def _read(plan: ReadPlan, settings: Settings, scratch: Scratch) -> None:
    observations = Observations(day_number(settings.today) if settings.today else 0)
    try:
        TableReader(plan, settings, CountingSink(), scratch, observations).read()
    except CustmetricsError as error:
        if error.problems[0].code == "E355":
            keep = (Choice("overlap", KEEP),)
            hint = f"convert only the newest file, or {pass_one(keep)} to count all rows"
            raise CustmetricsError(*(each._replace(hint=hint, choices=keep) for each in error.problems), total=error.total) from None
