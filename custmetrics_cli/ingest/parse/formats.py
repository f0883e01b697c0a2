"""The formats of columns (date order, decimal mark, time zone), decided for each file.

A format that neither the cells of a file nor the user settle is taken from other columns of the file. Only then is it taken from other
files with the same headers. A format that is still open, or on which these differ, is never guessed: the error shows both readings.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from zoneinfo import ZoneInfo

from custmetrics_cli.columns import Ambiguity, ColumnFormat, FormatEvidence
from custmetrics_cli.core.errors import Choice, Problem, pass_one
from custmetrics_cli.ingest.model import Layout
from custmetrics_cli.ingest.parse.distinct import DistinctTexts, gather_evidence
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.tables import Table
from custmetrics_cli.tables.shared.column import Column

EvidenceByColumn = Mapping[str, FormatEvidence]
Formats = Mapping[str, ColumnFormat]
SHOWN_FILES = 3  # in a hint


class FormattedFile(NamedTuple):
    """A file of a table, as far as its formats depend on it."""

    path: str
    layout: Layout


class Unclear(NamedTuple):
    """A column of a file that can be read in two ways."""

    problem: Problem
    file: int
    column: str
    text: str  # shows it


@dataclass(eq=False, repr=False)
class TableEvidence:
    """The evidence about the formats of a table's files. Files are numbered from 0."""

    table: Table
    settings: Settings
    files: Sequence[FormattedFile]
    by_file: dict[int, EvidenceByColumn] = field(default_factory=dict)
    elsewhere: Mapping[str, Collection[str]] = field(default_factory=dict)  # "order" and "decimal" -> those of files read elsewhere

    def add(self, file: int, cells: Mapping[str, DistinctTexts]) -> None:
        """Add the evidence in some cells of a file."""
        evidence = dict(self.by_file.get(file, {}))
        for column in self.table.columns:
            if column.kind.gather and column.name in cells:
                added = gather_evidence(column.kind.gather, cells[column.name])
                evidence[column.name] = evidence[column.name] + added if column.name in evidence else added
        self.by_file[file] = evidence

    @property
    def by_column(self) -> EvidenceByColumn:
        """The evidence of all files together."""
        merged: dict[str, FormatEvidence] = {}
        for evidence in self.by_file.values():
            merged |= {name: merged[name] + each if name in merged else each for name, each in evidence.items()}
        return merged

    def formats(self, file: int) -> Formats:
        """Return the formats of a file's columns. An ambiguous one is resolved somehow: ask `unclear` before using it."""
        evidence = self.by_file.get(file, {})
        settings = self._settings(file)
        base = {
            column.name: user_format(settings, column.is_end, column.rounds_up)._replace(months=column.whole_months)
            for column in self.table.columns
        }
        base |= {name: each.resolve(self._completed(file, each, base[name])) for name, each in evidence.items()}
        fixed = bool(settings.order or settings.decimal)
        return _for_file(base, self.files[file].layout, fixed)

    def unclear(self) -> Iterator[Unclear]:
        """Yield each column of a file that can be read in two ways."""
        for file, evidence in self.by_file.items():
            user = user_format(self._settings(file))
            for name, each in evidence.items():
                if ambiguity := each.ambiguity(self._completed(file, each, user)):
                    yield Unclear(self._problem(file, name, each, ambiguity), file, name, each.sample)

    def explain(self, file: int, column: Column) -> str:
        """Return how a column of a file is read and why, in words."""
        evidence = self.by_file.get(file, {}).get(column.name)
        user, used = user_format(self._settings(file)), self.formats(file)[column.name]
        completed = self._completed(file, evidence, user) if evidence else user
        text = evidence.explain(completed, used) if evidence else ""
        return (text.replace("as set", "as other cells show") if completed != user else text) or column.kind.about

    def _settings(self, file: int) -> Settings:
        """Return the settings with the formats that an option sets for this file, or its preset."""
        path, layout = self.files[file]
        decimal = "" if layout.formats.is_typed else self.settings.decimal
        return self.settings._replace(
            order=_of_path(self.settings.file_orders, path) or self.settings.order or layout.formats.order,
            decimal=_of_path(self.settings.file_decimals, path) or decimal or layout.formats.decimal,
            ends="inclusive" if layout.formats.inclusive else self.settings.ends,
        )

    def _completed(self, file: int, evidence: FormatEvidence, user: ColumnFormat) -> ColumnFormat:
        """Return the user's format, completed for an ambiguous column from other columns, else from other files."""
        ambiguity = evidence.ambiguity(user)
        if not ambiguity:
            return user
        part = ambiguity.choices[0].option.removeprefix("date-")
        known = self.settled(file, part)
        if not known:
            header = self.files[file].layout.header
            same = (other for other, (_, layout) in enumerate(self.files) if other != file and layout.header == header)
            known = {value for other in same for value in self.settled(other, part)} | {*self.elsewhere.get(part, ())}
        value = known.pop() if len(known) == 1 else ""
        if value not in {choice.value for choice in ambiguity.choices}:
            return user
        return user._replace(order=value) if part == "order" else user._replace(decimal=value)

    def settled(self, file: int, part: str) -> set[str]:
        """Return the date orders or decimal marks that the columns of a file have without doubt."""
        user = user_format(self._settings(file))
        evidence = self.by_file.get(file, {}).values()
        return {getattr(each.resolve(user), part) for each in evidence if not each.ambiguity(user)} - {""}

    def _problem(self, file: int, name: str, evidence: FormatEvidence, ambiguity: Ambiguity) -> Problem:
        """Return the question. Its choices name the file if another file is read differently by one of them."""
        part = ambiguity.choices[0].option.removeprefix("date-")
        differ = any(self.settled(other, part) for other in self.by_file)
        path = self.files[file].path
        choices = tuple(Choice(each.option, f"{path}={each.value}", each.label) if differ else each for each in ambiguity.choices)
        message = f"{name}: {evidence.sample!r} is {evidence.interpretations}; no cell of the column settles it"
        return Problem(ambiguity.code, message, hint=pass_one(choices), choices=choices)


def unknown_files(settings: Settings, paths: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each file that --date-order or --decimal names and that is not an input."""
    known = {*paths, *(path.rpartition("/")[2] for path in paths)}
    for option, values in (("date-order", settings.file_orders), ("decimal", settings.file_decimals)):
        for name, value in values.items():
            if name not in known:
                choices = tuple(Choice(option, f"{path}={value}") for path in sorted(paths)[:SHOWN_FILES])
                yield Problem("E420", f"--{option} {name}={value}: '{name}' is not an input file", hint=pass_one(choices), choices=choices)


def _of_path(values: Mapping[str, str], path: str) -> str:
    """Return the value for a path, or for the name of its file."""
    return values.get(path, values.get(path.rpartition("/")[2], ""))


def user_format(settings: Settings, end: bool = False, late: bool = False) -> ColumnFormat:
    """Return the format as far as the user set it. end, late: as in Column."""
    return ColumnFormat(
        order=settings.order,
        decimal=settings.decimal,
        positive=settings.positive,
        tz=None if settings.tz == "UTC" else ZoneInfo(settings.tz),
        end=end or late,
        inclusive=end and settings.ends == "inclusive",
    )


def _for_file(formats: Formats, layout: Layout, fixed: bool) -> Formats:
    """Return the formats with the time zones of the file's header, and what its preset sets."""
    epoch = layout.preset is not None and layout.preset.epoch
    return {
        name: each._replace(zone=layout.formats.zones.get(name, ""), cents=layout.formats.cents, fixed=fixed, epoch=epoch)
        for name, each in formats.items()
    }


def shared_value(tables: Iterable[TableEvidence], settings: Settings, part: str) -> str:
    """Return the date order or the decimal mark that all columns of all files need; "" where they need none or differ.

    A file whose preset sets another one does not share it.
    """
    user = user_format(settings)
    columns = [each for table in tables for file in table.by_file.values() for each in file.values()]
    value = getattr(user, part) or _only(getattr(each.resolve(user), part) for each in columns if not each.ambiguity(user))
    presets = {getattr(layout.formats, part) for table in tables for _, layout in table.files}
    return value if presets <= {"", value} else ""


def _only(texts: Iterable[str]) -> str:
    distinct = {*texts} - {""}
    return distinct.pop() if len(distinct) == 1 else ""
