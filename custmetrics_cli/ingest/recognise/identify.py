"""Identify the table of each file, and its layout.

If its table is unknown, a file in a folder is skipped with a warning, but a file that the user names is an error.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem, near
from custmetrics_cli.ingest.model import Layout, RecognisedFile, TextFile
from custmetrics_cli.ingest.recognise.across_files import find_conflicts
from custmetrics_cli.ingest.recognise.candidates import LAST_HEADER_LINE, HeaderCandidate, HeaderSearch
from custmetrics_cli.ingest.recognise.first_row import check_header_position
from custmetrics_cli.ingest.recognise.head import read_head
from custmetrics_cli.ingest.recognise.layout import build_layout
from custmetrics_cli.ingest.recognise.match_preset import AvailablePresets
from custmetrics_cli.ingest.recognise.match_table import MatchOptions, mapping_for
from custmetrics_cli.ingest.recognise.preset_conflicts import check_preset
from custmetrics_cli.ingest.recognise.questions.answers_in_words import unknown_words_problem
from custmetrics_cli.ingest.recognise.roles.refine import Refiner
from custmetrics_cli.ingest.recognise.roles.reshaped import settled, with_reading
from custmetrics_cli.ingest.recognise.sections import Section, check_duplicate_table, choose_section, describe_others, find_sections
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.presets import presets
from custmetrics_cli.tables import Table
from custmetrics_cli.tables.shared.table import Selection

NO_SELECTIONS: Mapping[str, Selection] = {}


def identify(
    text_files: Sequence[TextFile], settings: Settings, tables: Mapping[str, Table], selections: Mapping[str, Selection] = NO_SELECTIONS
) -> tuple[list[RecognisedFile], list[Problem]]:
    """Return the recognised files, and the reason for each file that is skipped. Raises E172, E186 to E189, E301 to E318.

    selections: the wanted tables. Messages compare an unknown file with these tables only.
    """
    files: list[RecognisedFile] = []
    skipped: list[Problem] = []
    problems: list[Problem] = []
    for text_file, result in identify_each(text_files, settings, tables, selections):
        if isinstance(result, Layout):
            files.append(RecognisedFile(text_file, result))
        else:
            (problems if text_file.source.is_named else skipped).append(result)
    problems = problems or ([] if files else skipped) or find_conflicts(files, settings)
    problems = problems or _find_other_table(files, settings, tables, selections)
    if problems:
        raise CustmetricsError(*problems)
    return files, skipped


def _find_other_table(
    files: Sequence[RecognisedFile], settings: Settings, tables: Mapping[str, Table], selections: Mapping[str, Selection]
) -> list[Problem]:
    """Return E339 if the only file was read as a table that the question does not need, but may be one that it needs."""
    file, *others = files
    if others or not selections or file.layout.table.name in selections or file.text_file.source.table:
        return []
    available = AvailablePresets({}, ())
    problem = FileIdentifier(file.text_file, settings, tables, selections, available).find_other_table(file.layout)
    return [problem] if problem else []


def identify_each(
    text_files: Sequence[TextFile], settings: Settings, tables: Mapping[str, Table], selections: Mapping[str, Selection] = NO_SELECTIONS
) -> list[tuple[TextFile, Layout | Problem]]:
    """Return the layout of each file by itself, or the problem with it. Raises E172, E186 to E189."""
    _check_mapped_columns(settings.columns, tables)
    available = AvailablePresets(presets(settings.own_presets), settings.presets)
    available.check()
    return [(file, FileIdentifier(*settled(file, settings), tables, selections, available).identify()) for file in text_files]


@dataclass(frozen=True)
class FileIdentifier:
    """Identifies the table of one file."""

    text_file: TextFile
    settings: Settings
    tables: Mapping[str, Table]
    selections: Mapping[str, Selection]
    presets: AvailablePresets

    def identify(self) -> Layout | Problem:
        if self.text_file.shape_problem:
            return self.text_file.shape_problem
        table, path = self.text_file.source.table, self.text_file.source.path
        search = self._search([self.tables[table]] if table else [*self.tables.values()])
        sections = find_sections(search)
        if not sections:
            return self._no_header()
        chosen = choose_section(sections, self.selections, self.settings.header_row)
        others = [section for section in sections if section is not chosen]
        section, question = self._refine(chosen, search)
        problem = check_preset(section.candidate, path, self.settings)
        if not problem and not self.settings.header_row:
            problem = check_duplicate_table(section, others, path)
        if not problem and section.candidate.match.missing:
            wave = self._one_wave(search)
            if wave:
                section, question = section._replace(candidate=wave), None
            elif wanted := self._as_wanted():
                section, question = self._refine(section._replace(candidate=wanted), search)
            else:
                problem = self._explain(search, section)
        problem = problem or check_header_position(search.head, section, path, self.settings.header_row) or question
        if problem:
            return problem
        layout = self._layout(search, section, others)
        return unknown_words_problem(layout, path) or layout

    def find_other_table(self, layout: Layout) -> Problem | None:
        """Return E339 if the file may be another table than the one that it was read as."""
        from custmetrics_cli.ingest.recognise.roles.other_table import other_table

        search = self._search([self.tables[name] for name in self.selections])
        closest = max(search.candidates(), key=lambda candidate: candidate.rank, default=None)
        return other_table(layout, closest, search.head, self.text_file.source.path) if closest else None

    def _refine(self, section: Section, search: HeaderSearch) -> tuple[Section, Problem | None]:
        """Complete the columns by their cells. Return the question that they leave open, too."""
        refiner = Refiner(section.candidate, search.head, self.text_file.source, self.settings, self.selections)
        candidate, question = refiner.refine()
        return section._replace(candidate=candidate), question

    def _search(self, tables: Sequence[Table]) -> HeaderSearch:
        mappings = {table.name: mapping_for(table, self.settings.columns) for table in self.tables.values()}
        surveys = tuple(kind for selection in self.selections.values() for kind in selection.check_context)
        options = MatchOptions(mappings, surveys)
        settings = self.settings._replace(delimiter=",", quote='"') if self.text_file.is_typed else self.settings
        return HeaderSearch(read_head(self.text_file), self.text_file.source.path, tables, options, self.presets, settings)

    def _wanted_candidates(self) -> list[HeaderCandidate]:
        """Return the readings of the file as one of the tables that the question needs, if the user names no table."""
        wanted = [self.tables[name] for name in self.selections if not self.text_file.source.table]
        return self._search(wanted).candidates() if wanted else []

    def _as_wanted(self) -> HeaderCandidate | None:
        """Return the best reading as a wanted table that has all its columns, for a file that looks more like another table."""
        return max((each for each in self._wanted_candidates() if not each.match.missing), key=lambda each: each.rank, default=None)

    def _one_wave(self, search: HeaderSearch) -> HeaderCandidate | None:
        """Return the best reading of a file as a list of scores without dates."""
        from custmetrics_cli.ingest.recognise.questions.one_wave import as_one_wave

        source = self.text_file.source
        surveys = [table for table in self.tables.values() if table.questions and source.table in ("", table.name)]
        candidates = self._search(surveys).candidates() if surveys else []
        best = max(candidates, key=lambda candidate: candidate.rank, default=None)
        return as_one_wave(best, search.head, source, self.settings, self.selections) if best else None

    def _no_header(self) -> Problem:
        row = self.settings.header_row
        lines = f"on line {row}" if row else f"in the first {LAST_HEADER_LINE} lines"
        hint = "pass the line number of the header with --header-row" if row else "start the file with a line of column names"
        return Problem("E305", f"found no header {lines}", Place(self.text_file.source.path), hint)

    def _explain(self, search: HeaderSearch, section: Section) -> Problem:
        """Compare the header with the wanted tables only, if there are any."""
        from custmetrics_cli.ingest.recognise.unrecognised import explain_unrecognised
        from custmetrics_cli.ingest.snapshots.totals import totals_problem

        wanted = [self.tables[name] for name in self.selections if not self.text_file.source.table]
        closest = max(self._wanted_candidates(), key=lambda candidate: candidate.rank, default=section.candidate)
        totals = totals_problem(self.text_file, search.head, self.settings, wanted or [closest.match.table])
        return totals or explain_unrecognised(self.text_file, search.head, closest, self.settings)

    def _layout(self, search: HeaderSearch, section: Section, other_sections: Sequence[Section]) -> Layout:
        layout, others = build_layout(search.head, section.candidate, self.settings), describe_others(section, other_sections)
        last = 0 if section.last == len(search.head.lines) else section.last
        remarks = layout.remarks._replace(notes=(*layout.remarks.notes, *others), other_tables=others)
        remarks = with_reading(remarks, self.text_file)
        layout = layout._replace(lines=layout.lines._replace(last=last), remarks=remarks)
        return _for_typed(layout) if self.text_file.is_typed else layout


def _for_typed(layout: Layout) -> Layout:
    """Ignore the decimal mark that a preset or the user sets: numbers of workbooks and databases are written with a point."""
    return layout._replace(formats=layout.formats._replace(decimal="", is_typed=True))


def _check_mapped_columns(columns: Mapping[str, str], tables: Mapping[str, Table]) -> None:
    plain = {name for table in tables.values() for name in table.by_name}
    with_table = plain | {f"{table.name}.{name}" for table in tables.values() for name in table.by_name}
    problems = [
        Problem(
            "E186",
            f"no table has a column '{name}' for the header '{header}'",
            hint=near(name, sorted(with_table if "." in name else plain)),
        )
        for name, header in columns.items()
        if name not in with_table
    ]
    if problems:
        raise CustmetricsError(*problems)
