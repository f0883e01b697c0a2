"""The tables of converted folders, as after reading their sources: plans, observations, and the parts for the engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from custmetrics_cli.engines.base import Engine
from custmetrics_cli.engines.stored.part import KEY, NUMBER, NUMBERED, SEVERAL, SKIPPED_BY, StoredColumn, StoredPart
from custmetrics_cli.ingest.check.judge import SKIP_RULE, numeric
from custmetrics_cli.ingest.check.make_plan import same_column
from custmetrics_cli.ingest.check.plan import ReadPlan
from custmetrics_cli.ingest.check.row_count import check_row_counts
from custmetrics_cli.ingest.converted.across_files import restored
from custmetrics_cli.ingest.converted.manifest import Entry
from custmetrics_cli.ingest.converted.opened import Opened
from custmetrics_cli.ingest.observations import Observations
from custmetrics_cli.ingest.parse.key_numbers import NO_KEY
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.tables.shared.table import Selection

SKIPPED_BY_RULE = StoredColumn(SKIPPED_BY, NUMBER)


class StoredTable(NamedTuple):
    """A table that is read from parts."""

    plan: ReadPlan
    observations: Observations
    parts: Sequence[StoredPart]

    def read_into(self, engine: Engine) -> None:
        """Give the rows to an engine. Raises CustmetricsError E902 if it has not all of them."""
        spec = self.plan.table_spec
        engine.prepare()
        engine.clear(spec)
        engine.attach(spec, self.parts)
        check_row_counts(self.plan, engine.row_count(spec))


def stored_tables(opened: Sequence[Opened], selections: Mapping[str, Selection], settings: Settings, today: int) -> dict[str, StoredTable]:
    """Return the tables asked for that folders have."""
    tables: dict[str, StoredTable] = {}
    for each in opened:
        for name, selection in selections.items():
            if entries := [entry for entry in each.entries if entry.table == name]:
                plan, observations = restored(name, entries, selection, settings, each.folder, today)
                if len(entries) == 1:  # these columns are about one file
                    plan = plan._replace(reads=(*plan.reads, *(each for each in (SEVERAL, NUMBERED) if each in entries[0].columns)))
                tables[name] = StoredTable(plan, observations, [*_parts(plan, entries, each)])
    return tables


def _parts(plan: ReadPlan, entries: Sequence[Entry], opened: Opened) -> Iterator[StoredPart]:
    """Yield the rows used of each source, then its skipped rows that a metric counts."""
    rows_before = 0
    for entry in entries:
        columns, added = _columns(plan, entry), dict.fromkeys(_orders(plan), rows_before)
        absent = {SKIP_RULE: 0, **_absent(plan)}
        numbers = {name: absent[name] for name in plan.table_spec.numbers if name not in columns}
        yield StoredPart(opened.folder / entry.part.file, entry.part.rows, columns, numbers, added)
        kept = {rule: rows for rule, rows in entry.kept.items() if rule in plan.kept_rules}
        if kept and entry.skipped_part:
            path, rules = opened.folder / entry.skipped_part.file, frozenset(kept)
            yield StoredPart(path, sum(kept.values()), {**columns, SKIP_RULE: SKIPPED_BY_RULE}, numbers, added, rules)
        rows_before += entry.read


def _columns(plan: ReadPlan, entry: Entry) -> dict[str, StoredColumn]:
    """Return the columns of a part that the plan reads, by the column of the frame."""
    stored = {name: entry.columns[name] for name in ("id", *plan.table_spec.numbers) if name in entry.columns}
    for column in plan.table.columns:
        if column.as_key in plan.table_spec.numbers and column.name in entry.words:
            stored[column.as_key] = entry.columns[entry.words[column.name]]._replace(kind=KEY)
    for asked, name in plan.split_columns.items():
        own = same_column(asked, entry.words, entry.source.layout)
        if own is not None:
            stored[name] = entry.columns[entry.words[own]]
    return stored


def _absent(plan: ReadPlan) -> dict[str, int]:
    """Return the number in every row of a part that does not have a column."""
    absent = {column.name: column.empty for column in numeric(plan.table)}
    absent |= {column.as_key: NO_KEY for column in plan.table.columns if column.kind.is_key}
    return absent | dict.fromkeys(_orders(plan), 0)


def _orders(plan: ReadPlan) -> list[str]:
    """Return the columns that put the rows of a table in order."""
    return [column.as_order for column in plan.table.columns if column.keeps_order]
