"""The scale of scores: the one in effect, scores off it, and answers that may be on another one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from custmetrics_cli.columns.score import SCALES, Scale, scale_of
from custmetrics_cli.columns.survey_kind import SURVEYS
from custmetrics_cli.core.errors import Choice, Problem, pass_one
from custmetrics_cli.core.words import plural
from custmetrics_cli.tables.answers.facts import BY
from custmetrics_cli.tables.answers.words import check_words

if TYPE_CHECKING:
    from custmetrics_cli.tables.shared.rules import Array, Arrays

USUAL_SCALES = {"nps": "0-10", "csat": "1-10", "ces": "1-7"}  # the usual ones, without --scale
WIDEST = Scale(0, 10)
NPS_SCALES = ("0-10", "1-10")
SHORTER = (*SCALES, "0-5")  # scales that scores may be on, the most likely first
ENOUGH = 20  # so many answers of one file are not all below the top of their scale by chance
UNKNOWN_SCALE, NOT_NPS = "E340", "E343"
NOT_STARS = "nps needs a scale up to 10, because it compares 9 and 10 with 0 to 6"

Answers = Mapping[tuple[int, int], int]  # (score, word) -> answers
Chosen = Mapping[str, str]
Counts = Mapping[tuple[int, ...], int]  # (kind, score, word) -> answers


def _scale(survey: str, chosen: Chosen) -> Scale:
    """Return the scale of a kind of survey; the widest for a kind that no metric asks for.

    Answers without a kind belong to the kind asked for, if it is the only one.
    """
    kinds = [survey] if survey in chosen else [] if survey else _requested(chosen)
    return scale_of(chosen[kinds[0]] or USUAL_SCALES[kinds[0]]) if len(kinds) == 1 else WIDEST


def _requested(chosen: Chosen) -> list[str]:
    return [survey for survey in SURVEYS[1:] if survey in chosen]


def is_off_scale(row: Arrays) -> Array:
    import numpy as np

    low, high = (np.array(ends)[row["kind"]] for ends in zip(*(_scale(survey, row.chosen) for survey in SURVEYS), strict=True))
    off: Array = (row["score"] < low) | (row["score"] > high)
    return off


def check_answers(counts: Counts, chosen: Chosen) -> Problem | None:
    """Return E340 for an unknown scale, E343 for answers that give no nps, E345 for unclear words."""
    for survey in _requested(chosen):
        answers = _answers_to(survey, counts, chosen)
        if answers and (problem := _check(survey, answers, chosen)):
            return problem
    return None


def _check(survey: str, answers: Answers, chosen: Chosen) -> Problem | None:
    words = {word: n for (_, word), n in answers.items() if word}
    scores = {score: n for (score, word), n in answers.items() if not word}
    if not words:
        return _check_scale_of(survey, scores, chosen)
    if survey == "nps":
        return Problem(NOT_NPS, f"the answers are words: {NOT_STARS}", hint="export the numbers of the answers, or compute csat")
    return check_words(survey, words, sum(scores.values()), chosen[survey])


def _answers_to(survey: str, counts: Counts, chosen: Chosen) -> Answers:
    """Return the answers to a kind of survey."""
    kinds = ("", survey) if len(_requested(chosen)) == 1 else (survey,)
    answers: Counter[tuple[int, int]] = Counter()
    for (kind, score, word), n in counts.items():
        if SURVEYS[kind] in kinds:
            answers[score, word] += n
    return answers


def _check_scale_of(survey: str, scores: Mapping[int, int], chosen: Chosen) -> Problem | None:
    scale = chosen[survey]
    if scale and survey == "nps" and scale not in NPS_SCALES:
        source = {"preset": "in this export", "labels": "according to the labels of the cells"}.get(chosen.get(survey + BY, ""), "")
        message = f"the scores are {scale} {source or 'according to the header'}: {NOT_STARS}"
        return Problem(NOT_NPS, message, hint="compute csat, or pass --scale 0-10 if the scores are 0-10")
    return None if scale else _ask_for_scale(survey, scores)


def _ask_for_scale(survey: str, scores: Mapping[int, int]) -> Problem | None:
    usual, highest = USUAL_SCALES[survey], max(scores)
    shorter = [name for name in SHORTER if _fits(name, scores) and scale_of(name).high < scale_of(usual).high]
    if not shorter:
        return None
    message = f"no answer to {survey} is above {highest} ({plural(sum(scores.values()), 'answer')}), and nothing shows the scale"
    if survey == "nps":
        message = f"{message}; scores {shorter[0]} give no nps: {NOT_STARS}"
        choice = Choice("scale", usual)
        return Problem(UNKNOWN_SCALE, message, hint=f"if the scale is {usual}, pass {choice}", choices=(choice,))
    choices = tuple(Choice("scale", name) for name in (*shorter, usual))
    return Problem(UNKNOWN_SCALE, message, hint=pass_one(choices), choices=choices)


def _fits(name: str, scores: Mapping[int, int]) -> bool:
    """Return whether all scores are on a scale. A score of 0 tells scales from 0 and scales from 1 apart."""
    scale = scale_of(name)
    return scale.low == (0 if min(scores) == 0 else 1) and max(scores) <= scale.high
