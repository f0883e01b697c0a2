"""Kinds of survey: would you recommend us (nps), are you satisfied (csat), how easy was it (ces)."""

from __future__ import annotations

from custmetrics_cli.columns import ColumnKind, Reason
from custmetrics_cli.columns.parsing.readers import WordReader
from custmetrics_cli.columns.parsing.words import find_in, listed, spellings

SURVEYS = ("", "nps", "csat", "ces")  # "" = the file has no column of kinds

KNOWN = spellings(
    {
        "nps": "net promoter score, net promoter, enps, recommendation, recommend, индекс лояльности, лояльность, рекомендация",
        "csat": "css, customer satisfaction, customer satisfaction score, satisfaction, удовлетворенность, удовлетворенность клиентов, "
        "оценка качества",
        "ces": "customer effort, customer effort score, effort, effort score, ease, усилия, усилия клиента, легкость",
    },
    SURVEYS,
)
UNKNOWN_SURVEY = Reason(f"is not a kind of survey: {listed(SURVEYS[1:])}")


def decode(code: int) -> str | None:
    """
    >>> from custmetrics_cli.columns import ColumnFormat
    >>> [decode(SURVEY.read_cell(text, ColumnFormat())) for text in ("NPS", "Customer Effort Score", "удовлетворённость")]
    ['nps', 'ces', 'csat']
    >>> SURVEY.read_cell("mood", ColumnFormat())
    Traceback (most recent call last):
    custmetrics_cli.columns.UnreadableCell: 'mood' is not a kind of survey: nps, csat or ces
    """
    return SURVEYS[code] or None


SURVEY = ColumnKind(
    "survey", "E411", f"a kind of survey: {listed(SURVEYS[1:])}", "nps", WordReader(find_in(KNOWN, UNKNOWN_SURVEY)), decode=decode
)
