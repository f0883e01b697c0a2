"""Metrics of recurring revenue under other definitions."""

from __future__ import annotations

from functools import partial

from custmetrics_cli.core.definitions.recipe import Choices, Recipe
from custmetrics_cli.core.metric import Definition, Metric
from custmetrics_cli.metrics.definitions.parts import in_window, made
from custmetrics_cli.metrics.revenue import metrics, retention_metrics
from custmetrics_cli.metrics.revenue import totals as t
from custmetrics_cli.metrics.revenue.lost_totals import lost_customers_mrr

TOTALS = (*t.MOVEMENTS, t.base_mrr, t.kept_mrr, t.retained_mrr, t.payers_mrr, t.payers, lost_customers_mrr)
LOST = "contraction_mrr + churned_mrr"


def _as_ours(metric: Metric, empty: str, choices: Choices) -> Definition:
    """Return the metric's own formula. Only the reading of rows differs."""
    standard = metric.standard
    more = {"interval": standard.interval, "how": standard.how}
    return in_window(made(standard.formula.text, TOTALS, choices, empty, **more), choices, "")


def _rate(text: str, standard: Definition, choices: Choices) -> Definition:
    is_ours = text == standard.formula.text
    more = {"interval": standard.interval, "how": standard.how} if is_ours else {}
    return in_window(made(text, TOTALS, choices, retention_metrics.NO_OPENING_MRR, **more), choices, "daily_rates")


def _nrr(choices: Choices) -> Definition:
    back = " + reactivation_mrr" if choices["reactivation-in-nrr"] == "yes" else ""
    if choices["nrr-base"] == "events":
        text = f"(opening_mrr + expansion_mrr{back} - contraction_mrr - churned_mrr) / opening_mrr"
    else:
        text = f"(kept_mrr{back}) / base_mrr" if back else "kept_mrr / base_mrr"
    return _rate(text, retention_metrics.nrr.standard, choices)


def _grr(choices: Choices) -> Definition:
    by_events = "(opening_mrr - contraction_mrr - churned_mrr) / opening_mrr"
    return _rate(by_events if choices["nrr-base"] == "events" else "retained_mrr / base_mrr", retention_metrics.grr.standard, choices)


def _gross(choices: Choices) -> Definition:
    texts = {
        ("edges", "churn+contraction"): "(base_mrr - retained_mrr) / base_mrr",
        ("edges", "churn"): "lost_customers_mrr / base_mrr",
        ("events", "churn+contraction"): f"({LOST}) / opening_mrr",
        ("events", "churn"): "churned_mrr / opening_mrr",
    }
    return _rate(texts[choices["nrr-base"], choices["gross-churn"]], retention_metrics.gross_mrr_churn.standard, choices)


def _net(choices: Choices) -> Definition:
    back = " - reactivation_mrr" if choices["reactivation-in-net-churn"] == "yes" else ""
    by_events = choices["nrr-base"] == "events"
    loss = f"{LOST} - expansion_mrr{back}" if by_events else f"base_mrr - kept_mrr{back}"
    text = f"({loss})" if choices["net-churn-sign"] == "loss-positive" else f"-({loss})"
    base = "opening_mrr" if by_events else "base_mrr"
    return _rate(f"{text} / {base}", retention_metrics.net_mrr_churn.standard, choices)


RECIPES = (
    Recipe(metrics.mrr, lambda choices: made("closing_mrr", TOTALS, choices, "")),
    Recipe(metrics.arpa, partial(_as_ours, metrics.arpa, metrics.NO_PAYERS)),
    Recipe(retention_metrics.nrr, _nrr),
    Recipe(retention_metrics.grr, _grr),
    Recipe(retention_metrics.gross_mrr_churn, _gross),
    Recipe(retention_metrics.net_mrr_churn, _net),
    Recipe(metrics.quick_ratio, partial(_as_ours, metrics.quick_ratio, metrics.quick_ratio.standard.formula.empty)),
)
