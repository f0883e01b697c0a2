"""The manifest of a converted folder: its files, what they came from, and how they were read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, NamedTuple

from custmetrics_cli import __version__
from custmetrics_cli.core.errors import CustmetricsError, Place, Problem
from custmetrics_cli.engines.stored.part import StoredColumn
from custmetrics_cli.ingest.converted.facts import Counts, Observed
from custmetrics_cli.ingest.converted.part_file import PartFile
from custmetrics_cli.ingest.converted.plain import from_plain, to_plain
from custmetrics_cli.ingest.model import Layout, Reshaped
from custmetrics_cli.ingest.open.conversions import MARK

CHECKSUM = "sha256"  # key of the checksum of all other keys
FORMAT = 1  # raised when a folder of an earlier version can no longer be read


class Source(NamedTuple):
    """A file that was converted."""

    path: str  # as the user gave it
    sha256: str
    encoding: str
    nuls: int
    layout: Layout
    reshaped: Reshaped | None


class Entry(NamedTuple):
    """One source file, and what became of it: read = used + skipped."""

    table: str
    source: Source
    read: int
    used: int
    skipped: Mapping[str, int]  # rows by reason
    kept: Mapping[int, int]  # skipped rows with values, by the number of the rule: those that some metric may count
    columns: Mapping[str, StoredColumn]  # column of the frame, or id -> its column of the file
    words: Mapping[str, str]  # column of words, as the user names it -> column of the frame
    counts: Counts
    observed: Observed
    part: PartFile
    skipped_part: PartFile | None


class Manifest(NamedTuple):
    """The whole folder."""

    entries: tuple[Entry, ...]
    policies: Mapping[str, str]  # all policies of the tables
    settings: Mapping[str, str]  # options that decide how the rows were read: name -> value; those with their default are left out
    asked: Mapping[str, Any]  # the same options as answers state them
    ignored: tuple[str, ...]  # files of the input that are not a known table


def facts_of(entry: Entry) -> dict[bytes, bytes]:
    """Return the metadata of the Parquet files of an entry, before they are written."""
    facts = {MARK: __version__, "format": FORMAT, "table": entry.table, "source": entry.source.path, "sha256": entry.source.sha256}
    return {MARK.encode(): json.dumps(facts, ensure_ascii=False).encode()}


def manifest_text(manifest: Manifest) -> str:
    """Return the text of the file, the same for the same folder."""
    plain = to_plain(manifest)
    return _text({MARK: __version__, "format": FORMAT, CHECKSUM: _checksum(plain), **plain}) + "\n"


def _text(plain: Any) -> str:
    return json.dumps(plain, ensure_ascii=False, indent=1)


def _checksum(plain: Any) -> str:
    """Return the checksum of what the manifest holds: a changed digit is found, too."""
    return sha256(_text(plain).encode("utf-8", "surrogatepass")).hexdigest()


def read_manifest(text: str, path: str) -> Manifest:
    """Return the manifest. Raises CustmetricsError E240 for another format, E241 for a damaged one."""
    try:
        plain = json.loads(text)
        version, format, checksum = plain.pop(MARK), plain.pop("format"), plain.pop(CHECKSUM, "")
    except (ValueError, KeyError, AttributeError, TypeError):
        raise CustmetricsError(damaged(path, "is not a manifest of custmetrics convert")) from None
    if format != FORMAT:
        raise CustmetricsError(_other_format(path, version, format))
    if _checksum(plain) != checksum:
        raise CustmetricsError(damaged(path, "was changed after it was written"))
    try:
        return from_plain(Manifest, plain)
    except (KeyError, TypeError, ValueError, AttributeError, StopIteration):
        raise CustmetricsError(damaged(path, "is damaged")) from None


def damaged(path: str, message: str) -> Problem:
    """Return E241."""
    return Problem("E241", message, Place(path), "convert the source files again: custmetrics convert FILES -o FOLDER")


def _other_format(path: str, version: Any, format: Any) -> Problem:
    message = f"was written by custmetrics {version} in format {format}; this is {__version__}, which reads format {FORMAT}"
    return Problem("E240", message, Place(path), "convert the source files again with this version, or use that version")
