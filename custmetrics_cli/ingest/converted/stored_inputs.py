"""The converted folders among the inputs of a question. Exports alone import nothing of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.core.time.calendar import day_number
from custmetrics_cli.ingest.model import InputFile, Layout, RecognisedFile
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.tables.shared.table import Selection

if TYPE_CHECKING:
    from custmetrics_cli.ingest.converted.opened import Opened
    from custmetrics_cli.ingest.converted.stored_tables import StoredTable

StoredTables = Mapping[str, "StoredTable"]


class StoredInputs(NamedTuple):
    """The folders, and the settings with what was settled when they were converted."""

    opened: Sequence[Opened]
    settings: Settings

    @property
    def files(self) -> list[InputFile]:
        """The parts, to be watched."""
        return [InputFile(str(each.folder / entry.part.file)) for each in self.opened for entry in each.entries]

    def recognised(self, selections: Mapping[str, Selection]) -> list[RecognisedFile]:
        """Return the sources as files that were recognised for a question: without the doubts that do not matter to it."""
        if not self.opened:
            return []
        from custmetrics_cli.ingest.converted.across_files import text_file_of

        entries = [(each.folder, entry) for each in self.opened for entry in each.entries]
        return [RecognisedFile(text_file_of(entry, folder), _for_question(entry.source.layout, selections)) for folder, entry in entries]

    @property
    def hashes(self) -> dict[Path, str]:
        """The hashes of the sources, by part."""
        return {each.folder / entry.part.file: entry.source.sha256 for each in self.opened for entry in each.entries}

    @property
    def asked(self) -> dict[str, Any]:
        """The options with which the folders were converted, as answers state them."""
        return {name: value for each in self.opened for name, value in each.manifest.asked.items()}

    def tables(self, selections: Mapping[str, Selection], exports: Sequence[RecognisedFile]) -> StoredTables:
        """Return the tables asked for, after comparing their files with the manifest. Raises CustmetricsError E247, E249."""
        if not self.opened:
            return {}
        from custmetrics_cli.ingest.converted.opened import check_parts
        from custmetrics_cli.ingest.converted.stored_tables import stored_tables

        self._check_tables(exports)
        check_parts(self.opened, selections)
        return stored_tables(self.opened, selections, self.settings, day_number(self.settings.today or date.today()))

    def _check_tables(self, exports: Sequence[RecognisedFile]) -> None:
        """Raise CustmetricsError E249 for a table of a folder that another input has too."""
        places = {(each.shown, entry.table): entry.table for each in self.opened for entry in each.entries}
        places |= {(text_file.source.path, layout.table.name): layout.table.name for text_file, layout in exports}
        tables = Counter(places.values())
        for each in self.opened:
            for table in dict.fromkeys(entry.table for entry in each.entries):
                if tables[table] > 1:
                    other = next(path for (path, name) in places if name == table and path != each.shown)
                    message = f"has the table {table}, and so has {other}"
                    raise CustmetricsError(Problem("E249", message, Place(each.shown), "convert all files of the table together"))


def _for_question(layout: Layout, selections: Mapping[str, Selection]) -> Layout:
    from custmetrics_cli.ingest.recognise.roles.refine import EVERYTHING, needed_columns

    needed = needed_columns(layout.table, selections)
    kept = [each for each in layout.remarks.warnings if not each.column or needed == EVERYTHING or each.column in (needed or ())]
    return layout._replace(remarks=layout.remarks._replace(warnings=tuple(kept)))


def open_stored(inputs: Sequence[InputFile], settings: Settings) -> StoredInputs:
    """Open the converted folders. Raises CustmetricsError E240, E241, E243, E248."""
    if not any(file.is_converted for file in inputs):
        return StoredInputs((), settings)
    from custmetrics_cli.ingest.converted.opened import open_conversions
    from custmetrics_cli.ingest.converted.settings_used import check_settings, policies_chosen

    opened = open_conversions(file for file in inputs if file.is_converted)
    exports = [file for file in inputs if not file.is_converted]
    for each in opened:
        check_settings(each.manifest, settings, each.shown, exports)
        if each.manifest.policies != opened[0].manifest.policies:
            message = f"was converted with other settings than {opened[0].shown}"
            raise CustmetricsError(Problem("E248", message, Place(each.shown), "convert the source files of both together"))
    return StoredInputs(opened, settings._replace(policies=policies_chosen(opened[0].manifest)))
