"""Scores, kinds of survey and durations are read as people and tools write them."""

from __future__ import annotations

import pyarrow as pa
import pytest

from custmetrics_cli.columns import ColumnFormat, ColumnKind
from custmetrics_cli.columns.duration import DURATION
from custmetrics_cli.columns.score import SCORE
from custmetrics_cli.columns.survey_kind import SURVEY, SURVEYS


@pytest.mark.parametrize(("text", "score"), [("0", 0), ("9", 9), ("10", 10), ("07", 7), ("8.0", 8), ("8,00", 8), ("100", 100)])
@pytest.mark.parametrize(
    "label", ["", " - Extremely likely", ": полностью согласен", " (Not at all likely)", ". Neutral, neither", "–très satisfait !"]
)
def test_a_score_may_have_a_label(text: str, score: int, label: str) -> None:
    assert SCORE.read_cell(text + label, ColumnFormat()) == score


@pytest.mark.parametrize(
    "text",
    [
        "9/10",
        "4 / 5",
        "-1",
        "8.5",
        "+3",
        "4 - 5",
        "9 - 10 very likely",
        "9 of 10",
        "8.5 - good",
        "7 -",
        "Splendid",
        "1000",
        "900",
        "9%",
        "\u0669",
    ],
)
def test_a_bad_score_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a whole number"):
        SCORE.read_cell(text, ColumnFormat())


@pytest.mark.parametrize(
    ("text", "kind"),
    [("nps", "nps"), ("NPS", "nps"), ("Net Promoter Score", "nps"), ("CSAT", "csat"), ("css", "csat"), ("customer-effort score", "ces")],
)
def test_kinds_of_survey_are_read_in_every_spelling(text: str, kind: str) -> None:
    assert SURVEYS[SURVEY.read_cell(text, ColumnFormat())] == kind


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [
        ("90", 90_000),
        ("0", 0),
        ("-0", 0),
        ("12.5", 12_500),
        ("0,125", 125),
        ("1628.001", 1_628_001),
        ("0:01:30", 90_000),
        ("100:00:00", 360_000_000),
    ],
)
def test_durations_are_read_in_seconds_or_as_a_clock(text: str, milliseconds: int) -> None:
    assert DURATION.read_cell(text, ColumnFormat()) == milliseconds


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("-5", "is negative"),
        ("\u22125", "is negative"),
        ("-0:01:30", "is not a number of seconds"),
        ("1:30", "is not a number of seconds"),
        ("0:61:00", "is not a number of seconds"),
        ("90 s", "is not a number of seconds"),
        ("$90", "is not a number of seconds"),
        ("(90)", "is not a number of seconds"),
        ("0.12345", "has more than 3 decimals"),
        ("1,234", "could be"),
        ("99999999999999999999", "has too many digits"),
        ("10000001", "is more than 10,000,000 seconds"),
    ],
)
def test_a_bad_duration_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        DURATION.read_cell(text, ColumnFormat())


@pytest.mark.parametrize("kind", [SCORE, SURVEY, DURATION], ids=lambda kind: kind.name)
def test_columns_refuse_the_texts_that_cells_refuse(kind: ColumnKind) -> None:
    texts = ["9/10", "-5", "mood", "1:30", "nps", "9", "0:01:30", "0.5"]
    found = kind.read_column(pa.array(texts), ColumnFormat())
    for text, value, ok in zip(texts, found.values.tolist(), found.ok.tolist(), strict=True):
        try:
            assert (kind.read_cell(text, ColumnFormat()), True) == (value, ok)
        except ValueError:
            assert not ok
