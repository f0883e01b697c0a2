"""Costs: the money spent to win and to keep customers."""

from __future__ import annotations

from custmetrics_cli.columns.day import DAY
from custmetrics_cli.columns.money import MONEY
from custmetrics_cli.columns.text import WORD
from custmetrics_cli.tables.shared.column import Column, aliases
from custmetrics_cli.tables.shared.currency import CURRENCY
from custmetrics_cli.tables.shared.table import RowId, Table
from custmetrics_cli.tables.words import events, row_ids

CHANNEL = Column(
    "channel",
    WORD,
    "marketing channel",
    aliases=aliases("marketing_channel; acquisition_channel; source; utm_source; medium; канал; источник; рекламный канал"),
)

TABLE = Table(
    "costs",
    "one row is one cost",
    (
        Column(
            "date",
            DAY,
            "day of the cost",
            required=True,
            empty_code="E413",
            whole_months=True,
            aliases=aliases(
                "spent_at; spent_on; spend_date; cost_date; expense_date; invoice_date; transaction_date; posting_date; day; "
                "reporting_starts; jour; día; дата; день; дата расхода; дата платежа; "
                "month; year_month; reporting_month; месяц; monat; mois; mes; mês; mese; maand; miesiąc; місяць"
            ),
            words=events.COST_DATE,
        ),
        Column(
            "amount",
            MONEY,
            "amount spent; negative = returned",
            required=True,
            aliases=aliases(
                "cost; costs; spend; spent; amount_spent; expense; expenses; total_cost; total_spend; ad_spend; сумма; расход; расходы; "
                "затраты; сумма затрат; потрачено; стоимость; montant dépensé; importe gastado"
            ),
            words=events.COST,
        ),
        Column(
            "category",
            WORD,
            "purpose: marketing, sales, retention, support …",
            aliases=aliases("cost_category; expense_category; spend_category; cost_type; account; категория; статья; статья расходов"),
        ),
        CHANNEL,
        CURRENCY,
    ),
    order=4,
    keys=(("date", "category", "channel"),),
    row_id=RowId(words=row_ids.COST),
)
