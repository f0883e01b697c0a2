"""The plan for reading a table: its files, and the columns of its frame."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from custmetrics_cli.columns.day import DAY
from custmetrics_cli.columns.money import MONEY
from custmetrics_cli.columns.text import ID
from custmetrics_cli.engines.base import TableSpec
from custmetrics_cli.engines.stored.part import NUMBERED
from custmetrics_cli.ingest.check.file_progress import FileProgress
from custmetrics_cli.ingest.check.judge import SKIP_RULE, JudgeConfig, numeric
from custmetrics_cli.ingest.model import Layout
from custmetrics_cli.ingest.overlap.row_ids import RowIds
from custmetrics_cli.ingest.parse.key_numbers import NO_KEY, KeyNumbers
from custmetrics_cli.tables import Column, Table
from custmetrics_cli.tables.shared.order_lines import ONCE, ORDER_TOTALS


class ReadPlan(NamedTuple):
    """A table, its files, and the columns of its frame."""

    table: Table
    files: Sequence[FileProgress]
    present: frozenset[str]  # declared columns that some file has, in its cells or its header
    split_columns: Mapping[str, str]  # column to split by, as the user names it -> column of the frame
    policies: Mapping[str, str]  # name -> value in effect
    reads: tuple[str, ...]  # columns of numbers that a metric reads
    kept_rules: frozenset[int]  # numbers of the rules whose rows are skipped, and in the frame all the same
    check_context: Mapping[str, str]  # options of metrics that checks read
    keys: KeyNumbers
    row_ids: RowIds  # what identifies the rows of several files

    @property
    def id(self) -> Column | None:
        """The column of the customer's id."""
        return next((column for column in self.table.columns if column.kind is ID), None)

    @property
    def judge_config(self) -> JudgeConfig:
        kept_columns = (*(column.name for column in (self.id,) if column), *(name for name in self.reads if self.is_day(name)))
        return JudgeConfig(self.table, {**self.policies, **self.check_context}, self.kept_rules, kept_columns, self.reads)

    @property
    def table_spec(self) -> TableSpec:
        """The columns of the table's frame."""
        constants = self.constant_columns
        numbers = (*(name for name in self.reads if name not in constants), *([SKIP_RULE] if self.kept_rules else []))
        days = frozenset(name for name in self.reads if self.is_day(name) or name == NUMBERED)  # ids that are counted fit 32 bits
        return TableSpec(self.table.name, numbers, days, tuple(self.split_columns.values()), constants)

    @property
    def constant_columns(self) -> dict[str, int]:
        """The columns of numbers that no file has, and the number they hold."""
        derived = {each.name for each in self.table.derived}
        absent = {column.name: column.empty for column in numeric(self.table) if column.name not in self.present | derived}
        absent |= {column.as_order: 0 for column in self.table.columns if column.keeps_order and column.name not in self.present}
        absent |= {column.as_key: NO_KEY for column in self.table.columns if column.kind.is_key and column.name not in self.present}
        return {name: absent[name] for name in self.reads if name in absent}

    @property
    def money(self) -> list[str]:
        """The columns of amounts that are summed, derived ones included."""
        made = {derived.name for derived in self.table.derived_for(self.reads)}
        return [name for name, kind in self.table.kinds.items() if kind is MONEY and name in self.answerable & (made | self.present)]

    @property
    def currencies(self) -> dict[str, int]:
        """The used rows of each currency, in order of name. '' = not known; {} where no file has a column of currencies."""
        has_currency = any(column.is_currency and column.name in self.present for column in self.table.columns)
        counts = sum((progress.currencies for progress in self.files), Counter[str]())
        return dict(sorted(counts.items())) if has_currency else {}

    def counts_once(self, layout: Layout) -> bool:
        """Return True if the rows of an order in a file repeat one amount, which counts once."""
        return ONCE in (self.policies.get(ORDER_TOTALS.name), layout.facts.get(ORDER_TOTALS.name))

    def is_day(self, name: str) -> bool:
        return self.table.kinds.get(name) is DAY

    @property
    def answerable(self) -> frozenset[str]:
        """The declared columns that a metric may read: in a file, or derived from columns of one."""
        distinct = {frozenset(progress.layout.columns) for progress in self.files}  # many files have the same columns
        return self.present.union(*(self.table.answerable(columns, self.policies) for columns in distinct))
