"""Trial conversion under other definitions."""

from __future__ import annotations

from custmetrics_cli.core.definitions.recipe import Choices, Recipe
from custmetrics_cli.core.metric import Definition
from custmetrics_cli.metrics.definitions.parts import made
from custmetrics_cli.metrics.trials import totals as t
from custmetrics_cli.metrics.trials.metrics import trial_conversion

TOTALS = (t.converted, t.trials, t.ended_trials, t.converted_of_ended, t.conversions)
TEXTS = {
    "started": ("converted / trials", "no trial started in the period"),
    "ended": ("converted_of_ended / ended_trials", "no trial ended in the period"),
    "same-window": ("conversions / trials", "no trial started in the period"),
}


def _conversion(choices: Choices) -> Definition:
    standard, (text, empty) = trial_conversion.standard, TEXTS[choices["trial-base"]]
    if text == standard.formula.text:
        return standard
    return made(text, TOTALS, choices, empty)


RECIPES = (Recipe(trial_conversion, _conversion),)
