"""The rows of a table that differ between two exports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from custmetrics_cli.core.words import plural
from custmetrics_cli.render.numbers import total_text
from custmetrics_cli.render.page import Header, Line, Page, Table
from custmetrics_cli.render.text import some

if TYPE_CHECKING:
    from custmetrics_cli.core.diff import CellChange, Diff, RowChange, RowCount
    from custmetrics_cli.core.formula import Number

ROWS = (Header("row"), Header("customer_id"), Header("key"), Header("old -> new"), Header("changes"))


def changed_rows(diff: Diff, table: str) -> Page:
    """Return the rows of one table, below their number."""
    counts = [count for count in diff.counts if count.table == table and count.rows]
    rows = [row for row in diff.rows if row.table == table]
    if not counts:
        return []
    total = sum(count.rows for count in counts)
    hint = [Line(f"the first {len(rows):,} of {plural(total, 'row')}: --rows {total} shows all")] if len(rows) < total else []
    return [Line(), Line(f"Rows of {table}: {_counts(counts)}", strong=True), Table(ROWS, [_row(row) for row in rows]), *hint]


def _counts(counts: Sequence[RowCount]) -> str:
    kinds = ", ".join(f"{count.rows:,} {count.kind}" for count in counts)
    if any(count.without_effect is None for count in counts):
        return f"{kinds}; too many to show the metrics that each row changes"
    idle = sum(count.without_effect or 0 for count in counts)
    return kinds + (f"; {idle:,} without effect in the period" if idle else "")


def _row(row: RowChange) -> tuple[str, ...]:
    key = ", ".join(_value(value) for value in row.key.values() if value is not None)
    cells = "; ".join([*(_cell(row.kind, each) for each in row.cells), *_skipped(row)])
    return row.kind, row.customer or "", key, cells, _metrics(row)


def _metrics(row: RowChange) -> str:
    return "" if row.moves is None else some(row.moves) or "no effect in the period"


def _cell(kind: str, cell: CellChange) -> str:
    """Return the value of an added or vanished row, or both values of a changed one."""
    values = {"added": _value(cell.new), "vanished": _value(cell.old)}
    return f"{cell.column} {values[kind] if kind in values else f'{_value(cell.old)} -> {_value(cell.new)}'}"


def _skipped(row: RowChange) -> list[str]:
    old, new = row.skip_reasons
    if row.kind == "changed" and old != new:
        return [f"skipped: {old or 'no'} -> {new or 'no'}"]
    return [f"skipped: {old or new}"] if old or new else []


def _value(value: str | Number | None) -> str:
    if value is None:
        return "none"
    return str(value) if isinstance(value, str | int) else total_text(value, "money")
