"""Words of headers in tables of one row, or one column, per customer and month."""

from __future__ import annotations

from custmetrics_cli.tables.shared.header_words import HeaderWords, ranked, words

STRONGEST, STRONG, WEAK = 0, 1, 2  # ranks of the words of a date: the last one needs more evidence from the cells
DATE = HeaderWords(
    ranked(
        "snapshot; as of; asof; срез; среза; по состоянию; stichtag; instantané",
        "month; months; month end; month start; period; reporting month; report month; report date; reporting date; reporting period; "
        "mrr month; mrr date; revenue month; month ending; yearmonth; year month; месяц; отчетный месяц; период; отчетный период; "
        "отчетная дата; на дату; monat; berichtsmonat; mois; mes; mês; mese; maand; miesiąc; okres; місяць; період; période; periodo; "
        "período; periode",
        "date; day; dt; ds; дата; datum; fecha; data",
    ),
    foreign=words(
        "sign signup signed start started starts begin join joined joining cohort first acquisition acquired birth end ends ended churn "
        "churned cancel canceled cancelled renew renewal next trial expiry expires expiration created registration registered activation "
        "activated last contract closed order invoice due payment paid subscribed since count number no tenure months_active active "
        "начала окончания регистрации подключения отключения ухода оттока первый первой первого последний оплаты платежа заказа "
        "когорта когорты рождения vertragsbeginn vertragsende début fin inicio"
    ),
    fillers=words(
        "date day month period at on the of end start time dt id snapshot reporting report mrr revenue key ts utc дата месяц период на за"
    ),
)
ORDER = ranked("order; invoice; receipt; transaction; заказ*; счет; чек; bestell*; rechnung*")[0]
# Columns of yes and no, or of a state, that decide whether a customer pays in the month.
PAYS = ranked(
    "is active; active; is paying; paying; is customer; is current; active flag; status; state; subscription status; customer status; "
    "активен; активна; активный; статус; состояние; aktiv; actif; activo; ativo; attivo; actief; aktywny"
)[0]
LEFT = ranked("is churned; churned; is cancelled; is canceled; cancelled; canceled; inactive; is inactive; отток; ушел")[0]
COMPANY = ranked(
    "company; company name; organisation; organization; organisation name; organization name; customer name; client name; account name; "
    "account id; компания; организация; название компании; наименование клиента; фирма; firma; entreprise; empresa; azienda; bedrijf"
)[0]
UNCLEAR = ranked("name; account; title; id; название; наименование; имя; фио; счет; имя клиента; nom; nombre; nome")[0]
MEASURES = words(
    "mrr arr revenue amount value sum total net gross recurring monthly paid billing fee the in for of usd eur gbp rub $ € £ ₽ "
    "выручка сумма доход оплата мрр за umsatz betrag chiffre revenu ingresos receita ricavi omzet przychód"
)
TOTAL_ROW: tuple[str, ...] = (
    *("total", "totals", "grand total", "subtotal", "sum", "total mrr", "mrr total", "mrr", "total revenue", "revenue", "сумма"),
    *("итого", "всего", "итог", "мрр", "общая сумма", "разом", "усього", "summe", "gesamt", "gesamtsumme", "totaux", "somme"),
    *("suma", "totale", "totaal", "razem", "total general", "arr", "total arr"),
)
# First cells of the rows of a table of totals, one row per measure.
MEASURE_ROWS = ranked(
    "mrr; arr; customers; churn; churn rate; churned; new customers; new mrr; revenue; arpa; arpu; subscribers; accounts; net new mrr; "
    "expansion; contraction; retention; выручка; клиенты; новые клиенты; отток; umsatz; kunden"
)[0]
