"""Sums of dated amounts by period, group, currency and exchange rate."""

from __future__ import annotations

from collections.abc import Mapping

import narwhals.stable.v2 as nw

from custmetrics_cli.columns import FAR
from custmetrics_cli.core.data.dataset import Scope
from custmetrics_cli.core.data.table_view import TableView
from custmetrics_cli.engines.query.run import Frame, sum_by
from custmetrics_cli.metrics.shared.periods import borders_of, with_periods, with_steps
from custmetrics_cli.metrics.shared.rates import Rates


def sum_amounts(
    view: TableView, scope: Scope, keys: Mapping[str, nw.Expr], before: bool = False, frame: Frame | None = None
) -> tuple[Frame, Rates]:
    """Return sums of `amount` by period, rate_step, currency, row_group and further keys, with the rates to convert them.

    before: also sum what was dated before the first period, as period 0. frame: rows other than those of the view.
    """
    currency = view.currency() if view.money.converts else nw.lit(0).cast(nw.Int64)
    rows = (view.frame() if frame is None else frame).select("date", "amount", row_group=view.group_column(), currency=currency, **keys)
    dated = with_steps(with_periods(rows, scope.periods, period="date"), view.money.change_days, rate_step="date")
    within = dated.filter(nw.col("period") >= (0 if before else 1), nw.col("period") <= len(scope.periods))
    names = ["period", "rate_step", "currency", "row_group", *keys]
    known_from = [-FAR] if before else borders_of(scope.periods)  # rates begin with the first one
    return sum_by(within.select(*names, "amount"), names, ["amount"]), Rates(view.money, known_from)


def day_if_listed(scope: Scope) -> dict[str, nw.Expr]:
    """Return the day as a further key where --list shows single rows."""
    return {"day": nw.col("date").cast(nw.Int64)} if scope.with_ids else {}
