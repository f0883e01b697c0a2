"""Purchases: one row is one order, or one refund."""

from __future__ import annotations

from typing import TYPE_CHECKING

from custmetrics_cli.columns import FAR
from custmetrics_cli.columns.day import DAY
from custmetrics_cli.columns.interval import times_quantity
from custmetrics_cli.columns.money import MONEY
from custmetrics_cli.columns.orders.quantity import PARTS
from custmetrics_cli.columns.orders.row_type import REFUND
from custmetrics_cli.columns.text import WORD
from custmetrics_cli.tables.costs import CHANNEL
from custmetrics_cli.tables.customers import CUSTOMER_ID
from custmetrics_cli.tables.shared.column import Column, aliases
from custmetrics_cli.tables.shared.currency import CURRENCY
from custmetrics_cli.tables.shared.order_columns import ORDER_NUMBER, PIECES
from custmetrics_cli.tables.shared.order_lines import FURTHER_LINE, ORDER_TOTALS
from custmetrics_cli.tables.shared.payment_columns import (
    IS_CANCELLED,
    IS_REFUNDED,
    IS_TEST,
    LIVEMODE,
    ORDER_STATUS,
    PAID,
    PAYMENT_DAYS,
    PAYMENT_ROLE,
    STATUS_COLUMN,
    TYPE,
    payment_day_role,
)
from custmetrics_cli.tables.shared.payment_rules import KEPT, NO_CUSTOMER, SKIP_RULES, TOTAL_ROW, UNPAID_ORDERS
from custmetrics_cli.tables.shared.rules import Derived, RowError
from custmetrics_cli.tables.shared.table import RowId, Table
from custmetrics_cli.tables.words import orders, row_ids

if TYPE_CHECKING:
    from custmetrics_cli.tables.shared.rules import Array, Arrays


def amount_kept(row: Arrays) -> Array:
    """Return the amount minus its refund. A refund may have a minus sign; on a row of its own, it is a negative amount."""
    import numpy as np

    amount = _for_all_pieces(row)
    kept: Array = amount - abs(row["refunded"])
    return np.where(row["row_type"] == REFUND, -abs(amount), kept)


def _for_all_pieces(row: Arrays) -> Array:
    """Return price x quantity. A returned piece gives money back, even if its price is negative."""
    import numpy as np

    price, quantity = row["amount"], row["quantity"]
    if (quantity == PARTS).all():
        return price
    product = times_quantity(price, quantity, row.rests.get("amount"))
    return np.where(quantity < 0, -abs(product), product)


TABLE = Table(
    "purchases",
    "one row is one order",
    (
        CUSTOMER_ID._replace(
            nobody=True, words=orders.CUSTOMER, aliases=tuple(name for name in CUSTOMER_ID.aliases if not name.startswith("account"))
        ),
        Column(
            "date",
            DAY,
            "day of the order",
            required=True,
            empty=FAR,
            header_role=payment_day_role,
            empty_kept=KEPT,
            optional_as=PAYMENT_ROLE,
            aliases=(
                *PAYMENT_DAYS,
                *aliases(
                    "date; order_date; ordered_at; ordered_on; purchase_date; purchased_at; purchased_on; invoice_date; "
                    "transaction_date; sale_date; дата; дата заказа; дата покупки; дата продажи"
                ),
            ),
            words=orders.DATE,
        ),
        Column(
            "amount",
            MONEY,
            "amount paid; negative = a refund",
            required=True,
            aliases=aliases(
                "total; order_total; order_value; order_amount; grand_total; revenue; sales; value; price; paid; "
                "сумма; сумма заказа; сумма покупки; итого; выручка; стоимость; оплачено"
            ),
            words=orders.AMOUNT,
        ),
        Column(
            "kind",
            WORD,
            "product bought",
            aliases=aliases("product; product_type; item; category; тип; вид; товар; продукт; услуга; категория"),
        ),
        Column(
            "refunded",
            MONEY,
            "part of the amount that was refunded later",
            aliases=aliases("amount_refunded; refunded_amount; refund_amount; возвращено; сумма возврата"),
            words=orders.REFUNDED,
        ),
        ORDER_NUMBER,
        PIECES,
        CHANNEL,
        CURRENCY,
        STATUS_COLUMN,
        ORDER_STATUS,
        PAID,
        IS_REFUNDED,
        IS_CANCELLED,
        IS_TEST,
        LIVEMODE,
        TYPE,
    ),
    derived=(Derived("amount", MONEY, (("amount",),), amount_kept, ("amount", "refunded", "row_type", "quantity")),),
    skip_rules=(NO_CUSTOMER, TOTAL_ROW, *SKIP_RULES, FURTHER_LINE),
    policies=(UNPAID_ORDERS, ORDER_TOTALS),
    row_errors=(
        RowError(
            "E514",
            "refunded",
            "refunded: {value} is more than the amount",
            "correct the row; put the refund of another order on a row of its own, with a negative amount",
            lambda row: (row["refunded"] != 0) & (row["amount"] < 0),
            ("refunded", "amount"),
        ),
    ),
    order=5,
    silent_end="ended_at",
    keys=(("customer_id", "order_id", "kind"), ("customer_id", "order_id"), ("customer_id", "date", "kind")),
    row_id=RowId("order_id", row_ids.PAYMENT),
)
