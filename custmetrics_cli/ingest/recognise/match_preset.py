"""Which preset a header is of: the vendor's export whose headings are all there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from custmetrics_cli.ingest.model import Layout
from custmetrics_cli.ingest.recognise.headers import Header, normalise
from custmetrics_cli.ingest.recognise.match_table import MatchOptions, TableMatch, match_header
from custmetrics_cli.presets import Preset
from custmetrics_cli.tables import Table


class AvailablePresets(NamedTuple):
    """Those that can be meant. named: the user named them, and others are only found out where none of them fits."""

    by_name: Mapping[str, Preset]
    requested: Sequence[str] = ()


def matches(preset: Preset, header: Header) -> bool:
    """Whether all the headings that it must have are there."""
    return all(any(map(header.has, group)) for group in preset.all) and (not preset.any or any(map(header.has, preset.any)))


def best_preset(
    lines: Callable[[int], Header], plain: TableMatch, tables: Iterable[Table], asked: MatchOptions, presets: AvailablePresets
) -> tuple[TableMatch, list[Preset]]:
    """The header as the preset that fits it best reads it, else as it is read without one; and others that fit as well.

    A header in our own words is of no preset unless one is named. What the preset lacks is not made good by reading the file without it:
    a table of other words, rows and units would be read as ours. lines: the header of so many lines.
    """
    header, known = lines(1), {table.name: table for table in tables}
    fitting = [preset for preset in presets.by_name.values() if preset.table in known and matches(preset, header)]
    named = [preset for preset in fitting if preset.name in presets.requested]
    fitting = named or [preset for preset in fitting if not _ours(preset, plain)]
    if not fitting:
        return plain, []
    read = [match_header(lines(preset.rows), known[preset.table], asked, preset) for preset in fitting]
    whole = [found for found in read if _answers(found)]
    first, *others = sorted(whole or read, key=lambda found: -_fit(found, header))
    first = first._replace(table_without_preset="" if plain.missing else plain.table.name)
    return first, [other.preset for other in others if other.preset and _fit(other, header) == _fit(first, header)]


def missing_column_help(shapes: Iterable[Layout]) -> dict[str, str]:
    """What presets say of columns that the files of a table may lack."""
    return {column: how for layout in shapes if layout.preset for column, how in layout.preset.lacks.items()}


def missing_column_warnings(layout: Layout) -> list[str]:
    """What must be known of every answer from a file that lacks a column."""
    return [said for column, said in (layout.preset.warns.items() if layout.preset else ()) if column not in layout.columns]


SURE = {
    "high": "its headings are confirmed",
    "medium": "its headings are as others read them",
    "low": "experimental: its headings are not confirmed",
}


def describe_preset(preset: Preset) -> str:
    """Whose export a preset takes a file for, and how sure that is."""
    return f"{preset.vendor}: {preset.export} ({SURE[preset.confidence]})"


def column_fates(layout: Layout) -> dict[int, str]:
    """What becomes of columns that are none of the table's, by where they stand."""
    named = {at: f"segment {name}" for name, at in layout.extra.items() if layout.names[at] != name}
    stands_in = {at: f"where {name} is empty" for name, places in layout.substitutes.fallbacks.items() for at in places}
    rows = {at: f"rows: {one.choice.aside or 'refused'}" for one in layout.preset_rules for at in (one.at, one.other) if at >= 0}
    return {at: "; ".join(filter(None, (each.get(at) for each in (named, stands_in, rows)))) for at in {**named, **stands_in, **rows}}


def _answers(found: TableMatch) -> bool:
    return not found.missing and found.preset is not None and not found.preset.refuses


def _ours(preset: Preset, plain: TableMatch) -> bool:
    """All that the preset goes by are names of our own, of the table that the header is without it."""
    own = {normalise(name) for name in plain.table.by_name}
    return not plain.missing and all(any(normalise(heading) in own for heading in group) for group in preset.all)


def _fit(found: TableMatch, header: Header) -> int:
    """How many headings the preset claims."""
    preset = found.preset
    claimed = [*preset.all, preset.any, *preset.columns.values()] if preset else []
    return len({at for group in claimed for at in header.positions(group)})
