"""Surveys: one row is one answer. On which scale scores are, a metric tells by the name of its kind of survey."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from custmetrics_cli.columns.day import DAY
from custmetrics_cli.columns.score import SCALES, SCORE, Scale
from custmetrics_cli.columns.survey_kind import SURVEY, SURVEYS
from custmetrics_cli.columns.text import WORD
from custmetrics_cli.tables._table import Column, FileError, RowError, SkipRule, SurveyQuestions, Table, aliases
from custmetrics_cli.tables.customers import CUSTOMER_ID

if TYPE_CHECKING:
    from custmetrics_cli.tables._table import Array, Arrays

BLANK = -1  # the score of a row without one
SCALE = {"nps": "0-10", "csat": "1-10", "ces": "1-7"}  # the usual one, where --scale does not say another
WIDEST = SCALES["0-10"]
ENOUGH = 20  # answers that do not lie below the top of a scale by chance


def _scale(survey: str, chosen: Mapping[str, str]) -> Scale:
    """Of a kind that nobody asks for the widest; of answers whose kind no column says that of the one kind asked for, if it is one."""
    asked = [survey] if survey in chosen else [] if survey else _asked(chosen)
    return SCALES[chosen[asked[0]] or SCALE[asked[0]]] if len(asked) == 1 else WIDEST


def _asked(chosen: Mapping[str, str]) -> list[str]:
    return [survey for survey in SURVEYS[1:] if survey in chosen]


def off_scale(row: Arrays) -> Array:
    import numpy as np

    low, high = (np.array(ends)[row["kind"]] for ends in zip(*(_scale(survey, row.chosen) for survey in SURVEYS), strict=True))
    off: Array = (row["score"] < low) | (row["score"] > high)
    return off


def shorter_scale(tally: Mapping[tuple[int, ...], int], chosen: Mapping[str, str]) -> tuple[str, str] | None:
    """Many answers that would all fit a shorter scale than the usual one, where nobody said which one it is."""
    for survey in (survey for survey in SURVEYS if chosen.get(survey) == ""):
        own = ("", survey) if len(_asked(chosen)) == 1 else (survey,)
        scores = {score: n for (kind, score), n in tally.items() if SURVEYS[kind] in own}
        usual, n, most = SCALE[survey], sum(scores.values()), max(scores, default=0)
        shorter = [name for name, scale in SCALES.items() if most <= scale.high < SCALES[usual].high]
        if shorter and n >= ENOUGH:
            message = f"all {n:,} answers to {survey} are {most} or less, as if on {shorter[-1]} and not on {usual}"
            return message, f"say which scale it is, with --scale {usual} or another"
    return None


# As surveys ask, in the words of their exports: what follows is the question itself, so that a heading is enough.
ASKS = {
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
            filled=False,
            empty=BLANK,
            aliases=aliases("rating; answer_score; оценка; балл; баллы; рейтинг"),
        ),
        CUSTOMER_ID._replace(
            required=False,
            about="who answered; without it every answer is taken as another customer's",
            aliases=(*aliases("respondent_id; respondent; респондент"), *CUSTOMER_ID.aliases),
        ),
        Column(
            "kind",
            SURVEY,
            "nps, csat or ces; without it all answers are of the kind asked for",
            filled=True,
            aliases=aliases("survey_kind; survey_type; тип опроса; вид опроса"),
        ),
        Column(
            "touchpoint",
            WORD,
            "what the answer is about",
            aliases=aliases("stage; moment; point_of_contact; точка контакта; этап"),
        ),
        Column(
            "comment",
            WORD,
            "what the customer wrote",
            aliases=aliases("comments; feedback; verbatim; remark; why; комментарий; отзыв; почему"),
        ),
    ),
    skip_rules=(SkipRule("blank score", lambda row: row["score"] == BLANK, ("score",)),),
    row_errors=(
        RowError(
            "E512",
            "score",
            "score: {value} is off the scale",
            "nps is given on 0-10, csat on 1-10 and ces on 1-7, if --scale does not say otherwise",
            off_scale,
            ("kind", "score"),
        ),
    ),
    file_errors=(FileError("E340", "score", ("kind", "score"), shorter_scale),),
    order=3,
    questions=SurveyQuestions("score", "kind", ASKS),
    keys=(("customer_id", "responded_at", "kind", "touchpoint"),),
)
