"""Exchange rates. A rate is valid until the next rate of the same two currencies."""

from __future__ import annotations

from custmetrics_cli.columns.currency import CURRENCY
from custmetrics_cli.columns.day import DAY
from custmetrics_cli.columns.rate import RATE
from custmetrics_cli.tables.shared.column import Column, aliases
from custmetrics_cli.tables.shared.table import Table

TABLE = Table(
    "rates",
    "one row is one exchange rate, valid from its day",
    (
        Column(
            "date",
            DAY,
            "first day of the rate",
            required=True,
            aliases=aliases("rate_date; exchange_date; day; valid_from; effective_date; as_of; дата; дата курса"),
        ),
        Column(
            "from",
            CURRENCY,
            "currency to convert from",
            required=True,
            aliases=aliases("from_currency; currency_from; source_currency; base; base_currency; из; из валюты; исходная валюта"),
        ),
        Column(
            "to",
            CURRENCY,
            "currency to convert to",
            required=True,
            aliases=aliases("to_currency; currency_to; target_currency; quote; quote_currency; в; в валюту; целевая валюта"),
        ),
        Column(
            "rate",
            RATE,
            "units of `to` for one unit of `from`",
            required=True,
            aliases=aliases("exchange_rate; fx_rate; conversion_rate; курс; обменный курс"),
        ),
    ),
    keys=(("date", "from", "to"),),
)
