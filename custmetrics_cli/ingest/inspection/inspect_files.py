"""What each file is taken for: the facts behind `custmetrics inspect`. Whatever is wrong is told, and nothing stops at it.

The files are read by the same steps as for an answer; only the rows are looked at and not kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from custmetrics_cli.columns.day import DAY
from custmetrics_cli.core.calendar import day_number, day_of
from custmetrics_cli.core.errors import SHOWN, CustmetricsError, Problem
from custmetrics_cli.core.inspection import Inspected, InspectedColumn, Inspection
from custmetrics_cli.core.result import Notice
from custmetrics_cli.engines.base import Chunk, RowSink, TableSpec
from custmetrics_cli.ingest import warnings
from custmetrics_cli.ingest.check import policies
from custmetrics_cli.ingest.check.file_progress import FileProgress
from custmetrics_cli.ingest.check.make_plan import make_plan
from custmetrics_cli.ingest.model import InputFile, Layout, Settings, TextFile
from custmetrics_cli.ingest.observations import Observations
from custmetrics_cli.ingest.open.temp_files import Scratch
from custmetrics_cli.ingest.open.unpack import unwrap
from custmetrics_cli.ingest.parse.formats import EvidenceByColumn, explain_format, for_file, merge_presets, resolve_formats, shared_format
from custmetrics_cli.ingest.read_table import TableReader
from custmetrics_cli.ingest.recognise import across_files, identify, match_preset
from custmetrics_cli.tables import TABLES, Selection

if TYPE_CHECKING:
    from custmetrics_cli.ingest.check.batch import Batch


@dataclass(eq=False, repr=False)
class Watched(FileProgress):
    """A file on its way, whose first and last days are noted."""

    days: dict[str, tuple[int, int]] = field(default_factory=dict)

    def restart(self) -> None:
        super().restart()
        self.days.clear()

    def count(self, batch: Batch) -> None:
        super().count(batch)
        for column in self.layout.table.columns:
            if column.kind is DAY and column.name in self.layout.columns:
                days = batch.used.numbers(column.name)
                self._note(column.name, [int(d) for some in (days[days != column.empty],) if len(some) for d in (some.min(), some.max())])

    def _note(self, name: str, found: Sequence[int]) -> None:
        if found:
            known = [*self.days.get(name, ()), *found]
            self.days[name] = (min(known), max(known))


class CountingSink(RowSink):
    """A host that only counts."""

    def __init__(self) -> None:
        self._rows = 0

    def prepare(self) -> None:
        """Nothing is needed to keep nothing."""

    def clear(self, table: TableSpec) -> None:
        self._rows = 0

    def add(self, table: TableSpec, chunk: Chunk) -> None:
        self._rows += chunk.row_count

    def row_count(self, table: TableSpec) -> int:
        return self._rows


@dataclass(eq=False, repr=False)
class ReadFile:
    """One file while it is looked at."""

    path: str
    text_file: TextFile | None = None
    layout: Layout | None = None
    progress: Watched | None = None  # once its rows were read
    evidence: EvidenceByColumn = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    total: int = 0

    def note(self, problem: Problem) -> None:
        self.total += 1
        self.problems += [problem] if len(self.problems) < SHOWN else []


def inspect(files: Sequence[InputFile], settings: Settings) -> Inspected:
    """Raises CustmetricsError E186 alone, for a mapping to a column that no table has."""
    with Scratch() as scratch:
        seen = [file for given in files for file in _opened(given, settings, scratch)]
        tables = [(file.text_file, file.layout) for file in seen if file.text_file and file.layout]
        warnings: list[Notice] = []
        for name in dict.fromkeys(layout.table.name for _, layout in tables):
            warnings += _read([file for file in seen if file.layout and file.layout.table.name == name], settings, scratch)
        _attach(seen, [*across_files.wrong(tables, settings), *policies.missing_columns(tables, settings)])
        taken = shared_format([tally for file in seen for tally in file.evidence.values()], settings)
        told = tuple(_told(file, settings) for file in seen)
        order, decimal = (_unless({getattr(layout, of) for _, layout in tables}, getattr(taken, of)) for of in ("order", "decimal"))
        return Inspected(told, tuple(warnings), order, decimal)


def _unless(presets: set[str], found: str) -> str:
    """What the cells show, where no preset says otherwise of a file: what is said for all files would go before that."""
    return found if presets <= {"", found} else ""


def _opened(file: InputFile, settings: Settings, scratch: Scratch) -> list[ReadFile]:
    try:
        plains = unwrap(file, scratch, settings.encoding)
    except CustmetricsError as error:
        return [ReadFile(file.path, problems=list(error.problems), total=error.total)]
    return [_understood(plain, found) for plain, found in identify.identify_each(plains, settings, TABLES)]


def _understood(text_file: TextFile, found: Layout | Problem) -> ReadFile:
    if isinstance(found, Problem):
        return ReadFile(text_file.source.path, text_file, problems=[found], total=1)
    return ReadFile(text_file.source.path, text_file, found)


def _read(files: Sequence[ReadFile], settings: Settings, scratch: Scratch) -> list[Notice]:
    """Reads the files of one table; what is wrong goes to its file, warnings come back."""
    tables = [(file.text_file, file.layout) for file in files if file.text_file and file.layout]
    plan = make_plan(tables[0][1].table, tables, Selection(), settings)
    sources = [Watched(**vars(progress)) for progress in plan.files]
    plan = plan._replace(files=sources)
    facts = Observations(day_number(settings.today or date.today()))
    lenient = settings._replace(skip_bad_rows=True)
    gathering = TableReader(plan, lenient, CountingSink(), scratch, facts, lambda problem, _: _attach(files, [problem]))
    try:
        gathering.read()
    except CustmetricsError as error:
        _attach(files, error.problems)
        sources = []
    for file, progress in zip(files, sources, strict=False):
        file.progress = progress
    for file in files:
        file.evidence = gathering.evidence
    return list(warnings.file_warnings([plan], {plan.table.name: facts}, ())[0]) if sources else []


def _attach(files: Sequence[ReadFile], problems: Iterable[Problem]) -> None:
    """Each problem to the file it is about; one about no file to the first."""
    for problem in problems:
        next((file for file in files if file.path == problem.place.path), files[0]).note(problem)


def _told(file: ReadFile, settings: Settings) -> Inspection:
    plain, layout, progress = file.text_file, file.layout, file.progress
    told = Inspection(file.path, encoding=plain.encoding if plain else "", problems=tuple(file.problems), total=file.total)
    if layout is None:
        return told
    told = told._replace(
        table=layout.table.name,
        delimiter=layout.delimiter,
        quote=layout.quote,
        header_line=layout.header_line,
        headers=tuple(_headers(file, layout, settings)),
        absent=tuple(column.name for column in layout.table.columns if column.name not in layout.columns),
        answers=layout.table.answerable({*layout.columns, *layout.header_values}, layout.table.policy_values(settings.policies)),
        notes=(*layout.notes, *(layout.preset.notes if layout.preset else ())),
        preset=layout.preset.name if layout.preset else "",
        preset_description=match_preset.describe_preset(layout.preset) if layout.preset else "",
        missing_column_help=match_preset.missing_column_help([layout]),
        surveys=_surveys(layout),
    )
    return (
        told._replace(
            read=progress.rows,
            used=progress.used,
            excluded=dict(+(progress.skipped_by_scan + progress.skipped_by_rule)),
            currencies=_currencies(progress),
        )
        if progress
        else told
    )


def _surveys(layout: Layout) -> frozenset[str] | None:
    """What the heading of a question says; a column of kinds may hold them all."""
    asks = layout.table.questions
    return frozenset([layout.header_values[asks.kind]]) if asks and asks.kind in layout.header_values else None


def _currencies(source: Watched) -> tuple[str, ...]:
    return tuple(sorted(word for word in source.currencies if word))


def _headers(file: ReadFile, layout: Layout, settings: Settings) -> Iterator[InspectedColumn]:
    taken, fates = {at: name for name, at in layout.columns.items()}, match_preset.column_fates(layout)
    settings = merge_presets(settings, [layout])
    readings = for_file(resolve_formats(layout.table, file.evidence, settings), layout)
    for at, name in enumerate(layout.names):
        if at not in taken:
            yield InspectedColumn(name, fate=fates.get(at, ""))
            continue
        column = layout.table.by_name[taken[at]]
        days = file.progress.days.get(column.name, ()) if file.progress else ()
        text = explain_format(column, file.evidence.get(column.name), readings[column.name], settings)
        first, last = map(day_of, days) if days else (None, None)
        yield InspectedColumn(name, column.name, text, first, last)
