"""Ends that are the last day of service, by the word in their header: valid through, last day, «действует по»."""

from __future__ import annotations

from functools import lru_cache

from custmetrics_cli.ingest.recognise.candidates import HeaderCandidate
from custmetrics_cli.ingest.recognise.roles.words import split_words
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.tables.words.days import LAST_DAY, NOT_LAST_DAY

UP_TO = "по"  # at the end of a header: up to and including a day; elsewhere it means "by"
AFTER_UP_TO = ("дату", "дата", "число", "день")


def ends_inclusively(candidate: HeaderCandidate, settings: Settings) -> bool:
    """Return whether the header of the ends names the last day of service, and neither the user nor a preset says what they are."""
    at = candidate.match.columns.get("ended_at")
    is_settled = candidate.match.preset is not None or "ends" in settings.explicit or settings.ends != Settings().ends
    return at is not None and not is_settled and is_last_day(candidate.header[at])


@lru_cache(maxsize=256)
def is_last_day(header: str) -> bool:
    """Return whether a header names the last day of service.

    >>> [is_last_day(text) for text in ("Valid through", "end date (inclusive)", "Действует по", "Действует до (включительно)")]
    [True, True, True, True]
    >>> [is_last_day(text) for text in ("ended_at", "Valid until", "Дата окончания по договору", "end date (exclusive)", "Last payment")]
    [False, False, False, False, False]
    """
    words = split_words(header)
    ahead = words[:-1] if words[-1:] and words[-1] in AFTER_UP_TO else words
    return not NOT_LAST_DAY.are_in(words) and (ahead[-1:] == (UP_TO,) or LAST_DAY.are_in(words))
