"""Surveys: one row is one answer. A metric gives the scale of its kind of survey (Arrays.chosen)."""

from __future__ import annotations

from custmetrics_cli.columns import FAR
from custmetrics_cli.columns.count import TALLY
from custmetrics_cli.columns.day import DAY
from custmetrics_cli.columns.orders.flag import FLAG, NO
from custmetrics_cli.columns.score import SCORE
from custmetrics_cli.columns.survey_kind import SURVEY
from custmetrics_cli.columns.text import WORD
from custmetrics_cli.tables.answers import headers
from custmetrics_cli.tables.answers.questions import QUESTIONS
from custmetrics_cli.tables.answers.scales import ENOUGH, check_answers, is_off_scale
from custmetrics_cli.tables.answers.words import as_level, word_of
from custmetrics_cli.tables.customers import CUSTOMER_ID
from custmetrics_cli.tables.shared.column import Column, SurveyQuestions
from custmetrics_cli.tables.shared.rules import Derived, FileError, RowError, SkipRule
from custmetrics_cli.tables.shared.table import RowId, Table
from custmetrics_cli.tables.words import events, people, row_ids

BLANK = -1  # the score of a row without one
NEVER = -FAR  # the day of an answer that was not sent

TABLE = Table(
    "surveys",
    "one row is one answer",
    (
        Column(
            "responded_at",
            DAY,
            "day of the answer",
            required=True,
            needs_value=False,
            empty=NEVER,
            aliases=headers.RESPONDED_AT,
            words=events.RESPONDED_AT,
            keeps_order=True,
        ),
        Column(
            "score",
            SCORE,
            "the answer as a number; empty = not answered",
            required=True,
            needs_value=False,
            empty=BLANK,
            aliases=headers.SCORE,
            words=events.SCORE,
        ),
        CUSTOMER_ID._replace(
            required=False,
            about="the customer; without it, every answer counts as a different customer",
            words=people.USER_ID,
            aliases=(*headers.CUSTOMER, *CUSTOMER_ID.aliases),
        ),
        Column(
            "kind",
            SURVEY,
            "nps, csat or ces; without it, all answers belong to the metric that you ask for",
            needs_value=True,
            aliases=headers.KIND,
        ),
        Column("count", TALLY, "number of equal answers in the row; without it, one", empty=1, aliases=headers.COUNT, fit=1),
        Column(
            "completed",
            FLAG,
            "yes: the answer was completed; partial and disqualified ones are skipped",
            aliases=headers.COMPLETED,
            fit=1,
        ),
        Column("touchpoint", WORD, "subject of the answer: support, checkout …", aliases=headers.TOUCHPOINT),
        Column("comment", WORD, "comment of the customer", aliases=headers.COMMENT),
    ),
    derived=(
        Derived("score_word", TALLY, (("score",),), word_of, ("score",)),
        Derived("score", SCORE, (("score",),), as_level, ("score",)),
    ),
    skip_rules=(
        SkipRule("blank score", lambda row: row["score"] == BLANK, ("score",)),
        SkipRule("not completed", lambda row: row["completed"] == NO, ("completed",)),
        SkipRule("not submitted", lambda row: row["responded_at"] == NEVER, ("responded_at",)),
    ),
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
    file_errors=(FileError("scale", "score", ("kind", "score", "score_word"), ENOUGH, check_answers),),
    order=3,
    questions=SurveyQuestions("score", "kind", "responded_at", QUESTIONS),
    keys=(("customer_id", "responded_at", "kind", "touchpoint"),),
    row_id=RowId(words=row_ids.ANSWER),
)
