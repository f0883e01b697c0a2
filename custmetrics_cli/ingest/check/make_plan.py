"""From what the files of a table are and what is asked of them to what is read of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from custmetrics_cli.columns.day import DAY
from custmetrics_cli.columns.text import ID
from custmetrics_cli.ingest.check.file_progress import FileProgress
from custmetrics_cli.ingest.check.judge import numeric
from custmetrics_cli.ingest.check.plan import OR, OTHER, ROW, SPLIT, TAKEN, ReadPlan
from custmetrics_cli.ingest.model import Layout, Settings, TextFile
from custmetrics_cli.ingest.parse.csv_slices import CsvPart
from custmetrics_cli.ingest.recognise.headers import normalise
from custmetrics_cli.tables import Table
from custmetrics_cli.tables.shared.table import Selection


def planned(table: Table, files: Sequence[tuple[TextFile, Layout]], selection: Selection, settings: Settings) -> ReadPlan:
    present = frozenset(name for _, layout in files for name in (*layout.columns, *layout.substitutes.constants))
    every = _every(table, files) if selection.everything else ()
    words = [*(column.name for column in table.columns if column.is_currency), *selection.words, *every]
    found = [name for name in dict.fromkeys(words) if any(_says(name, layout) for _, layout in files)]
    inputs = [_input(table, plain, layout, found) for plain, layout in files]
    days = [name for name in selection.words if name in table.by_name and table.by_name[name].kind is DAY]
    known = dict.fromkeys([*(column.name for column in numeric(table)), *(derived.name for derived in table.derived)])
    reads = tuple(name for name in dict.fromkeys([*selection.reads, *days, *(known if selection.everything else ())]) if name in known)
    given = frozenset(
        number for number, rule in enumerate(table.skip_rules, 1) if selection.everything or rule.reason in selection.kept_reasons
    )
    return ReadPlan(
        table, inputs, present, _named(found, reads), table.policy_values(settings.policies), reads, given, selection.check_context
    )


def names(files: Sequence[tuple[TextFile, Layout]]) -> tuple[str, ...]:
    """Every column by which a table can be split, by the name it has."""
    return tuple(dict.fromkeys(name for _, layout in files for name in (*layout.extra, *layout.columns, *layout.substitutes.constants)))


def _every(table: Table, files: Sequence[tuple[TextFile, Layout]]) -> list[str]:
    """All columns of words."""
    return [name for name in names(files) if name not in table.by_name or table.by_name[name].kind.is_text]


def _says(name: str, layout: Layout) -> bool:
    return name in layout.substitutes.constants or _position(name, layout) is not None


def _input(table: Table, text_file: TextFile, layout: Layout, segments: Sequence[str]) -> FileProgress:
    declared = {name: at for name, at in layout.columns.items() if not table.by_name[name].kind.is_text}
    split = {SPLIT + name: at for name in segments if (at := _position(name, layout)) is not None}
    return FileProgress(text_file, layout, _feed(text_file, layout, declared | split))


def _feed(text_file: TextFile, layout: Layout, columns: Mapping[str, int]) -> CsvPart:
    """columns: what is read, with where it stands; beside it what stands in for it, and what the preset chooses rows by."""
    looked = [(f"{ROW}{number}", one.at, one.other) for number, one in enumerate(layout.preset_rules)]
    rows = {key: at for key, at, _ in looked} | {key + OTHER: other for key, _, other in looked if other >= 0}
    others = {key: _others(key, layout) for key in columns if key.removeprefix(SPLIT) in layout.substitutes.fallbacks}
    places = {other: at for every in others.values() for other, at in every.items()}
    return CsvPart(
        text_file.path,
        layout.dialect.delimiter,
        layout.dialect.quote,
        layout.lines.data,
        len(layout.names),
        {**columns, **rows, **places},
        instead={key: tuple(every) for key, every in others.items()},
        last=layout.lines.last,
        scanned=layout.group_position >= 0 or bool(layout.dialect.escape),
        escape=layout.dialect.escape,
    )


def _others(key: str, layout: Layout) -> dict[str, int]:
    return {f"{key}{OR}{number}": at for number, at in enumerate(layout.substitutes.fallbacks[key.removeprefix(SPLIT)], 1)}


def _position(name: str, layout: Layout) -> int | None:
    """Where a segment stands in a file: a further column, or a declared one that is neither a day nor who it is."""
    kinds = layout.table.by_name
    if name in kinds and kinds[name].is_currency:
        return layout.columns.get(name)  # a column of that name that was not to be taken for it says nothing of money
    declared = {column: at for column, at in layout.columns.items() if kinds[column].kind not in (DAY, ID)}
    for known in (layout.extra, declared):
        if name in known:
            return known[name]
    alike = {normalise(column): at for known in (declared, layout.extra) for column, at in reversed(list(known.items()))}
    return alike.get(normalise(name))


def _named(segments: Sequence[str], numbers: Sequence[str]) -> dict[str, str]:
    """Columns of the frame: the segment's own name, changed where another column has it (SQL does not see the case of letters)."""
    taken = {name.casefold() for name in (*TAKEN, *numbers)}
    named = {}
    for name in segments:
        own = name
        while own.casefold() in taken:
            own += "_"
        taken.add(own.casefold())
        named[name] = own
    return named
