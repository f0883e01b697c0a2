"""Words of headers that show spending, income, or a customer."""

from __future__ import annotations

from custmetrics_cli.tables.shared.header_words import words

SPENDING = words(
    "cost costs spend spending spent expense expenses budget ad ads adset adgroup campaign* vendor* supplier* impression* click* cpc cpm "
    "ctr media advert* marketing bill bills payee category channel department account* расход* затрат* трат* бюджет кампани* реклам* "
    "поставщик* показ* клик* статья канал kosten ausgaben werbe* kampagne* dépense* depense* budget* campagne* gasto* coste* campaña* "
    "custo custos despesa* spese costi uitgaven koszt* wydatk* витрат*"
)
ADVERTISING = words(
    "campaign* impression* click* adgroup adset cpc cpm ctr показ* клик* кампани* охват* kampagne* campagne* campaña* campanha*"
)
INCOME = words(
    "revenue sales sale income payout* выручк* продаж* доход* umsatz einnahmen vente* ingreso* venda* ricavi omzet przychod* продажі"
)
CUSTOMER = words(
    "customer* client* buyer* subscriber* shopper* purchaser* email e-mail mail phone telephone mobile клиент* покупател* абонент* почта "
    "телефон заказчик* плательщик* kunde* acheteur* cliente* comprador* klant* klient* клієнт* покупець фио"
)
NOT_CUSTOMER = words("acquired acquisition marketing campaign support service success cost email_campaign channel type")
