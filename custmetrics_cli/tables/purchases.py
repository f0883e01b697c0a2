"""Purchases: one row is one order, or a refund."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custmetrics_cli.columns.day import DAY
from custmetrics_cli.columns.money import MONEY
from custmetrics_cli.columns.text import WORD
from custmetrics_cli.tables._currency import CURRENCY
from custmetrics_cli.tables._table import Column, Derived, RowError, Table, aliases
from custmetrics_cli.tables.costs import CHANNEL
from custmetrics_cli.tables.customers import CUSTOMER_ID

if TYPE_CHECKING:
    from custmetrics_cli.tables._table import Array, Arrays


def kept(row: Arrays) -> Array:
    """What was paid less what was given back of it, with a minus or without; a refund that is a row of its own is a negative amount."""
    left: Array = row["amount"] - abs(row["refunded"])
    return left


TABLE = Table(
    "purchases",
    "one row is one order",
    (
        CUSTOMER_ID,
        Column(
            "date",
            DAY,
            "day of the order",
            required=True,
            aliases=aliases(
                "order_date; ordered_at; ordered_on; purchase_date; purchased_at; purchased_on; invoice_date; paid_at; paid_on; "
                "payment_date; transaction_date; sale_date; дата; дата заказа; дата покупки; дата оплаты; дата продажи"
            ),
        ),
        Column(
            "amount",
            MONEY,
            "what was paid; negative = a refund",
            required=True,
            aliases=aliases(
                "total; order_total; order_value; order_amount; grand_total; revenue; sales; value; price; paid; "
                "сумма; сумма заказа; сумма покупки; итого; выручка; стоимость; оплачено"
            ),
        ),
        Column(
            "kind",
            WORD,
            "what was bought",
            aliases=aliases("product; product_type; item; category; тип; вид; товар; продукт; услуга; категория"),
        ),
        Column(
            "refunded",
            MONEY,
            "what was given back of it later",
            aliases=aliases("amount_refunded; refunded_amount; refund_amount; возвращено; сумма возврата"),
        ),
        CHANNEL,
        CURRENCY,
    ),
    derived=(Derived("amount", MONEY, (("amount",),), kept, ("amount", "refunded")),),
    row_errors=(
        RowError(
            "E514",
            "refunded",
            "more is refunded than was paid",
            "it is what was given back of this row's amount; a refund of another order is a row of its own, with a negative amount",
            lambda row: (row["refunded"] != 0) & (row["amount"] < 0),
            ("refunded", "amount"),
        ),
    ),
    order=5,
    keys=(("customer_id", "date", "kind"),),
)
