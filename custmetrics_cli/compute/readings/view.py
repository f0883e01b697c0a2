"""The tables of one dataset, read under another definition than our own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.compute.readings.columns import SPLITS, SUBSCRIPTION, UNPAID_FROM, amount_column, end_column, kept_reasons
from custmetrics_cli.compute.view import LoadedView
from custmetrics_cli.engines.query.run import materialise
from custmetrics_cli.tables import TABLES
from custmetrics_cli.tables.readings.other_ends import LONG_AGO

Frame = nw.LazyFrame[Any]
col, lit = nw.col, nw.lit
SKIP_RULE = "skip_rule"
PAUSES = ("paused_at", "resumed_at")


class ReadingView(LoadedView):
    """A view whose rows end, pay and belong together as the reading has it."""

    def frame(self, table: str = "") -> Frame:
        name = table or self.tables[0]
        if name != self.tables[0]:
            return super().frame(table)
        return self.once(("read", name), lambda: materialise(self._read()))

    def with_planned_ends(self) -> Frame:
        return self.frame()

    def can_answer(self, column: str) -> bool:
        return super().can_answer(column) and not (column in PAUSES and self.reading.paused in SPLITS)

    @property
    def id_name(self) -> str:
        return SUBSCRIPTION if self.reading.grain == "subscription" else super().id_name

    def id_texts(self, ids: Sequence[Any]) -> list[str]:
        if self.reading.grain != "subscription":
            return super().id_texts(ids)
        words = self._loaded.words[self.tables[0]][SUBSCRIPTION]
        return [words[int(each)] for each in ids]

    def _read(self) -> Frame:
        rows = self._rows_to_use()
        rows = self._with_ends(rows)
        names = rows.collect_schema().names()
        if "monthly" in names:
            rows = rows.with_columns(monthly=col(amount_column(self.reading))).filter(col("monthly") > 0)
        if self.reading.paused == "churn" and "paused_at" in names:
            rows = _split_at_pauses(rows)
        if self.reading.grain == "subscription":
            rows = rows.with_columns(id=col(self._loaded.split_columns[self.tables[0]][SUBSCRIPTION]).cast(nw.Int64))
        return rows.filter(col("ended_at") > col("started_at"))

    def _rows_to_use(self) -> Frame:
        """Return the used rows, and those that only our own definition skips."""
        known = {rule.reason for rule in TABLES[self.tables[0]].skip_rules}
        reasons = [reason for reason in kept_reasons(self.reading) if reason in known]
        if not reasons:
            return super().frame()
        numbers = [0, *(self.skip_number(reason) for reason in reasons)]
        return self.with_skipped().filter(col(SKIP_RULE).is_in(numbers)).drop(SKIP_RULE)

    def _with_ends(self, rows: Frame) -> Frame:
        rows = rows.with_columns(ended_at=col(end_column(self.reading)))
        rule = self.reading.past_due
        if rule == "keep":
            return rows
        is_known, days = col(UNPAID_FROM) > LONG_AGO, int(rule.partition(" ")[2] or 0)
        unpaid = nw.when(is_known & (col(UNPAID_FROM) < FAR)).then(col(UNPAID_FROM) + days).otherwise(lit(FAR))
        ended = rows.with_columns(ended_at=nw.min_horizontal(col("ended_at"), unpaid).cast(nw.Int32))
        return ended.filter(is_known) if rule == "drop" else ended


def _split_at_pauses(rows: Frame) -> Frame:
    """Split a row that pauses into the rows before and after the pause."""
    start, end = col("paused_at"), col("resumed_at")
    pauses = (start > col("started_at")) & (start < col("ended_at")) & (end > start)
    names = rows.collect_schema().names()
    before = rows.with_columns(ended_at=nw.when(pauses).then(start).otherwise(col("ended_at")))
    after = rows.filter(pauses, end < col("ended_at")).with_columns(started_at=end)
    return nw.concat([before.select(names), after.select(names)])
