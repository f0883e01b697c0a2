"""What a file's text means, once its header is recognised: where its rows start, which column is which, what the preset adds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from custmetrics_cli.columns import ColumnFormat
from custmetrics_cli.columns._dates import ORDERS
from custmetrics_cli.columns._nothing import emptied
from custmetrics_cli.columns.day import DAY
from custmetrics_cli.ingest.model import Dialect, FileFormats, Layout, PresetRowRule, Remarks, Settings, Substitutes, TableLines
from custmetrics_cli.ingest.recognise import backslashes
from custmetrics_cli.ingest.recognise.candidates import HeaderCandidate
from custmetrics_cli.ingest.recognise.head import Head, records
from custmetrics_cli.ingest.recognise.headers import Header, normalise
from custmetrics_cli.ingest.recognise.match_table import TableMatch
from custmetrics_cli.presets import Preset, RowChoice
from custmetrics_cli.tables import Column


def build_layout(head: Head, chosen: HeaderCandidate, settings: Settings) -> Layout:
    """Return the layout of a file whose header is recognised."""
    start, more_lines = data_line(head, chosen)
    escape = backslashes.detect_escape(head, start, chosen)
    match, preset, header = chosen.match, chosen.match.preset, Header(chosen.header)
    layout = Layout(
        table=match.table,
        dialect=Dialect(chosen.delimiter, chosen.quote, escape),
        lines=TableLines(chosen.line, start),
        header=chosen.header,
        columns=match.columns,
        extra={**_extra(chosen), **(_segments(preset, header, match.table.by_name) if preset else {})},
        preset=preset,
        formats=_formats(chosen, header, settings),
        substitutes=Substitutes(match.constants, _fallbacks(preset, header, match.columns) if preset else {}),
        preset_rules=tuple(_preset_rules(preset, header)) if preset else (),
        remarks=Remarks(_notes(chosen, more_lines, escape), duplicates={} if preset else _duplicates(chosen)),
    )
    return _with_groups(layout, preset.lines.groups) if preset and preset.lines.groups else layout


def _notes(chosen: HeaderCandidate, more_lines: int, escape: str) -> tuple[str, ...]:
    return (*_above(chosen.line), *_further(more_lines), *chosen.match.notes, *([backslashes.NOTE] if escape else []))


def _formats(chosen: HeaderCandidate, header: Header, settings: Settings) -> FileFormats:
    """Return the formats that options, the preset and the header fix. An option overrides the preset."""
    preset = chosen.match.preset
    if preset is None:
        return FileFormats(cents=settings.amounts == "cents", zones=chosen.match.zones)
    has_order = not preset.order_if or bool(header.positions(preset.order_if))
    return FileFormats(
        order=settings.order or (preset.order if has_order else ""),
        decimal=settings.decimal or preset.decimal,
        cents=(settings.amounts or preset.unit) == "cents",
        zones=_zones(chosen.match, preset),
    )


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


def _extra(chosen: HeaderCandidate) -> dict[str, int]:
    taken = set(chosen.match.columns.values())
    return {name: at for at, name in enumerate(chosen.header) if name and at not in taken}


def _segments(preset: Preset, header: Header, known: Mapping[str, object]) -> dict[str, int]:
    """Columns to split by that the preset names, beside the names that they have."""
    found = {name: header.positions(headings) for name, headings in preset.columns.items() if name not in known}
    return {name: places[0] for name, places in found.items() if places}


def _zones(match: TableMatch, preset: Preset) -> dict[str, str]:
    """Return the time zone of each column of days: the header's, else the preset's."""
    days = [name for name in match.columns if match.table.by_name[name].kind is DAY] if preset.zone else []
    return {**dict.fromkeys(days, preset.zone), **match.zones}


def _fallbacks(preset: Preset, header: Header, columns: Mapping[str, int]) -> dict[str, tuple[int, ...]]:
    """Where else a cell is looked for: under the same heading again, then under those that the preset names."""
    found = {column: [*header.repeats(at), *header.positions(preset.instead.get(column, ()))] for column, at in columns.items()}
    return {column: tuple(dict.fromkeys(at for at in places if at != columns[column])) for column, places in found.items() if places}


def _preset_rules(preset: Preset, header: Header) -> Iterator[PresetRowRule]:
    """Rows are chosen by headings that are there; lines that are no rows, by what stands first, are chosen for what they are."""
    for reason, words in preset.lines.aside.items():
        yield PresetRowRule(RowChoice(header.cells[:1], words, aside=reason), 0, renames=True)
    for choice in preset.choices:
        at, other = header.positions(choice.columns), header.positions([choice.unlike] if choice.unlike else [])
        if at and bool(choice.unlike) == bool(other):
            yield PresetRowRule(choice, at[0], (*other, -1)[0])


def _duplicates(chosen: HeaderCandidate) -> dict[str, str]:
    """Columns beside which a free one has the same heading, and that one's name."""
    columns, plain = chosen.match.columns, [normalise(name) for name in chosen.original_header]
    free = [at for at, _ in enumerate(plain) if at not in columns.values()]
    found = {name: [other for other in free if plain[other] == plain[at]] for name, at in columns.items()}
    return {name: chosen.header[others[0]] for name, others in found.items() if others}


def data_line(head: Head, chosen: HeaderCandidate) -> tuple[int, int]:
    """Where the first record below the header starts, and how many further lines the header had; blank lines and comments are none."""
    left = chosen.match.preset.rows - 1 if chosen.match.preset else 0
    below, further = records(head, chosen.line, chosen.delimiter, chosen.quote), 0
    next(below)
    for line, cells in below:
        blank = not any(cell.strip() for cell in cells) and len(cells) < 2
        comment = len(cells) == 1 < len(chosen.header) and cells[0].startswith("#")
        if not blank and not comment:
            if further == left or _is_row(cells, chosen):
                return line, further
            further += 1
    return len(head.lines) + 1, further


def _is_row(cells: list[str], chosen: HeaderCandidate) -> bool:
    """Whether a record is a row of data, whatever is wrong with it: a line of the header has no day, number or score in its columns."""
    columns = chosen.match.table.by_name
    read = [(columns[name], cells[at].strip()) for name, at in chosen.match.columns.items() if at < len(cells)]
    return any(can_read(column, text, chosen.match.preset) for column, text in read if column.kind.can_fail and any(map(str.isdigit, text)))


def can_read(column: Column, text: str, preset: Preset | None = None) -> bool:
    """Whether a cell says something that can be read in some way."""
    said = emptied(text) if column.kind.can_fail else text
    for order in ("", *ORDERS):
        try:
            return (
                bool(said) and column.kind.read_cell(text, ColumnFormat(order=order, epoch=preset is not None and preset.epoch)) is not None
            )
        except ValueError:
            continue
    return False


def _above(line: int) -> tuple[str, ...]:
    return (f"{line - 1} line{'s' if line > 2 else ''} above the header",) if line > 1 else ()


def _further(lines: int) -> tuple[str, ...]:
    return (f"{lines + 1} lines of header",) if lines else ()
