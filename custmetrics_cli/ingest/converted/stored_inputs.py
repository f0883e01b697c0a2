"""The converted folders among the inputs of a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.core.time.calendar import day_number
from custmetrics_cli.ingest.converted.across_files import text_file_of
from custmetrics_cli.ingest.converted.opened import Opened, check_parts, open_conversions
from custmetrics_cli.ingest.converted.settings_used import check_settings, policies_chosen
from custmetrics_cli.ingest.converted.stored_tables import StoredTable, stored_tables
from custmetrics_cli.ingest.model import InputFile, RecognisedFile
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.tables.shared.table import Selection


class StoredInputs(NamedTuple):
    """The folders, and the settings with what was settled when they were converted."""

    opened: Sequence[Opened]
    settings: Settings

    @property
    def files(self) -> list[InputFile]:
        """The parts, to be watched."""
        return [InputFile(str(each.folder / entry.part.file)) for each in self.opened for entry in each.entries]

    @property
    def recognised(self) -> list[RecognisedFile]:
        return [RecognisedFile(text_file_of(entry, each.folder), entry.source.layout) for each in self.opened for entry in each.entries]

    @property
    def hashes(self) -> dict[Path, str]:
        """The hashes of the sources, by part."""
        return {each.folder / entry.part.file: entry.source.sha256 for each in self.opened for entry in each.entries}

    @property
    def asked(self) -> dict[str, Any]:
        """The options with which the folders were converted, as answers state them."""
        return {name: value for each in self.opened for name, value in each.manifest.asked.items()}

    def tables(self, selections: Mapping[str, Selection]) -> dict[str, StoredTable]:
        """Return the tables asked for, after comparing their files with the manifest. Raises CustmetricsError E247."""
        check_parts(self.opened, selections)
        return stored_tables(self.opened, selections, self.settings, day_number(self.settings.today or date.today()))


def open_stored(inputs: Sequence[InputFile], settings: Settings) -> StoredInputs:
    """Open the converted folders. Raises CustmetricsError E240, E241, E243, E248."""
    opened = open_conversions(file for file in inputs if file.is_converted)
    exports = [file for file in inputs if not file.is_converted]
    for each in opened:
        check_settings(each.manifest, settings, each.shown, exports)
        if each.manifest.policies != opened[0].manifest.policies:
            message = f"was converted with other settings than {opened[0].shown}"
            raise CustmetricsError(Problem("E248", message, Place(each.shown), "convert the source files of both together"))
    policies = policies_chosen(opened[0].manifest) if opened else settings.policies
    return StoredInputs(opened, settings._replace(policies=policies))
