"""Churn and retention under other definitions."""

from __future__ import annotations

from custmetrics_cli.core.definitions.recipe import Choices, Recipe
from custmetrics_cli.core.metric import Definition
from custmetrics_cli.metrics.customers import metrics
from custmetrics_cli.metrics.definitions.parts import in_brackets, in_window, made
from custmetrics_cli.metrics.definitions.renewal_totals import renewing
from custmetrics_cli.profiles.axes import AXES

TOTALS = (*metrics.ALL_TOTALS, renewing)
EMPTY = "no customers to divide by"
OURS = "lost / opening"


def _churn(choices: Choices) -> Definition:
    numerator, denominator = (AXES[name].meaning(choices[name]).behind for name in ("numerator", "denominator"))
    text = f"{in_brackets(numerator)} / {in_brackets(denominator)}"
    standard = metrics.churn.standard
    if text == OURS:
        more = {"interval": standard.interval, "how": standard.how, "warnings": standard.warnings}
        return in_window(made(text, TOTALS, choices, metrics.NO_CUSTOMERS, **more), choices, "daily_churn")
    return in_window(made(text, TOTALS, choices, EMPTY), choices, "daily_churn")


def _retention(choices: Choices) -> Definition:
    standard = metrics.retention.standard
    more = {"interval": standard.interval, "how": standard.how, "warnings": standard.warnings}
    return in_window(made("kept / opening", TOTALS, choices, metrics.NO_CUSTOMERS, **more), choices, "")


RECIPES = (Recipe(metrics.churn, _churn), Recipe(metrics.retention, _retention))
