"""The end of a scale that is good: the highest score, or the lowest, as in "How much effort …?"."""

from __future__ import annotations

import re

from custmetrics_cli.ingest.recognise.headers import normalise
from custmetrics_cli.ingest.recognise.questions.labels import Labels, read_labels
from custmetrics_cli.tables.answers.facts import Fact
from custmetrics_cli.tables.answers.questions import EASE, EFFORT

END = re.compile(r"(\d{1,3})\s*(?:[-–—=:]|means|is)\s*([^\d,;()/]+)")


def read_effort(header: str) -> Fact | None:
    """Return the good end for a question about effort (low) or ease (high).

    >>> read_effort("How much effort did you have to put forth?"), read_effort("How easy was it?"), read_effort("CES")
    (Fact(value='low', by='header'), Fact(value='high', by='header'), None)
    """
    name = normalise(header)
    best = "high" if any(map(name.__contains__, EASE)) else "low" if any(map(name.__contains__, EFFORT)) else ""
    return Fact(best, "header") if best else None


def read_direction(header: str, labels: Labels) -> Fact | None:
    """Return the good end that labels or the header name.

    >>> read_direction("Wie zufrieden? (1 = sehr zufrieden, 5 = sehr unzufrieden)", Labels())
    Fact(value='low', by='header')
    """
    if labels.best:
        return Fact(labels.best, "labels")
    ends = read_labels(f"{number} - {words.strip()}" for number, words in END.findall(header))
    return Fact(ends.best, "header") if ends.best else None
