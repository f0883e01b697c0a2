"""The shape of each file, or why it has none. What was found in a folder and is no table of ours is set aside; what was named is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem, near
from custmetrics_cli.ingest.model import Layout, Settings, TextFile
from custmetrics_cli.ingest.recognise import across_files, header_position, layout, preset_conflicts, sections, unrecognised
from custmetrics_cli.ingest.recognise.across_files import Decided
from custmetrics_cli.ingest.recognise.candidates import DEEPEST, HeaderSearch, said_of
from custmetrics_cli.ingest.recognise.head import read_head
from custmetrics_cli.ingest.recognise.match_preset import AvailablePresets
from custmetrics_cli.ingest.recognise.match_table import MatchOptions
from custmetrics_cli.ingest.recognise.sections import Section
from custmetrics_cli.presets import presets
from custmetrics_cli.tables import Selection, Table

NONE: Mapping[str, Selection] = {}


def identify(
    plains: Sequence[TextFile], settings: Settings, tables: Mapping[str, Table], selections: Mapping[str, Selection] = NONE
) -> tuple[Decided, list[Problem]]:
    """The files that are tables, and for each that is set aside the reason. Raises E172, E186 to E189, E301 to E318.

    wanted: the tables that are asked for: of these it is said which one a file comes nearest to.
    """
    decided: Decided = []
    aside: list[Problem] = []
    problems: list[Problem] = []
    for plain, found in identify_each(plains, settings, tables, selections):
        if isinstance(found, Layout):
            decided.append((plain, found))
        else:
            (problems if plain.source.is_named else aside).append(found)
    problems = problems or ([] if decided else aside) or across_files.find_conflicts(decided, settings)
    if problems:
        raise CustmetricsError(*problems)
    return decided, aside


def identify_each(
    plains: Sequence[TextFile], settings: Settings, tables: Mapping[str, Table], selections: Mapping[str, Selection] = NONE
) -> list[tuple[TextFile, Layout | Problem]]:
    """Every file by itself: its shape, or what keeps it from having one. Raises E172, E186 to E189."""
    _check_names(settings.columns, tables)
    known = AvailablePresets(presets(settings.own_presets), settings.presets)
    _check_presets(known)
    return [(plain, FileIdentifier(plain, settings, tables, selections, known).identify()) for plain in plains]


@dataclass(frozen=True)
class FileIdentifier:
    """One file."""

    text_file: TextFile
    settings: Settings
    tables: Mapping[str, Table]
    selections: Mapping[str, Selection]
    presets: AvailablePresets

    def identify(self) -> Layout | Problem:
        trying = self._trying([self.tables[self.text_file.source.table]] if self.text_file.source.table else [*self.tables.values()])
        found = sections.find_sections(trying)
        if not found:
            return self._headless()
        block = sections.choose_section(found, self.selections, self.settings.header_row)
        twice = None if self.settings.header_row else sections.duplicate_table(block, found, self.text_file.source.path)
        if problem := preset_conflicts.check_preset(block.candidate, self.text_file.source.path, self.settings) or twice:
            return problem
        if block.candidate.match.missing:
            return self._unrecognised(trying, block)
        wrong = header_position.check_header_position(trying.head, block, self.text_file.source.path, bool(self.settings.header_row))
        return wrong or self._recognised(trying, block, found)

    def _trying(self, tables: Sequence[Table]) -> HeaderSearch:
        asked = MatchOptions({table.name: said_of(table, self.settings.columns) for table in self.tables.values()}, self._surveys)
        return HeaderSearch(read_head(self.text_file), self.text_file.source.path, tables, asked, self.presets, self.settings)

    @property
    def _surveys(self) -> tuple[str, ...]:
        """The kinds of survey that are asked for."""
        return tuple(kind for wanted in self.selections.values() for kind in wanted.check_context)

    def _headless(self) -> Problem:
        where = f"on line {self.settings.header_row}" if self.settings.header_row else f"in the first {DEEPEST} lines"
        return Problem(
            "E305", f"there is no header {where}", Place(self.text_file.source.path), "a table begins with a line of column names"
        )

    def _recognised(self, trying: HeaderSearch, block: Section, found: Sequence[Section]) -> Layout:
        made, others = layout.build_layout(trying.head, block.candidate, self.settings), sections.other_sections(block, found)
        last = 0 if block.last == len(trying.head.lines) else block.last
        remarks = made.remarks._replace(notes=(*made.remarks.notes, *others), other_tables=others)
        return made._replace(lines=made.lines._replace(last=last), remarks=remarks)

    def _unrecognised(self, trying: HeaderSearch, block: Section) -> Problem:
        near_to = [self.tables[name] for name in self.selections if not self.text_file.source.table]
        tried = self._trying(near_to).candidates() if near_to else []
        chosen = max(tried, key=lambda one: one.rank, default=block.candidate)
        return unrecognised.explain_unrecognised(self.text_file, trying.head, chosen, self.settings)


def _check_names(columns: Mapping[str, str], tables: Mapping[str, Table]) -> None:
    plain = {name for table in tables.values() for name in table.by_name}
    known = plain | {f"{table.name}.{name}" for table in tables.values() for name in table.by_name}
    problems = [
        Problem("E186", f"no table has a column '{name}' to map '{header}' to", hint=near(name, sorted(known if "." in name else plain)))
        for name, header in columns.items()
        if name not in known
    ]
    if problems:
        raise CustmetricsError(*problems)


def _check_presets(known: AvailablePresets) -> None:
    problems = [
        Problem("E172", f"there is no preset '{name}'", hint=near(name, known.by_name))
        for name in known.requested
        if name not in known.by_name
    ]
    if problems:
        raise CustmetricsError(*problems)
