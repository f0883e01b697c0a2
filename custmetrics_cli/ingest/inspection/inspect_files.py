"""Inspect files for `custmetrics inspect`: open, identify and read each file, and collect all problems instead of stopping at one.

The files are read by the same steps as for a metric. Only the rows are counted and not kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.core.inspection import Inspected
from custmetrics_cli.core.result import Notice
from custmetrics_cli.core.time.calendar import day_number
from custmetrics_cli.ingest.check import policies, whole_file
from custmetrics_cli.ingest.check.make_plan import make_plan
from custmetrics_cli.ingest.inspection.describe import describe_file
from custmetrics_cli.ingest.inspection.file_inspection import CountingSink, DatedProgress, FileInspection, add_problems, recognised
from custmetrics_cli.ingest.model import InputFile, Layout
from custmetrics_cli.ingest.observations import Observations
from custmetrics_cli.ingest.open.temp_files import Scratch
from custmetrics_cli.ingest.open.unpack import unpack, watch
from custmetrics_cli.ingest.parse.formats import shared_value, unknown_files
from custmetrics_cli.ingest.read_table import TableReader
from custmetrics_cli.ingest.recognise.across_files import find_conflicts
from custmetrics_cli.ingest.recognise.identify import identify_each
from custmetrics_cli.ingest.refused_cells import refused_cells
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.ingest.snapshots.reshape import reshape_all
from custmetrics_cli.ingest.warnings import file_warnings
from custmetrics_cli.tables import TABLES
from custmetrics_cli.tables.shared.table import Selection


def inspect(inputs: Sequence[InputFile], settings: Settings) -> Inspected:
    """Return a description of every file. Raises E172 and E186 to E189 only; all other problems are collected."""
    with Scratch(settings.max_unpacked) as scratch, watch(inputs):
        files = [file for each in inputs for file in _open(each, settings, scratch)]
        warnings = _read_tables(files, settings, scratch)
        add_problems(files, unknown_files(settings, [file.path for file in files]))
        add_problems(files, find_conflicts(recognised(files), settings))
        add_problems(files, policies.missing_columns(recognised(files), settings))
    descriptions = tuple(describe_file(file, settings) for file in files)
    tables = {id(file.evidence): file.evidence for file in files if file.evidence}.values()
    order, decimal = (shared_value(tables, settings, part) for part in ("order", "decimal"))
    return Inspected(descriptions, tuple(warnings), order, decimal)


def _open(file: InputFile, settings: Settings, scratch: Scratch) -> list[FileInspection]:
    """Unpack an input and identify the table of each file in it."""
    try:
        text_files = reshape_all(unpack(file, scratch, settings.encoding), settings, scratch)
    except CustmetricsError as error:
        return [FileInspection(file.path, problems=list(error.problems), total=error.total)]
    files = []
    results = identify_each(text_files, settings, TABLES)
    is_known = any(isinstance(result, Layout) for _, result in results)
    for text_file, result in results:
        may_be_skipped = is_known and not text_file.source.is_named
        file_inspection = FileInspection(text_file.source.path, text_file, may_be_skipped=may_be_skipped)
        if isinstance(result, Problem):
            file_inspection.add_problem(result)
        else:
            file_inspection.layout = result
        files.append(file_inspection)
    return files


def _read_tables(files: Sequence[FileInspection], settings: Settings, scratch: Scratch) -> list[Notice]:
    """Read the files of each table together, and return the warnings."""
    by_table: dict[str, list[FileInspection]] = {}
    for file in files:
        if file.layout:
            by_table.setdefault(file.layout.table.name, []).append(file)
    return [warning for table, group in by_table.items() for warning in _read_table(table, group, settings, scratch)]


def _read_table(table: str, files: Sequence[FileInspection], settings: Settings, scratch: Scratch) -> Sequence[Notice]:
    """Read the files of one table: fill in their progress and evidence, and return the warnings."""
    plan = make_plan(TABLES[table], recognised(files), Selection(), settings)
    progresses = [DatedProgress(**vars(progress)) for progress in plan.files]
    plan = plan._replace(files=progresses)
    observations = Observations(day_number(settings.today or date.today()))
    add_problems(files, refused_cells(plan, settings))
    tolerant = settings._replace(skip_bad_rows=True)
    reader = TableReader(plan, tolerant, CountingSink(), scratch, observations, lambda problem, _: add_problems(files, [problem]))
    try:
        reader.read()
    except CustmetricsError as error:
        add_problems(files, error.problems)
        progresses = []
    try:
        whole_file.check_rows_left(plan)
        whole_file.check_repeats(plan)
    except CustmetricsError as error:
        add_problems(files, error.problems)
    observations.finish(plan)
    for number, file in enumerate(files):
        file.evidence, file.number, file.last_day = reader.evidence, number, observations.newest
    for file, progress in zip(files, progresses, strict=False):
        file.progress = progress
    return file_warnings([plan], {table: observations}, ())[0] if progresses else ()
