"""From the texts of a slice to a batch: read each column, skip rows, check the others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from custmetrics_cli.columns import ColumnFormat, ParsedColumn
from custmetrics_cli.columns.discount import DISCOUNT
from custmetrics_cli.columns.money import MONEY
from custmetrics_cli.columns.parsing.blank_words import drop_blank_words
from custmetrics_cli.ingest.check.batch import Batch
from custmetrics_cli.ingest.check.judge import judge_rows
from custmetrics_cli.ingest.check.plan import ReadPlan
from custmetrics_cli.ingest.check.preset_rows import preset_verdicts, translate_cells
from custmetrics_cli.ingest.model import Layout
from custmetrics_cli.ingest.parse.column_keys import ROW_ID, SPLIT
from custmetrics_cli.ingest.parse.customer_ids import canonical_ids, name_nobody
from custmetrics_cli.ingest.parse.distinct import DistinctTexts, blank_to_empty, encode, has_text, to_numbers
from custmetrics_cli.ingest.parse.formats import Formats
from custmetrics_cli.ingest.parse.smallest_units import from_smallest_units
from custmetrics_cli.tables import Column

if TYPE_CHECKING:
    Array = np.ndarray[Any, Any]


def read_cells(texts: pa.Table, plan: ReadPlan, layout: Layout) -> dict[str, DistinctTexts]:
    """Return the distinct texts of every column but the id.

    A value from the header or the preset fills cells that are empty, or a column that the file does not have.
    """
    id_name = plan.id.name if plan.id else ""
    cells = {name: _read_column(texts, name, plan, layout) for name in texts.column_names if name not in (id_name, ROW_ID)}
    keys = {(SPLIT + name if plan.table.by_name[name].kind.is_text else name): text for name, text in layout.substitutes.constants.items()}
    return cells | {key: _fill(cells.get(key), text, texts.num_rows) for key, text in keys.items()}


def _read_column(texts: pa.Table, key: str, plan: ReadPlan, layout: Layout) -> DistinctTexts:
    cells = translate_cells(encode(texts.column(key)), key.removeprefix(SPLIT), layout.preset)
    declared = plan.table.by_name.get(key)  # None for a column to split by: there n/a is a word
    every_text_counts = cells.days or not declared or not declared.kind.can_fail
    return cells if every_text_counts else cells.replace_words(drop_blank_words(cells.words))


def _fill(cells: DistinctTexts | None, text: str, rows: int) -> DistinctTexts:
    if cells is None:
        return DistinctTexts(pa.array([text]), np.zeros(rows, np.int32))
    return cells.replace_words(pc.if_else(cells.filled, cells.words, text))


def make_batch(texts: pa.Table, cells: Mapping[str, DistinctTexts], plan: ReadPlan, layout: Layout, formats: Formats) -> Batch:
    """Judge the rows of a slice. formats: of this file. Raises CustmetricsError when a derived number leaves its range."""
    rows = texts.num_rows
    columns = _to_numbers(cells, plan, layout, formats)
    if layout.formats.cents:
        columns |= from_smallest_units(_money(columns, plan), _currencies(cells, plan, rows), layout.formats.currency)
    ids = texts.column(plan.id.name) if plan.id and plan.id.name in texts.column_names else None
    if plan.id and ids is not None:
        ids = canonical_ids(ids, plan.id, layout)
        is_known = has_text(ids)
        columns[plan.id.name] = ParsedColumn(np.zeros(0), is_known if plan.id.never_empty else np.ones(rows, bool))
        columns[plan.id.as_nobody] = ParsedColumn(name_nobody(ids, plan.id), np.ones(rows, bool))
        ids = ids if is_known.all() else blank_to_empty(ids, is_known)
    config = plan.judge_config
    config = config._replace(chosen={**config.chosen, **layout.roles})
    if plan.counts_once(layout):
        _mark_repeats(columns, plan)
    presets = preset_verdicts(cells, layout, rows, config.chosen)
    verdicts = judge_rows(config, columns, rows, _empty_cells(plan, cells, columns), presets)
    rests = {name: column.rests for name, column in columns.items() if column.rests is not None}
    return Batch(rows, cells, ids, verdicts, rests)


def _money(columns: Mapping[str, ParsedColumn], plan: ReadPlan) -> dict[str, ParsedColumn]:
    kinds = plan.table.by_name
    return {name: column for name, column in columns.items() if name in kinds and kinds[name].kind in (MONEY, DISCOUNT)}


def _currencies(cells: Mapping[str, DistinctTexts], plan: ReadPlan, rows: int) -> DistinctTexts:
    """Return the currency of each row, "" where it has none."""
    named = next((cells[SPLIT + column.name] for column in plan.table.columns if column.is_currency and SPLIT + column.name in cells), None)
    return named or DistinctTexts(pa.array([""]), np.zeros(rows, np.int32))


def _mark_repeats(columns: dict[str, ParsedColumn], plan: ReadPlan) -> None:
    """Mark the rows that repeat the total of an order."""
    for column in plan.table.columns:
        if column.kind.is_key and column.as_key in columns:
            columns[column.as_repeat] = plan.keys.repeats(columns[column.as_key].values, columns["amount"].values)


def _to_numbers(cells: Mapping[str, DistinctTexts], plan: ReadPlan, layout: Layout, formats: Formats) -> dict[str, ParsedColumn]:
    """Read the columns of numbers, and those that may replace an end a second time, in the format of that end."""
    declared = plan.table.by_name
    columns = {name: to_numbers(layout.column(name), cells[name], formats[name]) for name in cells if name in declared}
    for column in plan.table.columns:
        if column.kind.is_key and column.as_key in cells:
            columns[column.as_key] = plan.keys.read(column.name, cells[column.as_key])
        if column.keeps_order and column.as_order in plan.reads and column.name in cells:
            seconds = to_numbers(column, cells[column.name], formats[column.name]._replace(clock=True))
            columns[column.as_order] = plan.keys.in_order(seconds)
        if column.fallback_end and column.name in cells:
            columns[column.as_end] = to_numbers(column, cells[column.name], _format_as_end(column, formats))
    return columns


def _format_as_end(column: Column, formats: Formats) -> ColumnFormat:
    end = formats[column.fallback_end]
    return formats[column.name]._replace(end=end.end, inclusive=end.inclusive)


def _empty_cells(plan: ReadPlan, cells: Mapping[str, DistinctTexts], columns: Mapping[str, ParsedColumn]) -> dict[str, Array]:
    """Return where a required cell is empty, for the columns that kept rows must have."""
    required = {column.name for column in plan.table.columns if column.never_empty and column.name in columns}
    names = required.intersection(plan.judge_config.kept_columns) if plan.kept_rules else set()
    return {name: ~(np.asarray(cells[name].filled)[cells[name].codes] if name in cells else columns[name].ok) for name in names}
