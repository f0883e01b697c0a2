"""Reasons for leaving as the customer or the payment provider gives them: a decision, a failed payment, or unclear."""

from __future__ import annotations

import re

DECISION, PAYMENT = 1, 2
FAILED = (
    r"\b(payment|charge|card|transaction|invoice|billing|debit)s?\b.*(fail|declin|disput|reject|expir|unpaid|past.?due|issue|problem|error)"
    r"|(fail|declin|disput|reject|expir|unpaid|insufficient|invalid).*\b(payment|charge|card|fund|transaction|invoice|billing|debit)"
    r"|involuntar|(?<!not )delinquen|dunning|non.?payment|unpaid|past.?due|charge.?back|fraud|bad.?debt|\bcard\b|\bbilling\b"
    r"|неоплат|неуплат|не оплат|задолж|просроч|карт[аыеу]|платеж|платёж|недостаточно средств|списан"
)
DECIDED = (
    r"(?<!in)voluntar|cancel|request|declined (to|by|renew)|decid|expens|pric|cost|budget|afford|compet|switch|alternativ|feature|missing"
    r"|quality|service|support|complex|difficult|bug|slow|unused|not.?us(ed|ing)|no.?(longer|need|use)|need|value|temporar|pause|season"
    r"|project.*(end|over)|clos(ed|ing)|out of business|merge|acqui|moved|moving|left|unhappy|dissatisf|not satisf|customer.?choice"
    r"|дорог|цена|цены|стоимост|бюджет|конкурент|друго[йе]|не нуж|не польз|неудоб|качеств|функци|поддержк|сервис"
    r"|закры|переезд|переш[её]л|уш[её]л|по желанию|отказался|сезон|решени"
)


def kind(reason: str) -> int:
    """Return DECISION, PAYMENT, or 0 for a reason that is empty or unclear.

    >>> [kind(text) for text in ("Too expensive", "payment_failed", "Отказ карты", "user declined renewal", "n/a", "")]
    [1, 2, 2, 1, 0, 0]
    """
    words = reason.replace("_", " ").casefold()
    if re.search(FAILED, words):
        return PAYMENT
    return DECISION if re.search(DECIDED, words) else 0
