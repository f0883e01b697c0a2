"""Kinds of survey: would you recommend us (nps), are you satisfied (csat), how easy was it (ces)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custmetrics_cli.columns import ColumnFormat, ColumnKind, ParsedColumn
from custmetrics_cli.columns.parsing import words
from custmetrics_cli.columns.parsing.texts import quoted

if TYPE_CHECKING:
    import pyarrow as pa

SURVEYS = ("", "nps", "csat", "ces")  # "": no column says which

KNOWN = words.spellings(
    {
        "nps": "net promoter score, net promoter, enps, recommendation, recommend, индекс лояльности, лояльность, рекомендация",
        "csat": "css, customer satisfaction, customer satisfaction score, satisfaction, удовлетворенность, удовлетворенность клиентов, "
        "оценка качества",
        "ces": "customer effort, customer effort score, effort, effort score, ease, усилия, усилия клиента, легкость",
    },
    SURVEYS,
)


def cell(text: str, format: ColumnFormat) -> int:
    """
    >>> [SURVEYS[cell(text, ColumnFormat())] for text in ("NPS", "Customer Effort Score", "удовлетворённость")]
    ['nps', 'ces', 'csat']
    >>> cell("mood", ColumnFormat())
    Traceback (most recent call last):
    ValueError: 'mood' is not a kind of survey: nps, csat or ces
    """
    found = KNOWN.get(words.spelt(text))
    if found is None:
        raise ValueError(f"{quoted(text)} is not a kind of survey: {', '.join(SURVEYS[1:-1])} or {SURVEYS[-1]}")
    return found


def column(texts: pa.StringArray, format: ColumnFormat) -> ParsedColumn:
    return words.column(texts, lambda text: KNOWN.get(words.spelt(text), -1))


SURVEY = ColumnKind("survey", "E411", "a kind of survey: nps, csat or ces", "nps", cell, column, decode=lambda code: SURVEYS[code] or None)
