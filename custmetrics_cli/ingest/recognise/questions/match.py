"""Find the header that asks the question of a survey: it becomes the score column, if no column is the score."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from custmetrics_cli.ingest.recognise.headers import Header, normalise
from custmetrics_cli.ingest.recognise.questions.header_scale import header_scale
from custmetrics_cli.tables import Table
from custmetrics_cli.tables.answers.questions import NOT_SCORES, OPPOSITES

CODE = re.compile(r"^\s*[\w.\-\[\]]{1,20}(?:\.|:|\)|\s[-–—])\s+(?=\S)")  # before a question: "Q1. ", "nps - ", "2) "
BRACKET = re.compile(r"(?<!\s)\s*+[(\[][^()\[\]]*+[)\]]\s*+$")
RANGE = re.compile(r"(?<![\s,])[\s,]*+(?<![\w.])[01]\s*+[-–—]\s*+\d{1,3}\s*+$")
BEGINNINGS = tuple(normalise(word) for word in NOT_SCORES if "*" not in word)
PARTS = tuple(normalise(word) for word in NOT_SCORES if "*" in word)
BAD_ENDS = re.compile("|".join(map(normalise, OPPOSITES)))
GOOD_END = re.compile("satisf|удовлетвор|довол|zufrieden|tevreden|zadowol")


def match_question(
    table: Table, header: Header, surveys: Iterable[str], columns: dict[str, int], mapping: Mapping[str, str], segments: Collection[int]
) -> tuple[dict[str, str], tuple[int, ...]]:
    """Add the header that asks for the score to `columns`, if no column is the score.

    Return the kind of survey as a constant, and the positions of the questions if there are several. The surveys that the metric uses
    are tried first.
    """
    rule = table.questions
    if rule is None or mapping.get(rule.column) == "":
        return {}, ()
    score = columns.get(rule.column, -1)
    usable = {score} if score >= 0 else {*range(len(header.cells))} - {*columns.values(), *segments}
    found = find_questions(rule.patterns, header, usable)
    for kind in (kind for kind in dict.fromkeys((*surveys, *rule.patterns)) if found.get(kind)):
        questions = found[kind]
        columns[rule.column] = questions[0]
        return ({} if rule.kind in columns else {rule.kind: kind}), tuple(questions) if len(questions) > 1 else ()
    return {}, ()


def find_questions(patterns: Mapping[str, Iterable[str]], header: Header, usable: Collection[int]) -> dict[str, list[int]]:
    """Return the positions of the questions of each kind of survey, without those that ask for words."""
    core = Header(tuple(map(question_core, header.cells)))
    possible = {at for at in usable if asks_for_score(header.cells[at])}
    return {
        kind: [at for at in dict.fromkeys((*header.question_positions(names), *core.positions(names))) if at in possible]
        for kind, names in patterns.items()
    }


def question_core(header: str) -> str:
    """Return a question without the code before it, and without the bracket or the scale after it.

    >>> question_core("Q3. NPS (0-10)"), question_core("CSAT score 1-5"), question_core("How easy was it?")
    ('NPS', 'CSAT score', 'How easy was it?')
    """
    text = BRACKET.sub("", header)
    return RANGE.sub("", CODE.sub("", text)) if header_scale(header) or CODE.match(text) else text


def asks_for_score(header: str) -> bool:
    """Return whether a header may hold scores: it asks for no reason, and not for the bad end only.

    >>> [asks_for_score(text) for text in ("How satisfied are you?", "Why are you dissatisfied?", "How satisfied or dissatisfied are you?")]
    [True, False, True]
    """
    name = normalise(CODE.sub("", header))
    if name.startswith(BEGINNINGS) or any(part.strip("*") in name for part in PARTS):
        return False
    rest = BAD_ENDS.sub("", name)
    return rest == name or bool(GOOD_END.search(rest))
