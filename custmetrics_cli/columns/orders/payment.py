"""States of a payment or an order, in the words of shops, billing systems and people.

A word that is not known is `unknown`, never an error: it counts as paid, and a warning shows it. A partial refund is `paid`: the
column of refunds subtracts it. An order `in_process` may be paid or not, which depends on the shop.
"""

from __future__ import annotations

import re
from functools import lru_cache

from custmetrics_cli.columns import ColumnKind, UnknownWords
from custmetrics_cli.columns.parsing.payment_words import UNKNOWN_WORD, WORDS
from custmetrics_cli.columns.parsing.readers import WordReader
from custmetrics_cli.columns.parsing.states import find_state
from custmetrics_cli.columns.parsing.words import spellings

PAYMENTS = ("", "paid", "in_process", "unpaid", "failed", "cancelled", "refunded", "draft", "test", "unknown")
UNKNOWN = PAYMENTS.index("unknown")
KNOWN = spellings(WORDS, PAYMENTS)
NEGATION = re.compile(r"^(?:not|non|no|не|nicht|não|niet|nie)\s+", re.IGNORECASE)


@lru_cache(4096)
def find(text: str) -> int:
    """Return the number of a state. A bracket, the reason and the name of the thing do not matter.

    >>> [PAYMENTS[find(text)] for text in ("Paid", "Payment failed", "Cancelled by customer", "Не проведен", "purple")]
    ['paid', 'failed', 'cancelled', 'unpaid', 'unknown']
    """
    found = find_state(text, KNOWN, UNKNOWN)
    is_negated = found == UNKNOWN and find_state(NEGATION.sub("", text), KNOWN, UNKNOWN) == PAYMENTS.index("paid")
    return PAYMENTS.index("unpaid") if is_negated else found


def decode(code: int) -> str | None:
    """
    >>> from custmetrics_cli.columns import ColumnFormat
    >>> [decode(PAYMENT.read_cell(text, ColumnFormat())) for text in ("Partially-refunded", "не оплачен", "wc-completed")]
    ['paid', 'unpaid', 'paid']
    """
    return PAYMENTS[code] or None


PAYMENT = ColumnKind(
    "payment",
    "",
    "a state of a payment; an unknown word is reported",
    "paid",
    WordReader(find),
    decode=decode,
    knows=lambda text: find(text) != UNKNOWN,
    unknown=UnknownWords(UNKNOWN, UNKNOWN_WORD, "paid", can_skip=True),
)
