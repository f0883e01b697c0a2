"""Two exports compared: the metrics of a period that differ, the totals that moved and by whom, the rows behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.core.answers.diff import CellChange, Diff, MetricChange, RowChange, RowCount, TotalChange, Unanswered
from custmetrics_cli.render.data.diff import change_record, flat_change, flat_row, paths, row_record, unanswered_record
from custmetrics_cli.render.data.records import document, listing_period
from custmetrics_cli.render.document import Record
from custmetrics_cli.render.numbers import difference_text, signed_text, total_text, value_text
from custmetrics_cli.render.page import Heading, Line, Page, Table, aligned, amounts_in, period_text, settings_text, skipped_rows

if TYPE_CHECKING:
    from custmetrics_cli.core.answers.answer import InputReport
    from custmetrics_cli.core.formula import Number
    from custmetrics_cli.render.document import Flat

NAMED = 3  # names that are shown before the others are counted
FLAT = ("what", "name", "metric", "table", "customer_id", "key", "old", "new", "difference", "unit", "currency", "moves", "period")
METRICS = (
    Heading("metric"),
    Heading("old", right=True),
    Heading("new", right=True),
    Heading("difference", right=True),
    Heading("what moved"),
)
ROWS = (Heading("row"), Heading("customer_id"), Heading("key"), Heading("old -> new"), Heading("moves"))


class DiffDocument(NamedTuple):
    diff: Diff

    def page(self, ascii: bool) -> Page:
        found = self.diff
        return [
            Line(f"{_files(found.old.inputs)} -> {_files(found.new.inputs)}, {period_text(found.period)}", strong=True),
            *_metrics(found),
            *_totals(found.changed),
            *(piece for table in dict.fromkeys(count.table for count in found.counts) for piece in _rows(found, table)),
            Line(),
            *amounts_in(each.new.currency for each in found.changed if each.new.has_money),
            *settings_text(self._policies),
            *skipped_rows(self._inputs),
        ]

    @property
    def _inputs(self) -> list[InputReport]:
        return [*self.diff.old.inputs, *self.diff.new.inputs]

    @property
    def _policies(self) -> dict[str, str]:
        return {**self.diff.old.policies, **self.diff.new.policies}

    def record(self) -> Record:
        found = self.diff
        body = {
            "diff": {
                "period": listing_period(found.period),
                "old": paths(found.old),
                "new": paths(found.new),
                "changed": [change_record(each) for each in found.changed],
                "same": [metric.name for metric in found.same],
                "unanswered": [unanswered_record(each) for each in found.unanswered],
                "counts": [
                    {"table": each.table, "kind": each.kind, "rows": each.rows, "idle": each.without_effect} for each in found.counts
                ],
                "rows": [row_record(each) for each in found.rows],
            }
        }
        return document(self._inputs, body, found.warnings, self._policies)

    def records(self) -> Iterator[Record]:
        """Per metric, then per row."""
        when = {"period": listing_period(self.diff.period)}
        yield from ({"what": "metric", **when, **change_record(each)} for each in self.diff.changed)
        yield from ({"what": "row", **when, **row_record(each)} for each in self.diff.rows)

    def flat(self) -> Flat:
        """A line per metric and per total of it that differs, and per cell of a row that does."""
        metrics = (line for each in self.diff.changed for line in flat_change(each))
        rows = (line for each in self.diff.rows for line in flat_row(each))
        return FLAT, [tuple(map({**line, "period": self.diff.period.name}.get, FLAT)) for line in chain(metrics, rows)]


def _files(inputs: Sequence[InputReport]) -> str:
    return ", ".join(report.path for report in inputs)


def _some(names: Sequence[str], most: int = NAMED) -> str:
    """
    >>> _some(["a", "b", "c", "d", "e"]), _some(["a", "b"])
    ('a, b, c and 2 more', 'a, b')
    """
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _metrics(found: Diff) -> Page:
    rows = [
        (
            each.new.metric.title,
            value_text(each.old.value, each.old.unit),
            value_text(each.new.value, each.new.unit),
            difference_text(each.difference, each.new.unit) if each.difference else "",
            _some([*map(_moved, each.totals), *each.uses, *(["its grid"] if each.grid else [])]),
        )
        for each in found.changed
    ]
    return [*([Table(METRICS, rows)] if rows else []), Line(_same(found)), *map(Line, _lacking(found.unanswered))]


def _same(found: Diff) -> str:
    n = len(found.same)
    if not found.changed and not any(count.rows for count in found.counts):
        return f"nothing differs: {n} metrics and all rows are the same"
    return f"{n:,} {'other ' if found.changed else ''}metric{' is as it was' if n == 1 else 's are as they were'}"


def _lacking(unanswered: Sequence[Unanswered]) -> list[str]:
    """What lacks the same stands together."""
    lacks: dict[str, list[str]] = {}
    for each in unanswered:
        for side, problem in (("OLD", each.old), ("NEW", each.new)):
            if problem:
                lacks.setdefault(f"not answered by {side}, {problem.message}", []).append(each.metric.name)
    return [f"{why}: {', '.join(names)}" for why, names in lacks.items()]


def _moved(total: TotalChange) -> str:
    old, new = ("none" if value is None else total_text(value, total.unit) for value in (total.old, total.new))
    return f"{total.name} {old} -> {new}"


def _totals(changed: Sequence[MetricChange]) -> Page:
    """Each once, with the customers who moved it."""
    every = {(each.name, each.old, each.new): each for change in changed for each in change.totals if each.customers}
    rows = [
        (
            f"  {each.name}",
            signed_text(each.difference, each.unit) if each.difference else "",
            "by",
            _some([_part(each, *one) for one in each.customers]),
        )
        for each in every.values()
        if each.customers
    ]
    return [Line(), Line("Who moved them", strong=True), *aligned(rows, right=frozenset({1}))] if rows else []


def _part(total: TotalChange, customer: str, added: Number) -> str:
    return f"{customer} {signed_text(added, total.unit)}"


def _rows(found: Diff, table: str) -> Page:
    counts = [count for count in found.counts if count.table == table and count.rows]
    rows = [row for row in found.rows if row.table == table]
    if not counts:
        return []
    every = sum(count.rows for count in counts)
    cut = [Line(f"the first {len(rows):,} of {every:,} rows: --rows {every} shows all")] if len(rows) < every else []
    return [Line(), Line(f"Rows of {table}: {_counted(counts)}", strong=True), Table(ROWS, [_row(row) for row in rows]), *cut]


def _counted(counts: Sequence[RowCount]) -> str:
    kinds = ", ".join(f"{count.rows:,} {count.kind}" for count in counts)
    if any(count.without_effect is None for count in counts):
        return f"{kinds}; too many to say which metrics each moves"
    idle = sum(count.without_effect or 0 for count in counts)
    return f"{kinds}" + (f"; {idle:,} without effect in the period" if idle else "")


def _row(row: RowChange) -> tuple[str, ...]:
    key = ", ".join(_value(value) for value in row.key.values() if value is not None)
    return (row.kind, row.customer or "", key, "; ".join([*(_cells(row.kind, each) for each in row.cells), *_aside(row)]), _moves(row))


def _moves(row: RowChange) -> str:
    return "" if row.moves is None else _some(row.moves) or "nothing in the period"


def _cells(kind: str, cells: CellChange) -> str:
    said = {"added": _value(cells.new), "vanished": _value(cells.old)}
    return f"{cells.column} {said[kind] if kind in said else f'{_value(cells.old)} -> {_value(cells.new)}'}"


def _aside(row: RowChange) -> list[str]:
    old, new = row.skip_reasons
    if row.kind == "changed" and old != new:
        return [f"set aside: {old or 'no'} -> {new or 'no'}"]
    return [f"set aside: {old or new}"] if old or new else []


def _value(value: str | Number | None) -> str:
    if value is None:
        return "none"
    return str(value) if isinstance(value, str | int) else total_text(value, "money")
