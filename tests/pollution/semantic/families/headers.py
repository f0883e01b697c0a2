"""The headers of decisive columns are other words: from ten languages, with prefixes, with brackets, without spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.pollution.semantic.case import Case, case, own_headers
from tests.pollution.semantic.clean import (
    CHURN,
    COUNT,
    CUSTOMERS,
    MRR,
    NPS,
    PURCHASES,
    REPEAT,
    SCORE_NPS,
    SUBSCRIPTIONS,
    TOP,
    Question,
)
from tests.pollution.semantic.sheet import Sheet

EVERY = 9
OTHER_SURVEYS = re.compile(
    r"csat|satisf|zufried|задовол|effort|easy|усили|от 1 до 5|1-5|csi|facil|einfach|ces|довольн|rate your", re.IGNORECASE
)
# The role in the evidence, the role in the table, the question that it decides.
ROLES: tuple[tuple[str, str, Question, Sheet], ...] = (
    ("interval", "interval", MRR, SUBSCRIPTIONS),
    ("started_at", "started_at", COUNT, CUSTOMERS),
    ("ended_at", "ended_at", CHURN, CUSTOMERS),
    ("ended_at", "ended_at", MRR, SUBSCRIPTIONS.without("status")),
    ("customer_id", "customer_id", CHURN, CUSTOMERS),
    ("customer_id", "customer_id", REPEAT, PURCHASES),
    ("order_id", "order_id", REPEAT, PURCHASES),
    ("date", "date", TOP, PURCHASES),
    ("amount_purchases", "amount", TOP, PURCHASES),
    ("responded_at", "responded_at", SCORE_NPS, NPS),
    ("score", "score", SCORE_NPS, NPS),
)
DECORATIONS = ("plan.{}", "Subscription - {}", "Data: {}", "{} (UTC)", "{} [export]", "{}*")


def cases() -> Iterator[Case]:
    for evidence, role, question, sheet in ROLES:
        for header in own_headers(evidence, every=EVERY):
            if evidence == "score" and OTHER_SURVEYS.search(header):
                continue
            yield case(f"{sheet.columns[0].role} {role} = {header}", question, sheet.renamed(**{role: header}), doubts=(header,))
    yield from _decorated()


def _decorated() -> Iterator[Case]:
    for _, role, question, sheet in ROLES:
        for number, decoration in enumerate(DECORATIONS):
            words = role.split("_")
            spelling = (role, " ".join(words).title(), words[0] + "".join(map(str.title, words[1:])))[number % 3]
            header = decoration.format(spelling)
            yield case(f"{question.arguments[0]} {role} = {header}", question, sheet.renamed(**{role: header}), doubts=(header,))
