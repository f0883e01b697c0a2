"""What each file is taken for: the facts behind `custmetrics inspect`. Whatever is wrong is told, and nothing stops at it.

The files are read by the same steps as for an answer; only the rows are looked at and not kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import pyarrow as pa

from custmetrics_cli.columns.day import DAY
from custmetrics_cli.core.calendar import day_number, day_of
from custmetrics_cli.core.errors import SHOWN, CustmetricsError, Problem
from custmetrics_cli.core.inspection import Inspected, InspectedColumn, Inspection
from custmetrics_cli.core.result import Notice
from custmetrics_cli.ingest import warnings
from custmetrics_cli.ingest.check import policies
from custmetrics_cli.ingest.check.file_progress import FileProgress
from custmetrics_cli.ingest.check.make_plan import planned
from custmetrics_cli.ingest.check.plan import ReadPlan
from custmetrics_cli.ingest.model import InputFile, Layout, Settings, TextFile
from custmetrics_cli.ingest.observations import Observations
from custmetrics_cli.ingest.open.temp_files import Scratch
from custmetrics_cli.ingest.open.unpack import unwrap
from custmetrics_cli.ingest.parse.formats import Tallies, explain_format, for_file, merge_presets, resolve_formats, shared_format
from custmetrics_cli.ingest.read_table import TableReader
from custmetrics_cli.ingest.recognise import across_files, identify, match_preset
from custmetrics_cli.tables import TABLES, Selection

if TYPE_CHECKING:
    from custmetrics_cli.ingest.check.batch import Batch


@dataclass(eq=False, repr=False)
class Watched(FileProgress):
    """A file on its way, whose first and last days are noted."""

    days: dict[str, tuple[int, int]] = field(default_factory=dict)

    def begin(self) -> None:
        super().restart()
        self.days.clear()

    def count(self, batch: Batch) -> None:
        super().count(batch)
        for column in self.layout.table.columns:
            if column.kind is DAY and column.name in self.layout.columns:
                days = batch.used.number(column.name)
                self._note(column.name, [int(d) for some in (days[days != column.empty],) if len(some) for d in (some.min(), some.max())])

    def _note(self, name: str, found: Sequence[int]) -> None:
        if found:
            known = [*self.days.get(name, ()), *found]
            self.days[name] = (min(known), max(known))


class CountingSink:
    """A host that only counts."""

    ids = pa.string()

    def __init__(self) -> None:
        self._rows = 0

    def ready(self) -> None:
        """Nothing is needed to keep nothing."""

    def clear(self, plan: ReadPlan) -> None:
        self._rows = 0

    def add(self, plan: ReadPlan, batch: Batch) -> None:
        self._rows += batch.kept.rows

    def held(self, plan: ReadPlan) -> int:
        return self._rows


@dataclass(eq=False, repr=False)
class Seen:
    """One file while it is looked at."""

    path: str
    plain: TextFile | None = None
    shape: Layout | None = None
    source: Watched | None = None  # once its rows were read
    tallies: Tallies = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    total: int = 0

    def note(self, problem: Problem) -> None:
        self.total += 1
        self.problems += [problem] if len(self.problems) < SHOWN else []


def inspect(givens: Sequence[InputFile], settings: Settings) -> Inspected:
    """Raises CustmetricsError E186 alone, for a mapping to a column that no table has."""
    with Scratch() as scratch:
        seen = [file for given in givens for file in _opened(given, settings, scratch)]
        tables = [(file.plain, file.shape) for file in seen if file.plain and file.shape]
        warnings: list[Notice] = []
        for name in dict.fromkeys(shape.table.name for _, shape in tables):
            warnings += _read([file for file in seen if file.shape and file.shape.table.name == name], settings, scratch)
        _attach(seen, [*across_files.wrong(tables, settings), *policies.missing_columns(tables, settings)])
        taken = shared_format([tally for file in seen for tally in file.tallies.values()], settings)
        told = tuple(_told(file, settings) for file in seen)
        order, decimal = (_unless({getattr(shape, of) for _, shape in tables}, getattr(taken, of)) for of in ("order", "decimal"))
        return Inspected(told, tuple(warnings), order, decimal)


def _unless(presets: set[str], found: str) -> str:
    """What the cells show, where no preset says otherwise of a file: what is said for all files would go before that."""
    return found if presets <= {"", found} else ""


def _opened(given: InputFile, settings: Settings, scratch: Scratch) -> list[Seen]:
    try:
        plains = unwrap(given, scratch, settings.encoding)
    except CustmetricsError as error:
        return [Seen(given.path, problems=list(error.problems), total=error.total)]
    return [_understood(plain, found) for plain, found in identify.identify_each(plains, settings, TABLES)]


def _understood(plain: TextFile, found: Layout | Problem) -> Seen:
    if isinstance(found, Problem):
        return Seen(plain.input.path, plain, problems=[found], total=1)
    return Seen(plain.input.path, plain, found)


def _read(files: Sequence[Seen], settings: Settings, scratch: Scratch) -> list[Notice]:
    """Reads the files of one table; what is wrong goes to its file, warnings come back."""
    tables = [(file.plain, file.shape) for file in files if file.plain and file.shape]
    plan = planned(tables[0][1].table, tables, Selection(), settings)
    sources = [Watched(**vars(source)) for source in plan.inputs]
    plan = plan._replace(inputs=sources)
    facts = Observations(day_number(settings.today or date.today()))
    lenient = settings._replace(skip_bad_rows=True)
    gathering = TableReader(plan, lenient, CountingSink(), scratch, facts, lambda problem, _: _attach(files, [problem]))
    try:
        gathering.run()
    except CustmetricsError as error:
        _attach(files, error.problems)
        sources = []
    for file, source in zip(files, sources, strict=False):
        file.source = source
    for file in files:
        file.tallies = gathering.tallies
    return list(warnings.file_warnings([plan], {plan.table.name: facts}, ())[0]) if sources else []


def _attach(files: Sequence[Seen], problems: Iterable[Problem]) -> None:
    """Each problem to the file it is about; one about no file to the first."""
    for problem in problems:
        next((file for file in files if file.path == problem.place.path), files[0]).note(problem)


def _told(file: Seen, settings: Settings) -> Inspection:
    plain, shape, source = file.plain, file.shape, file.source
    told = Inspection(file.path, encoding=plain.encoding if plain else "", problems=tuple(file.problems), total=file.total)
    if shape is None:
        return told
    told = told._replace(
        table=shape.table.name,
        delimiter=shape.delimiter,
        quote=shape.quote,
        header_line=shape.header_line,
        headers=tuple(_headers(file, shape, settings)),
        absent=tuple(column.name for column in shape.table.columns if column.name not in shape.columns),
        answers=shape.table.answerable({*shape.columns, *shape.header_values}, shape.table.policy_values(settings.policies)),
        notes=(*shape.notes, *(shape.preset.notes if shape.preset else ())),
        preset=shape.preset.name if shape.preset else "",
        whose=match_preset.describe_preset(shape.preset) if shape.preset else "",
        lacks=match_preset.missing_column_help([shape]),
        surveys=_surveys(shape),
    )
    return (
        told._replace(
            read=source.rows, used=source.used, excluded=dict(+(source.skipped_by_scan + source.excluded)), currencies=_currencies(source)
        )
        if source
        else told
    )


def _surveys(shape: Layout) -> frozenset[str] | None:
    """What the heading of a question says; a column of kinds may hold them all."""
    asks = shape.table.questions
    return frozenset([shape.header_values[asks.kind]]) if asks and asks.kind in shape.header_values else None


def _currencies(source: Watched) -> tuple[str, ...]:
    return tuple(sorted(word for word in source.currencies if word))


def _headers(file: Seen, shape: Layout, settings: Settings) -> Iterator[InspectedColumn]:
    taken, fates = {at: name for name, at in shape.columns.items()}, match_preset.column_fates(shape)
    settings = merge_presets(settings, [shape])
    readings = for_file(resolve_formats(shape.table, file.tallies, settings), shape)
    for at, name in enumerate(shape.names):
        if at not in taken:
            yield InspectedColumn(name, fate=fates.get(at, ""))
            continue
        column = shape.table.by_name[taken[at]]
        days = file.source.days.get(column.name, ()) if file.source else ()
        text = explain_format(column, file.tallies.get(column.name), readings[column.name], settings)
        first, last = map(day_of, days) if days else (None, None)
        yield InspectedColumn(name, column.name, text, first, last)
