"""Survey scores under other definitions."""

from __future__ import annotations

from custmetrics_cli.core.definitions.recipe import Choices, Recipe
from custmetrics_cli.core.metric import Definition
from custmetrics_cli.metrics.definitions.parts import made
from custmetrics_cli.metrics.surveys import scale_totals as s
from custmetrics_cli.metrics.surveys import totals as t
from custmetrics_cli.metrics.surveys.metrics import NO_ANSWERS, ces, csat, nps

NOT_FIVE, NOT_SEVEN, NOT_TEN = (f"no answers on a scale of {count} scores in the period" for count in ("5", "7", "10"))
ROUNDED = "round(100 * promoters / answers) - round(100 * detractors / answers)"


def _csat(choices: Choices) -> Definition:
    match choices["csat-rule"]:
        case "mean":
            return csat.definitions["mean"]
        case "top-box":
            return made("top_box / answers", (s.csat_top_box, t.csat_answers), choices, NO_ANSWERS)
        case "top-2-of-5":
            return made("top_two / of_five", (s.csat_top_two, s.csat_of_five), choices, NOT_FIVE)
        case "6-of-10":
            return made("from_six / of_ten", (s.csat_from_six, s.csat_of_ten), choices, NOT_TEN)
    return csat.standard


def _ces(choices: Choices) -> Definition:
    match choices["ces-rule"]:
        case "top-2-of-5":
            return made("top_two / of_five", (s.ces_top_two, s.ces_of_five), choices, NOT_FIVE, unit="ratio")
        case "5-of-7":
            return made("top_three / of_seven", (s.ces_top_three, s.ces_of_seven), choices, NOT_SEVEN, unit="ratio")
        case "index":
            totals = (s.ces_top_two_of_seven, s.ces_low_three, s.ces_of_seven)
            return made("100 * (easiest - hard) / of_seven", totals, choices, NOT_SEVEN, unit="points")
    return ces.standard


def _nps(choices: Choices) -> Definition:
    if choices["nps-rounding"] == "exact":
        return nps.standard
    return made(ROUNDED, (t.promoters, t.detractors, t.nps_answers), choices, NO_ANSWERS)


RECIPES = (Recipe(nps, _nps), Recipe(csat, _csat), Recipe(ces, _ces))
