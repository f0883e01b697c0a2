"""Read the words for a state. What people and systems write around the word does not matter: a bracket, a reason, the name of the thing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from custmetrics_cli.columns.parsing.words import simplify

BRACKETS = re.compile(r"(?<!\s)\s*+[(\[][^()\[\]]*+[)\]]\s*+$")
REASON = re.compile(
    r"(?<!\s)\s++(?:by|due to|via|because|on|since|по|из-за|клиентом|покупателем|магазином|продавцом|von|par|por|da|door|przez)\b.*$",
    re.IGNORECASE,
)
SUBJECT = re.compile(
    r"\b(?:the|order|payment|invoice|transaction|charge|sale|is|was|has "
    r"been|subscription|membership|customer|member|patron|account|contract"
    r"|заказ|оплата|платеж|платёж|счет|счёт|чек|транзакция|покупка|подписка|абонемент|договор|клиент|абонент)\b",
    re.IGNORECASE,
)
SYMBOLS = re.compile(r"^[^\w]+|[^\w]+$")  # such as a smiley
SEPARATOR = re.compile(r"\s*+[_:/|,;(–—-]\s*+")


def find_state(text: str, known: Mapping[str, int], unknown: int) -> int:
    """Return the number of a state, or `unknown`.

    The first part of a text with a separator counts ("churned_voluntary"), unless another part is another state.
    """
    forms = map(simplify, _forms(text))
    return next((known[form] for form in forms if form in known), None) or _state_of_parts(text, known, unknown)


def _forms(text: str) -> Iterator[str]:
    """Yield the text without the words around a state. These are searched if the text itself is unknown."""
    yield text
    bare = BRACKETS.sub("", text)
    yield SYMBOLS.sub("", text)
    yield from (bare, REASON.sub("", bare), SUBJECT.sub("", bare), SUBJECT.sub("", REASON.sub("", bare)))


def _state_of_parts(text: str, known: Mapping[str, int], unknown: int) -> int:
    first, *others = (known.get(simplify(part), unknown) for part in SEPARATOR.split(text))
    return first if set(others) <= {unknown, first} else unknown
