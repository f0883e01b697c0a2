"""Types of a row of money: a sale, a refund, or a movement that is neither. Any part of the text may name the type."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from custmetrics_cli.columns import ColumnKind, UnknownWords
from custmetrics_cli.columns.orders import payment
from custmetrics_cli.columns.parsing.payment_words import UNKNOWN_WORD
from custmetrics_cli.columns.parsing.readers import WordReader
from custmetrics_cli.columns.parsing.words import find_in, spellings

TYPES = ("", "sale", "refund", "other", "test", "unknown", "not_paid")
SALE, REFUND, OTHER, TEST, UNKNOWN, NOT_PAID = range(1, 7)
STATES = {"paid": SALE, "refunded": REFUND, "test": TEST, **dict.fromkeys(("unpaid", "failed", "cancelled", "draft"), NOT_PAID)}
PARTS = {  # words and starts of words in a text; the first type that matches counts
    REFUND: (
        r"refund|charge ?-?back|credit ?-?(note|memo)|reversal|возврат|чарджб[эе]к|сторно|[a-zü]*erstattung|gutschrift|rembours|reembols"
        r"|devoluci|estorn|rimbors|nota di credito|terugbetal|creditnota|zwrot|повернення"
    ),
    OTHER: (
        r"payouts?\b|withdraw|transfers?\b|fees?\b|commissions?\b|adjustments?\b|authori[sz]ations?\b|bank deposit|выплат|вывод|перевод"
        r"|комисси|удержани|auszahlung|geb[uü]hr|überweisung|virement|frais\b|retiro|comisi[oó]n|transferencia|saque|tarifa\b|prelievo|commissione"
        r"|bonifico|uitbetaling|kosten\b|wypłat|opłat|prowizj|виплат|комісі|переказ"
    ),
}
KNOWN = spellings(
    {
        "sale": "sales, charge, charged, payment, purchase, order, paid, capture, captured, settlement, invoice, checkout, pos, "
        "subscription payment, recurring payment, renewal, debit card payment, credit card payment, express checkout payment, "
        "продажа, платеж, оплата, покупка, заказ, списание, приход, поступление, реализация, verkauf, zahlung, vente, paiement, achat, "
        "venta, pago, venda, pagamento, vendita, verkoop, betaling, sprzedaż, płatność, продаж",
        "refund": "return, returned, void, credit, partial refund, full refund",
        "other": "hold, release, void fee, tax, exchange, conversion, currency conversion, topup, top up",
        "test": "sandbox, тест, тестовый",
    },
    TYPES,
)
EXACT = find_in(KNOWN, 0)
PATTERNS = {type_: re.compile(rf"\b(?:{parts})", re.IGNORECASE) for type_, parts in PARTS.items()}


@lru_cache(4096)
def find(text: str) -> int:
    """Return the number of a type.

    >>> [TYPES[find(text)] for text in ("Sale", "Payment Refund", "stripe_fee", "Возврат покупателю", "Refused", "Coffee")]
    ['sale', 'refund', 'other', 'refund', 'not_paid', 'unknown']
    """
    known = EXACT(text)
    return known if isinstance(known, int) and known else _named_type(text) or _type_by_state(text)


def _type_by_state(text: str) -> int:
    """Return the type of a row whose text is a state of the payment: a type of "Refused" is a payment that was not made."""
    return STATES.get(payment.PAYMENTS[payment.find(text)], UNKNOWN)


def _named_type(text: str) -> int:
    words = text.replace("_", " ")
    return next((type_ for type_, pattern in PATTERNS.items() if pattern.search(words)), 0)


def is_evident(cells: Sequence[str]) -> bool:
    """Return True if cells name types of rows: one is a refund, or most are known and some is neither a sale nor unknown.

    >>> is_evident(["sale", "refund"]), is_evident(["Hotel", "Tour", "Transfer"]), is_evident(["Course", "Test"])
    (True, False, False)
    """
    found = [find(cell) for cell in cells]
    most_are_known = 2 * sum(type_ != UNKNOWN for type_ in found) > len(found)
    names_skipped_rows = (TEST in found or NOT_PAID in found) and UNKNOWN not in found
    return any(_named_type(cell) == REFUND for cell in cells) or (OTHER in found and most_are_known) or names_skipped_rows


def decode(code: int) -> str | None:
    return TYPES[code] or None


ROW_TYPE = ColumnKind(
    "row type",
    "",
    "sale, refund, payout, fee, transfer or test; an unknown word is reported",
    "sale",
    WordReader(find),
    decode=decode,
    is_evident=is_evident,
    unknown=UnknownWords(UNKNOWN, UNKNOWN_WORD, "sales", can_skip=True),
)
