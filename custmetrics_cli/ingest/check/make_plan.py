"""Make the plan for reading a table, from the layout of its files and what metrics ask for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from custmetrics_cli.columns.day import DAY
from custmetrics_cli.engines.memory import is_little
from custmetrics_cli.ingest.check.file_progress import FileProgress
from custmetrics_cli.ingest.check.judge import SKIP_RULE, numeric
from custmetrics_cli.ingest.check.plan import ReadPlan
from custmetrics_cli.ingest.model import Layout, TextFile
from custmetrics_cli.ingest.overlap.row_ids import choose_row_ids
from custmetrics_cli.ingest.parse.column_keys import COMPARED, FALLBACK, PRESET_ROW, ROW_ID, SPLIT
from custmetrics_cli.ingest.parse.csv_slices import CsvPart
from custmetrics_cli.ingest.parse.key_numbers import KeyNumbers
from custmetrics_cli.ingest.recognise.headers import normalise
from custmetrics_cli.ingest.recognise.questions.merge import complete_context
from custmetrics_cli.ingest.recognise.roles.words import rank_of
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.tables import Table
from custmetrics_cli.tables.shared.order_lines import ONCE, ORDER_TOTALS
from custmetrics_cli.tables.shared.table import Selection
from custmetrics_cli.tables.words.people import KNOWN_BY

SECOND = 2  # the first line of rows in a file whose header is the names of its columns
RESERVED = ("id", "group", SKIP_RULE)  # names of frame columns that no column to split by may have

Files = Sequence[tuple[TextFile, Layout]]


def make_plan(table: Table, files: Files, selection: Selection, settings: Settings) -> ReadPlan:
    """Decide which columns are read from each file. selection: the columns and rows that metrics ask for."""
    selection = selection._replace(words=[*selection.words, *_declared(selection.words, files)])
    splits = _columns_to_split_by(table, files, selection)
    reads = _columns_of_numbers(table, selection)
    kept_rules = frozenset(
        number for number, rule in enumerate(table.skip_rules, 1) if selection.everything or rule.reason in selection.kept_reasons
    )
    row_ids = choose_row_ids([layout for _, layout in files], settings)
    once = [_counts_once(layout, settings) for _, layout in files]
    progresses = [
        _file_progress(table, *file, splits, reads, each_once, row_id)
        for file, each_once, row_id in zip(files, once, row_ids.headers, strict=True)
    ]
    for progress in progresses:
        progress.csv_part = progress.csv_part._replace(in_little=is_little(settings.memory))
    return ReadPlan(
        table=table,
        files=progresses,
        present=frozenset(name for _, layout in files for name in (*layout.columns, *layout.substitutes.constants)),
        split_columns=_frame_columns(splits, reads),
        policies=table.policy_values(settings.policies),
        reads=reads,
        kept_rules=kept_rules,
        check_context=complete_context(selection.check_context, files),
        keys=KeyNumbers(),
        row_ids=row_ids,
    )


def columns_by_header(files: Files) -> dict[str, str]:
    """Return the declared columns by the normalised headers of the files. A header that is an extra column of some file is left out."""
    extra = {normalise(name) for _, layout in files for name in layout.extra}
    found = {normalise(layout.names[at]): column for _, layout in reversed(files) for column, at in layout.columns.items()}
    return {header: column for header, column in found.items() if header not in extra}


def known_by(files: Files) -> tuple[str, ...]:
    """Return the columns by which people know a customer, the first of each kind: name, company, e-mail and manager."""
    ranks: dict[int, str] = {}
    for name in (name for _, layout in files for name in layout.extra):
        rank = rank_of(name, KNOWN_BY)
        if rank is not None:
            ranks.setdefault(rank, name)
    return tuple(ranks[rank] for rank in sorted(ranks))


def _declared(names: Collection[str], files: Files) -> list[str]:
    """Return the declared columns that names mean by the headers of the files."""
    by_header = columns_by_header(files)
    return [by_header[normalise(name)] for name in names if normalise(name) in by_header]


def same_column(asked: str, names: Collection[str], layout: Layout) -> str | None:
    """Return the one of some names that means the same column of a file as another name; None if none does."""
    if asked in names or not _has(layout, asked):
        return asked if asked in names else None
    at = _position(asked, layout)
    return next((name for name in names if _position(name, layout) == at), None)


def column_names(files: Files) -> tuple[str, ...]:
    """Return the name of every column by which a table can be split."""
    return tuple(dict.fromkeys(name for _, layout in files for name in (*layout.extra, *layout.columns, *layout.substitutes.constants)))


def _columns_to_split_by(table: Table, files: Files, selection: Selection) -> list[str]:
    """Return the columns read as words: those asked for and those of currencies, where some file has them."""
    names = [*(column.name for column in table.columns if column.is_currency), *selection.words]
    if selection.known_by:
        names += known_by(files)
    if selection.everything:
        names += [name for name in column_names(files) if name not in table.by_name or table.by_name[name].kind.is_text]
    return [name for name in dict.fromkeys(names) if any(_has(layout, name) for _, layout in files)]


def _columns_of_numbers(table: Table, selection: Selection) -> tuple[str, ...]:
    keys = [column.as_key for column in table.columns if column.kind.is_key]
    keys += [column.as_order for column in table.columns if column.keeps_order]
    known = dict.fromkeys([*(column.name for column in numeric(table)), *(derived.name for derived in table.derived), *keys])
    days = [name for name in selection.words if name in table.by_name and table.by_name[name].kind is DAY]
    usual = {derived.name for derived in table.derived_for(())}
    all_known = [name for name in known if name in usual or name not in {derived.name for derived in table.derived}]
    asked = dict.fromkeys([*selection.reads, *days, *(all_known if selection.everything else ())])
    return tuple(name for name in asked if name in known)


def _counts_once(layout: Layout, settings: Settings) -> bool:
    return ONCE in (settings.policies.get(ORDER_TOTALS.name), layout.facts.get(ORDER_TOTALS.name))


def _has(layout: Layout, name: str) -> bool:
    return name in layout.substitutes.constants or _position(name, layout) is not None


def _file_progress(
    table: Table, text_file: TextFile, layout: Layout, splits: Sequence[str], reads: Collection[str], once: bool, row_id: str
) -> FileProgress:
    keys = {column.as_key: layout.columns[column.name] for column in table.columns if column.kind.is_key and column.name in layout.columns}
    declared = {name: at for name, at in layout.columns.items() if not table.by_name[name].kind.is_text}
    split = {SPLIT + name: at for name in splits if (at := _position(name, layout)) is not None}
    keys = {name: at for name, at in keys.items() if name in reads or once}
    ids = {ROW_ID: layout.names.index(row_id)} if row_id else {}
    part = _csv_part(text_file, layout, declared | split | keys | ids)
    progress = FileProgress(text_file, layout, part)
    if part.first_line != SECOND or part.last_line or part.scan_all:
        progress.use_text()
    return progress


def _csv_part(text_file: TextFile, layout: Layout, columns: Mapping[str, int]) -> CsvPart:
    """Return the part of a file to read: these columns, their fallbacks, and the columns by which the preset chooses rows."""
    fallbacks = {key: dict(_fallbacks(key, layout)) for key in columns if key.removeprefix(SPLIT) in layout.substitutes.fallbacks}
    fallback_positions = {key: at for positions in fallbacks.values() for key, at in positions.items()}
    return CsvPart(
        text_file.path,
        layout.dialect.delimiter,
        layout.dialect.quote,
        layout.lines.data,
        len(layout.names),
        {**columns, **dict(_preset_rows(layout)), **fallback_positions},
        fallbacks={key: tuple(positions) for key, positions in fallbacks.items()},
        last_line=layout.lines.last,
        scan_all=layout.group_position >= 0 or bool(layout.dialect.escape) or layout.dialect.spaced,
        escape=layout.dialect.escape,
        spaced=layout.dialect.spaced,
    )


def _preset_rows(layout: Layout) -> Iterator[tuple[str, int]]:
    for number, rule in enumerate(layout.preset_rules):
        yield f"{PRESET_ROW}{number}", rule.at
        if rule.other >= 0:
            yield f"{PRESET_ROW}{number}{COMPARED}", rule.other


def _fallbacks(key: str, layout: Layout) -> Iterator[tuple[str, int]]:
    for number, at in enumerate(layout.substitutes.fallbacks[key.removeprefix(SPLIT)], 1):
        yield f"{key}{FALLBACK}{number}", at


def _position(name: str, layout: Layout) -> int | None:
    """Return the position of a column to split by: an extra column, or a declared one that is not a day."""
    kinds = layout.table.by_name
    if name in kinds and kinds[name].is_currency:
        return layout.columns.get(name)  # an extra column of that name is not about money
    declared = {column: at for column, at in layout.columns.items() if kinds[column].kind is not DAY}
    for columns in (layout.extra, declared):
        if name in columns:
            return columns[name]
    similar = {normalise(column): at for columns in (declared, layout.extra) for column, at in reversed(list(columns.items()))}
    return similar.get(normalise(name))


def _frame_columns(splits: Sequence[str], numbers: Sequence[str]) -> dict[str, str]:
    """Name the frame columns of words: their own name, with _ added while another column has it.

    SQL ignores the case of letters. Spark reads points and backticks as its own.
    """
    taken = {name.casefold() for name in (*RESERVED, *numbers)}
    columns = {}
    for name in splits:
        column = re.sub(r"[.`]", "_", name)
        while column.casefold() in taken:
            column += "_"
        taken.add(column.casefold())
        columns[name] = column
    return columns
