"""Surveys: one row is one answer."""

from __future__ import annotations

from custmetrics_cli.columns.day import DAY
from custmetrics_cli.columns.score import SCORE
from custmetrics_cli.columns.survey_kind import SURVEY
from custmetrics_cli.columns.text import WORD
from custmetrics_cli.tables._table import Column, RowRule, Table, aliases
from custmetrics_cli.tables.customers import CUSTOMER_ID

BLANK = -1  # the score of a row without one
SCALE = {"nps": "0-10", "csat": "1-10", "ces": "1-7"}  # the usual one

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
            aliases=aliases("touch_point; stage; moment; point_of_contact; точка контакта; этап"),
        ),
        Column(
            "comment",
            WORD,
            "what the customer wrote",
            aliases=aliases("comments; feedback; verbatim; remark; why; комментарий; отзыв; почему"),
        ),
    ),
    rules=(RowRule("blank score", lambda row: row["score"] == BLANK),),
)
