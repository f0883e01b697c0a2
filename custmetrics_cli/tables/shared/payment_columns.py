"""Columns of purchases that decide if a row counts: the states of its payment and order, yes and no, and the type of the row."""

from __future__ import annotations

import re

from custmetrics_cli.columns.orders.flag import FLAG
from custmetrics_cli.columns.orders.payment import PAYMENT
from custmetrics_cli.columns.orders.row_type import ROW_TYPE
from custmetrics_cli.tables.shared.column import Column, aliases
from custmetrics_cli.tables.words.states import PURCHASE_STATUS

PAYMENT_HEADERS = aliases(
    "payment_status; financial_status; invoice_status; payment_state; paid_status; charge_status; transaction_status; "
    "transaction_state; pay_status; billing_status; receipt_status; payment status; статус оплаты; статус платежа; состояние оплаты; "
    "статус счета; оплата заказа; статус транзакции; состояние платежа; zahlungsstatus; bezahlstatus; statut du paiement; "
    "statut de paiement; estado del pago; estado de pago; estado do pagamento; stato del pagamento; stato pagamento; betaalstatus; "
    "betalingsstatus; status płatności; stan płatności; статус сплати"
)
ORDER_HEADERS = aliases(
    "order_status; order_state; sale_status; deal_status; booking_status; purchase_status; status; state; статус заказа; "
    "состояние заказа; статус сделки; статус; состояние; stage; этап; этап сделки; стадия; стадия сделки; bestellstatus; "
    "auftragsstatus; statut; statut de la commande; estado; estado del pedido; estado do pedido; stato; stato dell'ordine; stato ordine; "
    "bestelstatus; status zamówienia; статус замовлення"
)
PAYMENT_ROLE = "payment"  # of a header: it names the payment, not the order
PAYMENT_WORDS = re.compile(
    r"pa(y|id)|financial|invoice|charge|transaction|captured?|settle|complet|оплат|платеж|платёж|счет|транзакц|zahl|pago|betaal", re.I
)


PAYMENT_DAY = re.compile(
    r"paid|pay(ed|ment)|captured|settled|оплат|платеж|платёж|bezahl|zahlung|pai[ée]|pago|pagamento|betaal|płatno", re.IGNORECASE
)
PAYMENT_DAYS = aliases(
    "paid_at; paid_on; date_paid; paid_date; payment_date; payment_at; date_of_payment; payment_time; date_payment; paid_time; "
    "дата оплаты; дата платежа; оплачен в; время оплаты; zahlungsdatum; bezahlt am; date de paiement; payé le; fecha de pago; "
    "data de pagamento; data do pagamento; data pagamento; betaaldatum; data płatności; дата оплати"
)


def payment_role(header: str) -> str:
    """Return PAYMENT_ROLE for a header about the payment of an order.

    >>> payment_role("Financial Status"), payment_role("Дата оплаты"), payment_role("Order status")
    ('payment', 'payment', '')
    """
    return PAYMENT_ROLE if PAYMENT_WORDS.search(header) else ""


def payment_day_role(header: str) -> str:
    """Return PAYMENT_ROLE for a header of the day on which an order was paid: an order without one is unpaid.

    >>> payment_day_role("Paid at"), payment_day_role("Дата оплаты"), payment_day_role("Invoice date")
    ('payment', 'payment', '')
    """
    return PAYMENT_ROLE if PAYMENT_DAY.search(header) else ""


STATUS_COLUMN = Column(
    "status",
    PAYMENT,
    "state of the payment: paid, in_process, unpaid, failed, cancelled, refunded, draft, test",
    aliases=(*PAYMENT_HEADERS, "status", *(header for header in ORDER_HEADERS if header != "status")),
    fit=0.5,
    header_role=payment_role,
    words=PURCHASE_STATUS,
)
ORDER_STATUS = Column(
    "order_status",
    PAYMENT,
    "state of the order, beside one of the payment: cancelled, refunded, draft and test orders are skipped",
    aliases=ORDER_HEADERS,
    fit=0.5,
)
PAID = Column(
    "paid",
    FLAG,
    "yes: the order is paid; no: it is not",
    aliases=aliases(
        "is_paid; paid_flag; captured; is_captured; payment_received; payment_captured; оплачен; оплачена; оплачено; оплачен?; "
        "оплачено?; bezahlt; payé; pagado; pago; pagato; betaald; opłacone; сплачено"
    ),
    fit=1,
)
IS_REFUNDED = Column(
    "is_refunded",
    FLAG,
    "yes: the order was refunded in full",
    aliases=aliases(
        "refunded; refunded_flag; refund; возврат; возвращен; возвращено; erstattet; remboursé; reembolsado; rimborsato; zwrócone"
    ),
    fit=1,
)
IS_CANCELLED = Column(
    "is_cancelled",
    FLAG,
    "yes: the order was cancelled",
    aliases=aliases(
        "cancelled; canceled; is_canceled; cancelled_flag; canceled_flag; voided; is_voided; void; отменен; отменена; отменено; "
        "storniert; annulé; cancelado; anulado; annullato; geannuleerd; anulowane; скасовано"
    ),
    fit=1,
)
IS_TEST = Column(
    "is_test",
    FLAG,
    "yes: the order is a test",
    aliases=aliases("test; test_flag; sandbox; is_sandbox; test_mode; test_order; is_test_order; тест; тестовый; тестовый заказ"),
    fit=1,
)
LIVEMODE = Column("livemode", FLAG, "no: the order is a test", aliases=aliases("live_mode; is_live; live; is_livemode; боевой"), fit=1)
TYPE = Column(
    "row_type",
    ROW_TYPE,
    "type of the row: a refund is negative; payouts, fees, transfers and tests are skipped",
    aliases=aliases(
        "transaction_type; type; kind; event; operation; event_type; operation_type; payment_type; entry_type; record_type; line_type; "
        "order_type; document_type; transaction_kind; reporting_category; balance_transaction_type; тип операции; вид операции; "
        "операция; тип транзакции; тип платежа; тип; вид; тип документа; событие; transaktionstyp; art; typ; vorgang; type de "
        "transaction; opération; tipo; tipo de transacción; operación; tipo de transação; operação; tipo di transazione; operazione; "
        "soort; typ transakcji; operacja; тип операції"
    ),
    fit=1,
)
