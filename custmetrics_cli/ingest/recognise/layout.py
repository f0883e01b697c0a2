"""What a file's text means, once its header is recognised: where its rows start, which column is which, what the preset adds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from custmetrics_cli.columns import ColumnFormat
from custmetrics_cli.columns.day import DAY
from custmetrics_cli.columns.parsing.blank_words import drop_blank_word
from custmetrics_cli.columns.parsing.dates import ORDERS
from custmetrics_cli.ingest.model import Layout, PresetRowRule, Settings
from custmetrics_cli.ingest.recognise import backslashes
from custmetrics_cli.ingest.recognise.candidates import Candidate
from custmetrics_cli.ingest.recognise.head import Head, records
from custmetrics_cli.ingest.recognise.headings import Header, normal
from custmetrics_cli.presets import Preset, RowChoice
from custmetrics_cli.tables import Column


def layout_of(head: Head, chosen: Candidate, settings: Settings) -> Layout:
    """The shape of a file whose header is recognised."""
    line, further = data_line(head, chosen)
    made = _read(chosen, line, (*_above(chosen.line), *_further(further), *chosen.match.notes))
    made = made._replace(cents=settings.amounts == "cents", escape=backslashes.detect_escape(head, line, chosen))
    made = made._replace(notes=(*made.notes, backslashes.NOTE)) if made.escape else made
    return _with_preset(made, made.preset, settings) if made.preset else made._replace(duplicates=_doubled(chosen))


def _read(chosen: Candidate, data_line: int, notes: tuple[str, ...]) -> Layout:
    match = chosen.match
    return Layout(
        delimiter=chosen.delimiter,
        quote=chosen.quote,
        header_line=chosen.line,
        data_line=data_line,
        header=chosen.header,
        table=match.table,
        columns=match.columns,
        extra=_extra(chosen),
        zones=_zones(chosen),
        notes=notes,
        header_values=match.said,
        preset=match.preset,
    )


def _with_preset(made: Layout, preset: Preset, settings: Settings) -> Layout:
    """What the preset says beside its columns."""
    header = Header(made.header)
    holds = not preset.order_if or bool(header.under(preset.order_if))
    made = made._replace(
        extra={**made.extra, **_segments(preset, header, made.table.by_name)},
        fallbacks=_instead(preset, header, made.columns),
        preset_rules=tuple(_choices(preset, header)),
        cents=(settings.amounts or preset.unit) == "cents",
        order=settings.order or (preset.order if holds else ""),
        decimal=settings.decimal or preset.decimal,
    )
    return _with_groups(made, preset.lines.groups) if preset.lines.groups else made


def _with_groups(made: Layout, column: str) -> Layout:
    """A place for the group's name beside the last cell: the column itself, or what stands in where that is empty."""
    at = len(made.header)
    if column in made.columns:
        made = made._replace(fallbacks={**made.fallbacks, column: (*made.fallbacks.get(column, ()), at)})
    elif column in made.table.by_name:
        made = made._replace(columns={**made.columns, column: at})
    else:
        made = made._replace(extra={**made.extra, column: at})
    return made._replace(group_position=at)


def _extra(chosen: Candidate) -> dict[str, int]:
    taken = set(chosen.match.columns.values())
    return {name: at for at, name in enumerate(chosen.header) if name and at not in taken}


def _segments(preset: Preset, header: Header, known: Mapping[str, object]) -> dict[str, int]:
    """Columns to split by that the preset names, beside the names that they have."""
    found = {name: header.under(headings) for name, headings in preset.columns.items() if name not in known}
    return {name: places[0] for name, places in found.items() if places}


def _zones(chosen: Candidate) -> dict[str, str]:
    """What the headings of days say, else what the preset does."""
    match = chosen.match
    days = [name for name in match.columns if match.table.by_name[name].kind is DAY] if match.preset and match.preset.zone else []
    return {**{name: match.preset.zone for name in days if match.preset}, **match.zones}


def _instead(preset: Preset, header: Header, columns: Mapping[str, int]) -> dict[str, tuple[int, ...]]:
    """Where else a cell is looked for: under the same heading again, then under those that the preset names."""
    found = {column: [*header.again(at), *header.under(preset.instead.get(column, ()))] for column, at in columns.items()}
    return {column: tuple(dict.fromkeys(at for at in places if at != columns[column])) for column, places in found.items() if places}


def _choices(preset: Preset, header: Header) -> Iterator[PresetRowRule]:
    """Rows are chosen by headings that are there; lines that are no rows, by what stands first, are chosen for what they are."""
    for reason, words in preset.lines.aside.items():
        yield PresetRowRule(RowChoice(header.cells[:1], words, aside=reason), 0, renames=True)
    for choice in preset.choices:
        at, other = header.under(choice.columns), header.under([choice.unlike] if choice.unlike else [])
        if at and bool(choice.unlike) == bool(other):
            yield PresetRowRule(choice, at[0], (*other, -1)[0])


def _doubled(chosen: Candidate) -> dict[str, str]:
    """Columns beside which a free one has the same heading, and that one's name."""
    columns, plain = chosen.match.columns, [normal(name) for name in chosen.written]
    free = [at for at, _ in enumerate(plain) if at not in columns.values()]
    found = {name: [other for other in free if plain[other] == plain[at]] for name, at in columns.items()}
    return {name: chosen.header[others[0]] for name, others in found.items() if others}


def data_line(head: Head, chosen: Candidate) -> tuple[int, int]:
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


def _is_row(cells: list[str], chosen: Candidate) -> bool:
    """Whether a record is a row of data, whatever is wrong with it: a line of the header has no day, number or score in its columns."""
    columns = chosen.match.table.by_name
    read = [(columns[name], cells[at].strip()) for name, at in chosen.match.columns.items() if at < len(cells)]
    return any(reads(column, text, chosen.match.preset) for column, text in read if column.kind.can_fail and any(map(str.isdigit, text)))


def reads(column: Column, text: str, preset: Preset | None = None) -> bool:
    """Whether a cell says something that can be read in some way."""
    said = drop_blank_word(text) if column.kind.can_fail else text
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
