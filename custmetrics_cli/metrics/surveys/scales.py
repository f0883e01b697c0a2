"""Scales of surveys, and the scores that count as positive or easy on them."""

from __future__ import annotations

from collections.abc import Mapping

from custmetrics_cli.columns.score import read_scale, scale_of
from custmetrics_cli.core.errors import CustmetricsError, Problem
from custmetrics_cli.core.options import BadValue, Value
from custmetrics_cli.tables.answers.scales import NOT_NPS, NOT_STARS, NPS_SCALES, USUAL_SCALES

Options = Mapping[str, Value]
PROMOTER, PASSIVE = 9, 7  # the lowest score of each
POSITIVE = {"1-10": 6, "1-5": 4}  # the lowest positive score, by scale
EASY = {"1-7": 5, "1-5": 4, "1-10": 8}  # the lowest score that means easy, by scale


def scale(survey: str, options: Options) -> str:
    """Return the scale that --scale names, else the usual one."""
    return str(options.get("scale", USUAL_SCALES[survey]))


def read_nps_scale(text: str) -> str:
    """Return a scale on which nps can be computed. Raises BadValue E343 for stars."""
    name = read_scale(text)
    if name not in NPS_SCALES:
        raise BadValue(NOT_NPS, f"is not a scale of nps: {NOT_STARS}", "compute csat, or pass --scale 0-10 if the scores are 0-10")
    return name


def easy_from(options: Options) -> int:
    """Return the lowest score that means easy. Raises CustmetricsError E344 if the scale has no usual one."""
    name = scale("ces", options)
    if name not in EASY:
        scales = ", ".join(EASY)
        hint = "leave out --definition top, or pass the right --scale"
        raise CustmetricsError(Problem("E344", f"the scale {name} has no usual score that means easy, only {scales} have", hint=hint))
    return mirrored(name, EASY[name]) if low_is_good(options) else EASY[name]


def low_is_good(options: Options) -> bool:
    return options.get("low_is_good") == "yes"


def mirrored(name: str, score: int) -> int:
    """Return the score as far from the other end of a scale.

    >>> mirrored("1-5", 4)
    2
    """
    low, high = scale_of(name)
    return low + high - score


def is_good(score: int, limit: int, options: Options) -> bool:
    """Return whether a score is at the limit or beyond it, at the good end of the scale."""
    return score <= limit if low_is_good(options) else score >= limit


def positive_from(options: Options) -> int:
    """Return the lowest positive score, or the highest one if low scores are good.

    Raise CustmetricsError E161 if it does not split the scale, E162 if the scale has no usual one.
    """
    name = scale("csat", options)
    low, high = scale_of(name)
    if "positive_from" not in options and name not in POSITIVE:
        hint = f"pass it, for example --positive-from {high - 1}"
        raise CustmetricsError(Problem("E162", f"the scale {name} has no usual lowest positive score", hint=hint))
    usual = POSITIVE.get(name, 0)
    lowest = int(options.get("positive_from", mirrored(name, usual) if low_is_good(options) else usual))
    first, last = (low, high - 1) if low_is_good(options) else (low + 1, high)
    if not first <= lowest <= last:
        hint = f"pass a score from {first} to {last}, or the right --scale"
        raise CustmetricsError(Problem("E161", f"--positive-from {lowest} does not split the scale {name}", hint=hint))
    return lowest


def score_name(score: int) -> str:
    """Return the name of the total that a score of nps counts in.

    >>> score_name(9), score_name(8), score_name(6)
    ('promoters', 'passives', 'detractors')
    """
    return "promoters" if score >= PROMOTER else "passives" if score >= PASSIVE else "detractors"
