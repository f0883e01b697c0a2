"""Build the layout of a file whose header is recognised: where its rows start, which column is where, what the preset adds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from custmetrics_cli.columns.day import DAY
from custmetrics_cli.columns.money import MONEY
from custmetrics_cli.columns.parsing.blank_words import BLANKS
from custmetrics_cli.columns.parsing.number_evidence import common_currency
from custmetrics_cli.core.words import plural
from custmetrics_cli.ingest.model import Dialect, FileFormats, Layout, PresetRowRule, Remarks, Substitutes, TableLines
from custmetrics_cli.ingest.recognise import backslashes
from custmetrics_cli.ingest.recognise.candidates import HeaderCandidate
from custmetrics_cli.ingest.recognise.first_row import find_first_row
from custmetrics_cli.ingest.recognise.head import Head, records
from custmetrics_cli.ingest.recognise.headers import Header, normalise
from custmetrics_cli.ingest.recognise.match_table import TableMatch, mapping_for
from custmetrics_cli.ingest.recognise.questions.facts import answer_facts
from custmetrics_cli.ingest.recognise.roles.fallbacks import plain_fallbacks
from custmetrics_cli.ingest.recognise.roles.last_day import ends_inclusively
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.presets._preset import Preset, RowChoice

SAMPLE = 1000  # rows in which amounts may name their currency


def build_layout(head: Head, candidate: HeaderCandidate, settings: Settings) -> Layout:
    """Return the layout of a file whose header is recognised."""
    match, preset, header = candidate.match, candidate.match.preset, Header(candidate.header)
    first_row, header_lines = find_first_row(head, candidate)
    escape = backslashes.detect_escape(head, first_row, candidate)
    layout = Layout(
        table=match.table,
        dialect=Dialect(candidate.delimiter, candidate.quote, escape, candidate.delimiter in head.spaced),
        facts=match.facts,
        lines=TableLines(candidate.line, first_row),
        header=candidate.header,
        columns=match.columns,
        extra={**_unused(candidate), **(_segments(preset, header, match.table.by_name) if preset else {})},
        preset=preset,
        formats=_formats(candidate, header, settings),
        substitutes=Substitutes(
            {**_cell_currency(head, candidate, first_row), **match.constants},
            _fallbacks(preset, header, match.columns) if preset else plain_fallbacks(match, header, settings),
        ),
        preset_rules=tuple(_preset_rules(preset, header)) if preset else (),
        remarks=_remarks(candidate, header_lines, escape, settings),
    )
    layout = layout._replace(answers=answer_facts(head, layout, settings))
    return _with_groups(layout, preset.lines.groups) if preset and preset.lines.groups else layout


def _remarks(candidate: HeaderCandidate, header_lines: int, escape: str, settings: Settings) -> Remarks:
    match = candidate.match
    return Remarks(
        notes=_notes(candidate, header_lines, escape),
        duplicates={} if match.preset else _duplicates(candidate),
        warnings=match.remarks,
        found_by=_found_by(match, settings),
        reading=_last_day(candidate) if ends_inclusively(candidate, settings) else "",
        column_help=match.column_help,
    )


def _last_day(candidate: HeaderCandidate) -> str:
    return (
        f"'{candidate.header[candidate.match.columns['ended_at']]}' is read as the last day of service; if it is not, pass --ends exclusive"
    )


def _found_by(match: TableMatch, settings: Settings) -> dict[str, str]:
    """Return what each column was found by: option, preset, name, words or cells."""
    options = {name for name, header in mapping_for(match.table, settings.columns).items() if header}
    preset = match.preset.columns if match.preset else {}
    return {
        column: "option" if column in options else "preset" if column in preset else match.found_by.get(column, "name")
        for column in match.columns
    }


def _cell_currency(head: Head, candidate: HeaderCandidate, first_row: int) -> dict[str, str]:
    """Return the currency that the first amounts all name, as the value of the currency column that the file does not have."""
    columns, table = candidate.match.columns, candidate.match.table
    unknown = [column.name for column in table.columns if column.is_currency and column.name not in columns]
    amounts = [at for name, at in columns.items() if table.by_name[name].kind is MONEY]
    if not unknown or not amounts:
        return {}
    rows = islice(records(head, first_row, candidate.delimiter, candidate.quote), SAMPLE)
    currency = common_currency(cells[at].strip(BLANKS) for _, cells in rows for at in amounts if at < len(cells))
    return {unknown[0]: currency} if currency else {}


def _notes(candidate: HeaderCandidate, header_lines: int, escape: str) -> tuple[str, ...]:
    above = candidate.line - 1
    notes = [f"{plural(above, 'line')} above the header" if above else ""]
    notes += [f"the header has {header_lines + 1} lines" if header_lines else "", *candidate.match.notes]
    notes += [backslashes.NOTE if escape else ""]
    return tuple(filter(None, notes))


def _unused(candidate: HeaderCandidate) -> dict[str, int]:
    """Return the headers that are not a column of the table."""
    used = set(candidate.match.columns.values())
    return {name: at for at, name in enumerate(candidate.header) if name and at not in used}


def _segments(preset: Preset, header: Header, table_columns: Mapping[str, object]) -> dict[str, int]:
    """Return the segments that the preset names, under its names."""
    found = {name: header.positions(headers) for name, headers in preset.columns.items() if name not in table_columns}
    return {name: positions[0] for name, positions in found.items() if positions}


def _formats(candidate: HeaderCandidate, header: Header, settings: Settings) -> FileFormats:
    """Return the formats that options, the preset and the header fix. An option overrides the preset."""
    preset = candidate.match.preset
    if preset is None:
        cents = (settings.amounts or _unit(candidate.match)) == "cents"
        inclusive = ends_inclusively(candidate, settings)
        return FileFormats(cents=cents, currency=_currency(settings), zones=candidate.match.zones, inclusive=inclusive)
    has_order = not preset.order_if or bool(header.positions(preset.order_if))
    return FileFormats(
        order=settings.order or (preset.order if has_order else ""),
        decimal=settings.decimal or preset.decimal,
        cents=(settings.amounts or preset.unit) == "cents",
        currency=_currency(settings),
        zones=_zones(candidate.match, preset),
    )


def _currency(settings: Settings) -> str:
    return str(settings.asked.get("currency", ""))


def _unit(match: TableMatch) -> str:
    return "cents" if match.cents else ""


def _zones(match: TableMatch, preset: Preset) -> dict[str, str]:
    """Return the time zone of each date column: the header's, else the preset's."""
    dates = [name for name in match.columns if match.table.by_name[name].kind is DAY] if preset.zone else []
    return {**dict.fromkeys(dates, preset.zone), **match.zones}


def _fallbacks(preset: Preset, header: Header, columns: Mapping[str, int]) -> dict[str, tuple[int, ...]]:
    """Return the fallback positions of each column: repeats of its header, then the preset's fallback headers."""
    found = {column: [*header.repeats(at), *header.positions(preset.instead.get(column, ()))] for column, at in columns.items()}
    return {
        column: tuple(dict.fromkeys(at for at in positions if at != columns[column])) for column, positions in found.items() if positions
    }


def _preset_rules(preset: Preset, header: Header) -> Iterator[PresetRowRule]:
    """Yield the preset's rules for lines that are not rows, then its rules for rows whose headers are present."""
    for reason, words in preset.lines.aside.items():
        yield PresetRowRule(RowChoice(header.cells[:1], words, aside=reason), 0, renames=True)
    for choice in preset.choices:
        at, other = header.positions(choice.columns), header.positions([choice.unlike] if choice.unlike else [])
        if at and bool(choice.unlike) == bool(other):
            yield PresetRowRule(choice, at[0], (*other, -1)[0])


def _duplicates(candidate: HeaderCandidate) -> dict[str, str]:
    """Return the columns with an unused column of the same header, and that column's unique name."""
    columns, names = candidate.match.columns, [normalise(name) for name in candidate.original_header]
    unused = [at for at, _ in enumerate(names) if at not in columns.values()]
    same = {column: [other for other in unused if names[other] == names[at]] for column, at in columns.items()}
    return {column: candidate.header[others[0]] for column, others in same.items() if others}


def _with_groups(layout: Layout, column: str) -> Layout:
    """Add a position after the last cell for the group's name: as the column itself, or as its fallback."""
    at = len(layout.header)
    fallbacks = layout.substitutes.fallbacks
    if column in layout.columns:
        fallbacks = {**fallbacks, column: (*fallbacks.get(column, ()), at)}
        layout = layout._replace(substitutes=layout.substitutes._replace(fallbacks=fallbacks))
    elif column in layout.table.by_name:
        layout = layout._replace(columns={**layout.columns, column: at})
    else:
        layout = layout._replace(extra={**layout.extra, column: at})
    return layout._replace(group_position=at)
