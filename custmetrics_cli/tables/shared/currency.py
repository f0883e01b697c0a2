"""The column of currencies, for every table with amounts."""

from __future__ import annotations

from custmetrics_cli.columns.text import WORD
from custmetrics_cli.tables.shared.column import Column, aliases
from custmetrics_cli.tables.words.billing import CURRENCY as CURRENCY_WORDS

CURRENCY = Column(
    "currency",
    WORD,
    "currency of the amount",
    is_currency=True,
    aliases=aliases(
        "currency_code; currency_iso_code; plan_currency; subscription_currency; price_currency; order_currency; account_currency; "
        "billing_currency; presentment_currency; валюта; код валюты; валюта платежа; валюта заказа"
    ),
    words=CURRENCY_WORDS,
)
