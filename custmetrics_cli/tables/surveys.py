"""Surveys: one row is one answer. A metric gives the scale of its kind of survey (Arrays.chosen)."""

from __future__ import annotations

from custmetrics_cli.columns.day import DAY
from custmetrics_cli.columns.score import SCORE
from custmetrics_cli.columns.survey_kind import SURVEY
from custmetrics_cli.columns.text import WORD
from custmetrics_cli.tables.answers.questions import QUESTIONS
from custmetrics_cli.tables.answers.scales import ENOUGH, check_scale, is_off_scale
from custmetrics_cli.tables.customers import CUSTOMER_ID
from custmetrics_cli.tables.shared.column import Column, SurveyQuestions, aliases
from custmetrics_cli.tables.shared.rules import FileError, RowError, SkipRule
from custmetrics_cli.tables.shared.table import Table
from custmetrics_cli.tables.words import events

BLANK = -1  # the score of a row without one

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
            words=events.RESPONDED_AT,
        ),
        Column(
            "score",
            SCORE,
            "the answer as a number; empty = not answered",
            required=True,
            needs_value=False,
            empty=BLANK,
            aliases=aliases("rating; answer_score; оценка; балл; баллы; рейтинг"),
            words=events.SCORE,
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
    file_errors=(FileError("scale", "score", ("kind", "score"), ENOUGH, check_scale),),
    order=3,
    questions=SurveyQuestions("score", "kind", QUESTIONS),
    keys=(("customer_id", "responded_at", "kind", "touchpoint"),),
)
