"""Convert one source file: read and check it, and write its part. Workers of a cluster call this for one file each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.core.errors import CustmetricsError
from custmetrics_cli.core.safety.reading import sha256
from custmetrics_cli.core.time.calendar import day_number
from custmetrics_cli.ingest.check.make_plan import column_names, make_plan
from custmetrics_cli.ingest.check.plan import ReadPlan
from custmetrics_cli.ingest.check.whole_file import check_repeats
from custmetrics_cli.ingest.converted.facts import Observed, counts_of, new_observations, observed_in
from custmetrics_cli.ingest.converted.manifest import Entry, Source, facts_of
from custmetrics_cli.ingest.converted.part_file import PartFile
from custmetrics_cli.ingest.converted.part_sink import PartSink
from custmetrics_cli.ingest.model import RecognisedFile
from custmetrics_cli.ingest.open.temp_files import Scratch
from custmetrics_cli.ingest.read_table import TableReader
from custmetrics_cli.ingest.refused_cells import check_cells
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.tables import Table
from custmetrics_cli.tables.shared.table import Selection

if TYPE_CHECKING:
    from custmetrics_cli.ingest.repair.scan import Rejected


class Job(NamedTuple):
    """A conversion, as far as each file needs it."""

    folder: Path  # in which the folders of the tables are made
    settings: Settings
    elsewhere: Mapping[str, Collection[str]] = {}  # "order" and "decimal" -> those of the table's other files with the same header
    rejected: Rejected | None = None  # receives the rows that --skip-bad-rows skips


class Task(NamedTuple):
    """One file to convert."""

    file: RecognisedFile
    number: int  # of the file among those of its table
    elsewhere: Mapping[str, Collection[str]] = {}  # "order" and "decimal" -> those of the table's other files with the same header


Converter = Callable[[Sequence[Task], Job], Sequence["Entry | CustmetricsError"]]
"""A function that converts files, and returns the entry or the error of each."""
NOT_WRITTEN = PartFile("", 0, 0, "")


def part_name(number: int) -> str:
    """Return the name of the files of a source, by its number among the sources of its table.

    >>> part_name(12)
    'part-00012.parquet'
    """
    return f"part-{number:05}.parquet"


def convert_file(file: RecognisedFile, number: int, job: Job, scratch: Scratch) -> Entry:
    """Write the part of a file, and return its entry in the manifest. number: of the file in its table.

    Raises CustmetricsError as for a metric that reads all columns, OSError if the part cannot be written.
    """
    settings = job.settings
    plan = _plan(file, settings)
    check_cells([plan], settings)
    observations = new_observations(day_number(settings.today or date.today()))
    source = _source(file)
    with closing(PartSink(plan, scratch)) as sink:
        reader = TableReader(plan, settings, sink, scratch, observations, job.rejected, sink, job.elsewhere)
        reader.read()
        observations.check_sums(plan)
        check_repeats(plan)
        entry = _entry(plan, source, sink.kept, observed_in(observations, plan, reader.evidence))
        written = sink.write(job.folder, part_name(number), facts_of(entry))
    return entry._replace(columns=written.columns, words=dict(plan.split_columns), part=written.used, skipped_part=written.skipped)


def _source(file: RecognisedFile) -> Source:
    text_file = file.text_file
    digest = sha256(text_file.original)
    return Source(text_file.source.path, digest, text_file.encoding, text_file.nuls, file.layout, text_file.reshaped)


def _entry(plan: ReadPlan, source: Source, kept: Mapping[int, int], observed: Observed) -> Entry:
    """Return the entry of a file that was read, before its part is written."""
    (progress,) = plan.files
    source = source._replace(nuls=progress.text_file.nuls, encoding=progress.text_file.encoding)
    skipped = {reason: rows for reason, rows in (progress.skipped_by_scan + progress.skipped_by_rule).items() if rows}
    counts = counts_of(progress)
    return Entry(plan.table.name, source, progress.rows, progress.used, skipped, kept, {}, {}, counts, observed, NOT_WRITTEN, None)


def _plan(file: RecognisedFile, settings: Settings) -> ReadPlan:
    """Return the plan for all columns, in which each skipped row is kept if a metric may count it."""
    table = file.layout.table
    selection = Selection(words=[*column_names([file])], reads=_reads(table), everything=True)
    plan = make_plan(table, [file], selection, settings)
    keys = {column.as_key for column in table.columns if column.kind.is_key}
    rules = frozenset(range(1, len(file.layout.reasons) + 1))
    return plan._replace(reads=tuple(name for name in plan.reads if name not in keys), kept_rules=rules)


def _reads(table: Table) -> list[str]:
    """Return the columns that are made only if a definition reads them."""
    return [derived.name for derived in table.derived if derived.on_demand]
