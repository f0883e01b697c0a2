"""Sums of dated amounts: by period, group, currency and rate of exchange, and what else they are told apart by."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.engines.query.run import Frame, sum_by
from custmetrics_cli.metrics.shared.periods import edges, looked_up, numbered
from custmetrics_cli.metrics.shared.rates import Rates


def sums(view: TableView, scope: Scope, apart: Mapping[str, nw.Expr], ever: bool = False) -> tuple[Frame, Rates]:
    """Columns k, x, cur, p and those of apart; amount, their sum, in whole units of the frame. ever: what came before too, as k = 0."""
    currency = view.currency() if view.money.converts else nw.lit(0).cast(nw.Int64)
    rows = view.frame().select("date", "amount", p=view.group_column(), cur=currency, **apart)
    dated = looked_up(numbered(rows, scope.periods, k="date"), view.money.change_days, x="date")
    within = dated.filter(nw.col("k") >= (0 if ever else 1), nw.col("k") <= len(scope.periods))
    keys = ["k", "x", "cur", "p", *apart]
    known_from = [-FAR] if ever else edges(scope.periods)  # before the first rate there is none
    return sum_by(within.select(*keys, "amount"), keys, ["amount"]), Rates(view.money, known_from)


def by_day(scope: Scope) -> dict[str, nw.Expr]:
    """Where somebody wants to see what is behind a sum: its days."""
    return {"t": nw.col("date").cast(nw.Int64)} if scope.with_ids else {}
