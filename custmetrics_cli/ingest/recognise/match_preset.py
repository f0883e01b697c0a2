"""Match a header with a preset: the vendor's export whose required headers are all present."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from custmetrics_cli.core.errors import CustmetricsError, Problem, near
from custmetrics_cli.ingest.model import Layout
from custmetrics_cli.ingest.recognise.headers import Header, normalise
from custmetrics_cli.ingest.recognise.match_table import MatchOptions, TableMatch, match_header
from custmetrics_cli.presets._preset import Preset
from custmetrics_cli.tables import Table

CONFIDENCE = {
    "high": "its headers are confirmed",
    "medium": "its headers are as others publish them",
    "low": "experimental: its headers are not confirmed",
}


class AvailablePresets(NamedTuple):
    """The presets to try. If a requested one fits, the others are ignored."""

    by_name: Mapping[str, Preset]
    requested: Sequence[str] = ()  # names given with --preset

    def check(self) -> None:
        """Raise CustmetricsError E172 if a requested preset does not exist."""
        unknown = [name for name in self.requested if name not in self.by_name]
        if unknown:
            raise CustmetricsError(*(Problem("E172", f"unknown preset '{name}'", hint=near(name, self.by_name)) for name in unknown))


def matches(preset: Preset, header: Header) -> bool:
    """Return whether all required headers of a preset are present."""
    return all(any(map(header.has, group)) for group in preset.all) and (not preset.any or any(map(header.has, preset.any)))


def best_preset(
    header_of: Callable[[int], Header], plain: TableMatch, tables: Iterable[Table], options: MatchOptions, presets: AvailablePresets
) -> tuple[TableMatch, list[Preset]]:
    """Return the match with the preset that fits best, and the other presets that fit equally well.

    If no preset fits, return the plain match, which uses no preset. A header in the table's own names uses a preset only on request.
    If a preset fits but a column is missing, the file is not read without the preset: the vendor's words and units would be misread.
    header_of returns the header made of so many lines.
    """
    header, known = header_of(1), {table.name: table for table in tables}
    fitting = _fitting(header, known, plain, presets)
    if not fitting:
        return plain, []
    all_matches = [match_header(header_of(preset.rows), known[preset.table], options, preset) for preset in fitting]
    usable = [match for match in all_matches if _is_usable(match)]
    best, *others = sorted(usable or all_matches, key=lambda match: -_headers_used(match, header))
    best = best._replace(table_without_preset="" if plain.missing else plain.table.name)
    equal = [other for other in others if _headers_used(other, header) == _headers_used(best, header)]
    return best, [other.preset for other in equal if other.preset]


def missing_column_help(layouts: Iterable[Layout]) -> dict[str, str]:
    """Return how to export each column that the presets know to be optional, and the headers that may hold an end."""
    helps = [layout.preset.lacks if layout.preset else layout.remarks.column_help for layout in layouts]
    return {column: text for each in helps for column, text in each.items()}


def missing_column_warnings(layout: Layout) -> list[str]:
    """Return the preset's warnings about columns that the file does not have."""
    warnings = layout.preset.warns if layout.preset else {}
    return [text for column, text in warnings.items() if column not in layout.columns]


def describe_preset(preset: Preset) -> str:
    return f"{preset.vendor}: {preset.export} ({CONFIDENCE[preset.confidence]})"


def column_fates(layout: Layout) -> dict[int, str]:
    """Return the uses of columns beyond the table's own: segment, fallback, rule for rows. Keys are positions."""
    segments = {at: f"segment {name}" for name, at in layout.extra.items() if layout.names[at] != name}
    fallbacks = {at: f"used if {name} is empty" for name, positions in layout.substitutes.fallbacks.items() for at in positions}
    rules = {at: f"rows: {rule.choice.aside or 'refused'}" for rule in layout.preset_rules for at in (rule.at, rule.other) if at >= 0}
    uses = (segments, fallbacks, rules)
    return {at: "; ".join(use[at] for use in uses if at in use) for at in {**segments, **fallbacks, **rules}}


def _fitting(header: Header, tables: Mapping[str, Table], plain: TableMatch, presets: AvailablePresets) -> list[Preset]:
    fitting = [preset for preset in presets.by_name.values() if preset.table in tables and matches(preset, header)]
    requested = [preset for preset in fitting if preset.name in presets.requested]
    return requested or [preset for preset in fitting if not _has_own_names(preset, plain)]


def _is_usable(match: TableMatch) -> bool:
    return not match.missing and match.preset is not None and not match.preset.refuses


def _has_own_names(preset: Preset, plain: TableMatch) -> bool:
    """Return whether all required headers of a preset are the table's own column names."""
    own = {normalise(name) for name in plain.table.by_name}
    return not plain.missing and not plain.found_by and all(any(normalise(header) in own for header in group) for group in preset.all)


def _headers_used(match: TableMatch, header: Header) -> int:
    """Count the headers that the preset mentions."""
    preset = match.preset
    groups = [*preset.all, preset.any, *preset.columns.values()] if preset else []
    return len({at for group in groups for at in header.positions(group)})
