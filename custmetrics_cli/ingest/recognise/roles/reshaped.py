"""Settings and remarks for a copy that was made from one row or column per customer and month: its columns are known."""

from __future__ import annotations

from custmetrics_cli.ingest.model import Remarks, TextFile
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.tables.subscriptions import TABLE

DETECTED = ("currency",)  # columns that a copy may have beside those that were made


def settled(text_file: TextFile, settings: Settings) -> tuple[TextFile, Settings]:
    """Return the file and the settings that read it. A copy has the columns that were made for it and no others."""
    if not text_file.reshaped:
        return text_file, settings
    own = {**dict.fromkeys((column.name for column in TABLE.columns if column.name not in DETECTED), ""), **text_file.reshaped.columns}
    columns = {**settings.columns, **{f"{TABLE.name}.{name}": header for name, header in own.items()}}
    source = text_file.source._replace(table=TABLE.name)
    return text_file._replace(source=source), settings._replace(columns=columns, delimiter=",", quote='"', header_row=1)


def with_reading(remarks: Remarks, text_file: TextFile) -> Remarks:
    """Add how a copy was made, and leave out the settings that settled() added."""
    if not text_file.reshaped:
        return remarks
    note = text_file.reshaped.note
    return remarks._replace(notes=(note, *remarks.notes), reading=note, found_by={})
