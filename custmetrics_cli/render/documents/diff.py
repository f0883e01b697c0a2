"""Two exports compared: the metrics that differ, the totals and customers behind that, and the rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.core.data.in_effect import merged
from custmetrics_cli.core.diff import Diff, MetricChange, TotalChange, Unanswered
from custmetrics_cli.core.words import plural
from custmetrics_cli.render.data.diff import change_record, flat_change, flat_row, row_record, unanswered_record
from custmetrics_cli.render.data.records import document, optional_period, paths
from custmetrics_cli.render.numbers import difference_text, signed_text, total_text, value_text
from custmetrics_cli.render.page import Header, Line, Page, Table, aligned
from custmetrics_cli.render.parts.changed_rows import changed_rows
from custmetrics_cli.render.parts.footer import footer, scoped
from custmetrics_cli.render.text import period_text, some

if TYPE_CHECKING:
    from custmetrics_cli.core.result import InputReport
    from custmetrics_cli.render.document import Flat, Record

FLAT = ("what", "name", "metric", "table", "customer_id", "key", "old", "new", "difference", "unit", "currency", "moves", "period")
METRICS = (
    Header("metric"),
    Header("old", right=True),
    Header("new", right=True),
    Header("difference", right=True),
    Header("changed totals"),
)


class DiffDocument(NamedTuple):
    """A document of differences."""

    diff: Diff

    def page(self, ascii: bool) -> Page:
        """Return the metrics, the totals, then the rows of each table."""
        diff = self.diff
        title = f"{', '.join(paths(diff.old))} -> {', '.join(paths(diff.new))}, {period_text(diff.period)}"
        tables = dict.fromkeys(count.table for count in diff.counts)
        return [
            Line(scoped(title, self._policies), strong=True),
            Line(),
            *_metrics(diff),
            *_totals(diff.changed),
            *(piece for table in tables for piece in changed_rows(diff, table)),
            *footer(self._policies.items(), self._inputs, [each.new.currency for each in diff.changed if each.new.has_money]),
        ]

    @property
    def _inputs(self) -> list[InputReport]:
        return [*self.diff.old.inputs, *self.diff.new.inputs]

    @property
    def _policies(self) -> Mapping[str, str]:
        return merged(self.diff.old.policies, self.diff.new.policies)

    def record(self) -> Record:
        diff = self.diff
        body = {
            "diff": {
                "period": optional_period(diff.period),
                "old": paths(diff.old),
                "new": paths(diff.new),
                "changed": [change_record(each) for each in diff.changed],
                "same": [metric.name for metric in diff.same],
                "unanswered": [unanswered_record(each) for each in diff.unanswered],
                "counts": [
                    {"table": each.table, "kind": each.kind, "rows": each.rows, "idle": each.without_effect} for each in diff.counts
                ],
                "rows": [row_record(each) for each in diff.rows],
            }
        }
        return document(self._inputs, body, diff.warnings, self._policies)

    def records(self) -> Iterator[Record]:
        """Yield each metric, then each row."""
        period = {"period": optional_period(self.diff.period)}
        yield from ({"what": "metric", **period, **change_record(each)} for each in self.diff.changed)
        yield from ({"what": "row", **period, **row_record(each)} for each in self.diff.rows)

    def flat(self) -> Flat:
        """Return a row for each metric and total that differs, and for each cell of a row that differs."""
        metrics = (row for each in self.diff.changed for row in flat_change(each))
        rows = (row for each in self.diff.rows for row in flat_row(each))
        return FLAT, [tuple(map({**row, "period": self.diff.period.name}.get, FLAT)) for row in chain(metrics, rows)]


def _metrics(diff: Diff) -> Page:
    rows = [
        (
            each.new.metric.title,
            value_text(each.old.value, each.old.unit, each.old.currency, named=False),
            value_text(each.new.value, each.new.unit, each.new.currency, named=False),
            difference_text(each.difference, each.new.unit, each.new.currency, named=False) if each.difference else "",
            some([*map(_total_change, each.totals), *each.uses, *(["its details"] if each.exhibits_differ else [])]),
        )
        for each in diff.changed
    ]
    return [*([Table(METRICS, rows)] if rows else []), Line(_same(diff)), *map(Line, _unanswered(diff.unanswered))]


def _same(diff: Diff) -> str:
    same = len(diff.same)
    if not diff.changed and not any(count.rows for count in diff.counts):
        return f"no differences: {plural(same, 'metric')} and all rows are the same"
    return f"{plural(same, 'other metric' if diff.changed else 'metric')} unchanged"


def _unanswered(unanswered: Sequence[Unanswered]) -> list[str]:
    """Return each problem once, with the metrics that have it."""
    problems: dict[tuple[str, str], list[str]] = {}
    for each in unanswered:
        for side, problem in (("OLD", each.old), ("NEW", each.new)):
            if problem:
                problems.setdefault((side, problem.message), []).append(each.metric.name)
    return [f"{side} cannot answer {', '.join(names)}: {message}" for (side, message), names in problems.items()]


def _total_change(total: TotalChange) -> str:
    old, new = ("none" if value is None else total_text(value, total.unit) for value in (total.old, total.new))
    return f"{total.name} {old} -> {new}"


def _totals(changed: Sequence[MetricChange]) -> Page:
    """Return each total once, with the customers behind its difference."""
    totals = {(each.name, each.old, each.new): each for change in changed for each in change.totals if each.customers}
    rows = [
        (
            f"  {each.name}",
            signed_text(each.difference, each.unit) if each.difference else "",
            "by",
            some([f"{customer} {signed_text(part, each.unit)}" for customer, part in each.customers or ()]),
        )
        for each in totals.values()
    ]
    return [Line(), Line("Customers behind the changes", strong=True), *aligned(rows, right=frozenset({1}))] if rows else []
