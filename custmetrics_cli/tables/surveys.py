"""Surveys: one row is one answer. A metric gives the scale of its kind of survey (Arrays.chosen)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from custmetrics_cli.columns.day import DAY
from custmetrics_cli.columns.score import SCALES, SCORE, Scale
from custmetrics_cli.columns.survey_kind import SURVEY, SURVEYS
from custmetrics_cli.columns.text import WORD
from custmetrics_cli.core.words import plural
from custmetrics_cli.tables.customers import CUSTOMER_ID
from custmetrics_cli.tables.shared.column import Column, SurveyQuestions, aliases
from custmetrics_cli.tables.shared.rules import FileError, RowError, SkipRule
from custmetrics_cli.tables.shared.table import Table

if TYPE_CHECKING:
    from custmetrics_cli.tables.shared.rules import Array, Arrays

BLANK = -1  # the score of a row without one
USUAL_SCALES = {"nps": "0-10", "csat": "1-10", "ces": "1-7"}  # the usual ones, without --scale
WIDEST = SCALES["0-10"]
ENOUGH = 20  # so many answers are not all below the top of their scale by chance


def _scale(survey: str, chosen: Mapping[str, str]) -> Scale:
    """Return the scale of a kind of survey; the widest for a kind that no metric asks for.

    Answers without a kind belong to the kind asked for, if it is the only one.
    """
    kinds = [survey] if survey in chosen else [] if survey else _requested(chosen)
    return SCALES[chosen[kinds[0]] or USUAL_SCALES[kinds[0]]] if len(kinds) == 1 else WIDEST


def _requested(chosen: Mapping[str, str]) -> list[str]:
    return [survey for survey in SURVEYS[1:] if survey in chosen]


def is_off_scale(row: Arrays) -> Array:
    import numpy as np

    low, high = (np.array(ends)[row["kind"]] for ends in zip(*(_scale(survey, row.chosen) for survey in SURVEYS), strict=True))
    off: Array = (row["score"] < low) | (row["score"] > high)
    return off


def find_shorter_scale(counts: Mapping[tuple[int, ...], int], chosen: Mapping[str, str]) -> tuple[str, str] | None:
    """Return an error if many answers would all fit a shorter scale than the usual one, and no --scale is given."""
    for survey in (survey for survey in SURVEYS if chosen.get(survey) == ""):
        kinds = ("", survey) if len(_requested(chosen)) == 1 else (survey,)
        scores = {score: n for (kind, score), n in counts.items() if SURVEYS[kind] in kinds}
        usual, total, highest = USUAL_SCALES[survey], sum(scores.values()), max(scores, default=0)
        shorter = [name for name, scale in SCALES.items() if highest <= scale.high < SCALES[usual].high]
        if shorter and total >= ENOUGH:
            answers = f"all {plural(total, 'answer')} to {survey} are {highest} or less"
            return f"{answers}: the scale may be {shorter[-1]}, not {usual}", f"pass --scale {shorter[-1]} or --scale {usual}"
    return None


# The questions of surveys, as their exports write them. They contain the whole question: the header is enough.
QUESTIONS = {
    "nps": aliases(
        "*how likely*recommend*; *likelihood*recommend*; *would you recommend*; *вероятно*порекоменд*; *вероятн*рекоменд*; "
        "*готовы*рекоменд*; *порекомендуете*; *посоветуете*; net promoter score; nps; nps score"
    ),
    "csat": aliases(
        "*how satisfied*; *satisfied are you*; *overall satisfaction*; *how would you rate*; *насколько*удовлетвор*; *насколько*довольны*; "
        "*оцените*качество*; csat; csat score"
    ),
    "ces": aliases(
        "*how easy*; *easy*to*; *how much effort*; *made it easy*; *насколько*легко*; *насколько*просто*; *сколько усилий*; ces; ces score"
    ),
}

TABLE = Table(
    "surveys",
    "one row is one answer",
    (
        Column(
            "responded_at",
            DAY,
            "day of the answer",
            required=True,
            aliases=aliases(
                "response_date; response_time; responded_on; responded; answered_at; answered_on; answer_date; submitted_at; "
                "submit_date; submitted; recorded_date; completed_at; survey_date; rated_at; timestamp; date; created_at; "
                "дата ответа; отметка времени; дата опроса; дата оценки; дата"
            ),
        ),
        Column(
            "score",
            SCORE,
            "the answer as a number; empty = not answered",
            required=True,
            needs_value=False,
            empty=BLANK,
            aliases=aliases("rating; answer_score; оценка; балл; баллы; рейтинг"),
        ),
        CUSTOMER_ID._replace(
            required=False,
            about="the customer; without it, every answer counts as a different customer",
            aliases=(*aliases("respondent_id; respondent; респондент"), *CUSTOMER_ID.aliases),
        ),
        Column(
            "kind",
            SURVEY,
            "nps, csat or ces; without it, all answers belong to the metric that you ask for",
            needs_value=True,
            aliases=aliases("survey_kind; survey_type; тип опроса; вид опроса"),
        ),
        Column(
            "touchpoint",
            WORD,
            "subject of the answer: support, checkout …",
            aliases=aliases("stage; moment; point_of_contact; точка контакта; этап"),
        ),
        Column(
            "comment",
            WORD,
            "comment of the customer",
            aliases=aliases("comments; feedback; verbatim; remark; why; комментарий; отзыв; почему"),
        ),
    ),
    skip_rules=(SkipRule("blank score", lambda row: row["score"] == BLANK, ("score",)),),
    row_errors=(
        RowError(
            "E512",
            "score",
            "score: {value} is off the scale",
            "pass --scale if the scale is not the usual one (nps 0-10, csat 1-10, ces 1-7)",
            is_off_scale,
            ("kind", "score"),
        ),
    ),
    file_errors=(FileError("E340", "score", ("kind", "score"), find_shorter_scale),),
    order=3,
    questions=SurveyQuestions("score", "kind", QUESTIONS),
    keys=(("customer_id", "responded_at", "kind", "touchpoint"),),
)
