"""Read a list of scores without dates as one wave of a survey."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from custmetrics_cli.columns.day import DAY
from custmetrics_cli.ingest.model import InputFile
from custmetrics_cli.ingest.recognise.candidates import HeaderCandidate
from custmetrics_cli.ingest.recognise.head import Head
from custmetrics_cli.ingest.recognise.roles.sample import Sample
from custmetrics_cli.ingest.settings import Settings
from custmetrics_cli.tables.shared.table import Selection

FILE_NAMES = re.compile(r"nps|csat|\bces\b|survey|feedback|satisf|опрос|отзыв|анкет|оценк|umfrage|enquete|encuesta", re.IGNORECASE)
HALF = 0.5


def as_one_wave(
    candidate: HeaderCandidate, head: Head, source: InputFile, settings: Settings, selections: Mapping[str, Selection]
) -> HeaderCandidate | None:
    """Return the candidate with one day for all answers; None if it is not a list of scores, or has dates.

    A column named score proves little: the user must ask for a survey, or the question or the file's name must show one.
    """
    match = candidate.match
    rule = match.table.questions
    if rule is None or match.preset or candidate.is_data or match.missing != (rule.day,):
        return None
    is_asked = bool(selections) and {*selections} == {match.table.name}
    is_survey = is_asked or source.table or rule.kind in match.constants or FILE_NAMES.search(source.path.rpartition("/")[2])
    has_no_day = settings.columns.get(rule.day, settings.columns.get(f"{match.table.name}.{rule.day}")) == ""
    if not is_survey or not (has_no_day or not _has_dates(candidate, head)):
        return None
    constants = {**match.constants, rule.day: wave_day(settings.today or date.today()).isoformat()}
    notes = (*match.notes, "no column has dates: all answers are one wave")
    return candidate._replace(match=match._replace(missing=(), constants=constants, notes=notes))


def wave_day(today: date) -> date:
    """Return the day of answers without dates: the last one that is over."""
    return today - timedelta(1)


def _has_dates(candidate: HeaderCandidate, head: Head) -> bool:
    sample, used = Sample(head, candidate), {*candidate.match.columns.values()}
    free = [at for at, _ in enumerate(candidate.header) if at not in used]
    return any((sample.fit(at, DAY) or 0) >= HALF for at in free)
