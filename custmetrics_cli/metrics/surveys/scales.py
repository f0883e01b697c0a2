"""Scales of surveys, and the scores that count as positive or easy on them."""

from __future__ import annotations

from collections.abc import Mapping

from custmetrics_cli.columns.score import SCALES
from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.core.options import Value
from custmetrics_cli.tables.surveys import USUAL_SCALES

Options = Mapping[str, Value]
PROMOTER, PASSIVE = 9, 7  # the lowest score of each
POSITIVE = {"1-10": 6, "1-5": 4}  # the lowest positive score, by scale
EASY = {"1-7": 5, "1-5": 4, "1-10": 8}  # the lowest score that means easy, by scale


def scale(survey: str, options: Options) -> str:
    """Return the scale that --scale names, else the usual one."""
    return str(options.get("scale", USUAL_SCALES[survey]))


def positive_from(options: Options) -> int:
    """Return the lowest positive score.

    Raise CustmetricsError E161 if it does not split the scale, E162 if the scale has no usual one.
    """
    name = scale("csat", options)
    low, high = SCALES[name]
    if "positive_from" not in options and name not in POSITIVE:
        hint = f"pass it, for example --positive-from {high - 1}"
        raise CustmetricsError(Problem("E162", f"the scale {name} has no usual lowest positive score", hint=hint))
    lowest = int(options.get("positive_from", POSITIVE.get(name, 0)))
    if not low < lowest <= high:
        hint = f"pass a score from {low + 1} to {high}, or the right --scale"
        raise CustmetricsError(Problem("E161", f"--positive-from {lowest} does not split the scale {name}", hint=hint))
    return lowest


def score_name(score: int) -> str:
    """Return the name of the total that a score of nps counts in.

    >>> score_name(9), score_name(8), score_name(6)
    ('promoters', 'passives', 'detractors')
    """
    return "promoters" if score >= PROMOTER else "passives" if score >= PASSIVE else "detractors"
