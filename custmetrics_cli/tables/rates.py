"""Rates of exchange, by which money of several currencies is given in one. A rate holds until the next one of its pair."""

from __future__ import annotations

from custmetrics_cli.columns.currency import CURRENCY
from custmetrics_cli.columns.day import DAY
from custmetrics_cli.columns.rate import RATE
from custmetrics_cli.tables._table import Column, Table, aliases

TABLE = Table(
    "rates",
    "one row is the rate of one currency in another from a day on",
    (
        Column(
            "date",
            DAY,
            "first day on which it holds",
            required=True,
            aliases=aliases("rate_date; exchange_date; day; valid_from; effective_date; as_of; дата; дата курса"),
        ),
        Column(
            "from",
            CURRENCY,
            "the currency of which one unit is priced",
            required=True,
            aliases=aliases("from_currency; currency_from; source_currency; base; base_currency; из; из валюты; исходная валюта"),
        ),
        Column(
            "to",
            CURRENCY,
            "the currency in which it is priced",
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
