"""What is to be read of each file of a table: its declared columns, and the columns by which the user splits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from custmetrics_cli.columns.day import DAY
from custmetrics_cli.columns.money import MONEY
from custmetrics_cli.columns.text import ID
from custmetrics_cli.engines.base import TableSpec
from custmetrics_cli.ingest.check.file_progress import FileProgress
from custmetrics_cli.ingest.check.judge import ASIDE, JudgeConfig, numeric
from custmetrics_cli.tables import Table
from custmetrics_cli.tables.shared.column import Column

if TYPE_CHECKING:
    pass

BAD = "bad row"  # why --skip-bad-rows sets one aside
SPLIT = "by "  # marks what is read as the text of a segment, beside the same column's numbers
ROW = "row "  # and what a preset chooses rows by
OTHER = " other"  # the cell that it is held against
OR = " or "  # and what is taken where the cell of a column is empty
TAKEN = ("id", "group", ASIDE)  # names in frames that are no column's


class ReadPlan(NamedTuple):
    """A table, its files, and the columns of its frame."""

    table: Table
    inputs: Sequence[FileProgress]
    present: frozenset[str]  # declared columns that are in some file, or said by its header
    split_columns: Mapping[str, str]  # as the user asks for it -> column of the frame
    policies: Mapping[str, str]  # policies
    reads: tuple[str, ...]  # columns of numbers that somebody looks at
    kept_rules: frozenset[int]  # numbers of the rules whose rows are in the frame all the same
    check_context: Mapping[str, str]  # what checks must know of the metrics asked for

    @property
    def id(self) -> Column | None:
        return next((column for column in self.table.columns if column.kind is ID), None)

    @property
    def judge_config(self) -> JudgeConfig:
        days = (name for name in self.reads if self.is_day(name))
        return JudgeConfig(
            self.table, {**self.policies, **self.check_context}, self.kept_rules, (*(column.name for column in (self.id,) if column), *days)
        )

    @property
    def table_spec(self) -> TableSpec:
        """The columns of the table's frame."""
        constants = self.constant_columns
        numbers = (*(name for name in self.reads if name not in constants), *([ASIDE] if self.kept_rules else []))
        days = frozenset(name for name in self.reads if self.is_day(name))
        return TableSpec(self.table.name, numbers, days, tuple(self.split_columns.values()), constants)

    @property
    def constant_columns(self) -> dict[str, int]:
        """The columns of numbers that no file has."""
        made = {derived.name for derived in self.table.derived}
        lacking = {column.name: column.empty for column in numeric(self.table) if column.name not in self.present | made}
        return {name: lacking[name] for name in self.reads if name in lacking}

    @property
    def money(self) -> list[str]:
        """The columns that are summed: amounts, and what is made of them."""
        return [name for name, kind in self.table.kinds.items() if kind is MONEY and name in self.answerable]

    @property
    def currencies(self) -> dict[str, int]:
        """What rows that are used say of their currency, in order of name, and how many; '' = nothing; {} where nobody could say."""
        there = any(column.is_currency and column.name in self.present for column in self.table.columns)
        every = sum((progress.currencies for progress in self.inputs), Counter[str]())
        return dict(sorted(every.items())) if there else {}

    def is_day(self, name: str) -> bool:
        return self.table.kinds.get(name) is DAY

    @property
    def answerable(self) -> frozenset[str]:
        """Columns that can be answered for: in a file, or made from those of one."""
        return self.present.union(*(self.table.answerable(progress.layout.columns, self.policies) for progress in self.inputs))
