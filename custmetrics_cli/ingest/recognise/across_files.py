"""Find problems that only several files together show: misspelt mappings, unused presets, missing columns, copies."""

from __future__ import annotations

import filecmp
import re
from collections.abc import Iterator, Mapping, Sequence

from custmetrics_cli.core.errors import Choice, Place, Problem, pass_one, quote_for_shell
from custmetrics_cli.ingest.model import RecognisedFile, TextFile
from custmetrics_cli.ingest.recognise.head import read_head
from custmetrics_cli.ingest.recognise.headers import Header
from custmetrics_cli.ingest.recognise.match_table import mapping_for
from custmetrics_cli.ingest.recognise.unrecognised import unknown_header
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.tables import Table
from custmetrics_cli.tables.shared.rules import Derived

Files = Sequence[RecognisedFile]
MOST_NAMED = 6  # sheets in a hint
SUFFIX = re.compile(r"(\.(csv|tsv|txt|xls[xmb]?|ods|jsonl?|ndjson|parquet|sqlite3?|db))*(\.(gz|zst|bz2|xz|zip))?$")


def find_conflicts(files: Files, settings: Settings) -> list[Problem]:
    return [
        *_misspelt_mappings(files, settings.columns),
        *_unused_presets(files, settings.presets if settings.preset_required else ()),
        *_duplicate_headers(files, settings.columns),
        *_missing_columns(files, settings),
        *_copies(files),
        *_similar_sheets(files),
        *_same_names(files),
    ]


def _misspelt_mappings(files: Files, columns: Mapping[str, str]) -> Iterator[Problem]:
    """Yield E304 for each mapping whose header is in no file of its table."""
    for key, header in columns.items():
        concerned = [file for file in files if _concerns(key, file.layout.table)]
        if header and concerned and all(Header(file.layout.header).position(header) < 0 for file in concerned):
            yield unknown_header(concerned[0].text_file, concerned[0].layout.header, key, header)


def _concerns(key: str, table: Table) -> bool:
    return key in table.by_name or (key.startswith(f"{table.name}.") and key.removeprefix(f"{table.name}.") in table.by_name)


def _unused_presets(files: Files, requested: Sequence[str]) -> Iterator[Problem]:
    """Yield E312 if no file fits a preset that the user requires."""
    used = {file.layout.preset.name for file in files if file.layout.preset}
    if requested and files and not used.intersection(requested):
        place = Place(files[0].text_file.source.path, files[0].layout.lines.header)
        message = f"the preset {' or '.join(requested)} does not fit: headers that it needs are missing"
        hint = f"leave --preset out to detect the preset; custmetrics presets {requested[0]} shows the headers"
        yield Problem("E312", message, place, hint)


def _duplicate_headers(files: Files, columns: Mapping[str, str]) -> Iterator[Problem]:
    """Yield E308 for each column with two equal headers, unless the user maps one of them."""
    for text_file, layout in files:
        mapping = mapping_for(layout.table, columns)
        for column, other in layout.remarks.duplicates.items():
            if column not in mapping:
                first = layout.header[layout.columns[column]]
                message = f"two columns with equal headers could be {column}: '{first}' and '{other}'"
                choices = tuple(Choice("column", f"{column}={header}") for header in (first, other))
                yield Problem("E308", message, Place(text_file.source.path, layout.lines.header), pass_one(choices), choices=choices)


def _missing_columns(files: Files, settings: Settings) -> Iterator[Problem]:
    """Yield E306 for each file without a column that another file of the same table has.

    A missing end date is not an empty end date: all customers of that file would count as active.
    """
    for table in {file.layout.table.name: file.layout.table for file in files}.values():
        own = [file for file in files if file.layout.table is table]
        policies = table.policy_values(settings.policies)
        supplied = [policy.replaces for policy in table.policies if policy.values[policies[policy.name]]]
        for derived in table.derived_for(()):
            if derived.name not in supplied and not derived.is_optional:
                yield from _missing_column(own, derived)


def _missing_column(files: Files, derived: Derived) -> Iterator[Problem]:
    with_column = [file for file in files if derived.is_answerable(file.layout.columns)]
    for file in files:
        if with_column and file not in with_column:
            needs = ", or ".join(" and ".join(names) for names in derived.needs)
            other = with_column[0].text_file.source.path
            message = f"has no {needs}, unlike {other}: its rows would all count as empty"
            hint = f'leave the file out, or map the column with --column {derived.name}="NAME"'
            yield Problem("E306", message, Place(file.text_file.source.path), hint)


def _copies(files: Files) -> Iterator[Problem]:
    """Yield E307 for each copy of a file with rows. Files without rows may be equal."""
    first_of_size: dict[tuple[str, int], TextFile] = {}
    for file in files:
        text_file = file.text_file
        other = first_of_size.setdefault((file.layout.table.name, text_file.size), text_file)
        if other is not text_file and _are_equal(other, text_file) and _has_rows(file):
            message = f"is a copy of {other.source.path}: its rows would count twice"
            yield Problem("E307", message, Place(text_file.source.path), "leave one of the two out")


def _are_equal(one: TextFile, other: TextFile) -> bool:
    """Return whether two files hold the same bytes. The path of one with typed rows holds the first rows only."""
    if not filecmp.cmp(one.path, other.path, shallow=False):
        return False
    return not one.typed or filecmp.cmp(one.original, other.original, shallow=False)


def _has_rows(file: RecognisedFile) -> bool:
    return file.layout.lines.data <= len(read_head(file.text_file).lines)


def _similar_sheets(files: Files) -> Iterator[Problem]:
    """Yield E218 for each workbook with several sheets of one table: one may be a copy, or an older version, of another."""
    groups: dict[tuple[str, str], list[str]] = {}
    for file in files:
        source = file.text_file.source
        groups.setdefault((source.workbook, file.layout.table.name), []).append(source.path)
    for (workbook, table), paths in groups.items():
        if workbook and len(paths) > 1:
            names = [path.removeprefix(f"{workbook}#") for path in paths]
            choices = tuple(Choice("sheet", name) for name in names)
            message = f"contains {len(paths)} sheets of {table}: {', '.join(names)}"
            hint = f"{pass_one(choices[:3])}; to read several, name each: {' '.join(map(quote_for_shell, paths[:MOST_NAMED]))}"
            yield Problem("E218", message, Place(workbook), hint, choices=choices)


def _same_names(files: Files) -> Iterator[Problem]:
    """Yield E226 for two files of a folder with one name and one table: orders.csv and orders.xlsx."""
    first: dict[tuple[str, str], str] = {}
    for file in files:
        source = file.text_file.source
        path = source.workbook or source.path.partition("#")[0]
        other = first.setdefault((file.layout.table.name, _stem(path)), path)
        if other != path and not source.is_named:
            message = f"may be the same table as {other}: its rows would count twice"
            yield Problem("E226", message, Place(path), f"pass the files to read instead of the folder: {quote_for_shell(other)}")


def _stem(path: str) -> str:
    """Return a path without its suffixes. Dots are also parts of names, so only suffixes of data files are removed."""
    return SUFFIX.sub("", path.casefold())
