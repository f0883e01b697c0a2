"""Words of headers about costs, answers to surveys, and activity."""

from __future__ import annotations

from custmetrics_cli.tables.shared.header_words import HeaderWords, ranked, words

COST_DATE = HeaderWords(
    ranked(
        "date; day; posting date; transaction date; transaction time; cost date; spend date; expense date; invoice date; bill date; "
        "reporting start; reporting starts; дата; день; дата расхода; дата платежа; дата операции; datum; tag; buchungsdatum; jour; "
        "fecha; día; dia; data; dzień; дата витрати",
        "week; month; period; time period; timestamp; start date; by day; дата начала; неделя; месяц; период; woche; monat; zeitraum; "
        "semaine; mois; période; semana; mes; mês; periodo; settimana; mese; maand; miesiąc; місяць",
    ),
    foreign=words("due end updated modified created created_at paid reconciled exported approval created окончания"),
    fillers=words("date day time utc of the in by reporting transaction posted start дата"),
)
COST = HeaderWords(
    ranked(
        "cost; costs; spend; spent; amount spent; total spent; total spend; ad spend; total cost; expense; expenses; media cost; "
        "marketing spend; расход; расходы; затраты; потрачено; траты; бюджет; списано; kosten; ausgaben; dépense; dépenses; coût; "
        "gasto; gastos; coste; custo; custos; spesa; spese; uitgaven; koszt; koszty; wydatki; витрати",
        "amount; sum; total; total amount; debit; сумма; стоимость; betrag; montant; importe; valor; importo; bedrag; kwota; сума",
    ),
    foreign=words(
        "per cpc cpm cpa cpl tax vat conversion conversions result results click clicks average avg value balance credit budget_left "
        "remaining installs lead за ндс клик показ конверсию цель"
    ),
    fillers=words(
        "in usd eur gbp rub руб account currency local the of total amount spent inc including incl with vat с учетом ндс без "
        "everything all time net gross transaction"
    ),
)
RESPONDED_AT = HeaderWords(
    ranked(
        "completion time; date submitted; submission date; submitted; submit date; submitdate; completed; completion date; "
        "response date; "
        "responded; response time; answer date; answered; survey date; rated; review date; review created; review submit date; "
        "recorded date; date recorded; reviewed; feedback date; время завершения; дата ответа; дата отзыва; дата оценки; "
        "дата завершения; дата заполнения; отметка времени; дата опроса; abgeschlossen; antwortdatum; datum der antwort; zeitstempel; "
        "date de réponse; horodateur; fecha respuesta; marca temporal; data resposta; data risposta; data odpowiedzi; дата відповіді",
        "date; created; timestamp; date time; review creation date; time; дата; время; время создания; дата создания; дата и время; "
        "datum; fecha; data; erstellt",
        "started; start time; start date; time started; date started; updated; дата начала",
    ),
    foreign=words("order ticket purchase birth delivery reply edit last answer_time sent invited invitation visit stay"),
    fillers=words("date time utc at on and of the response review survey millis local your de da del am um el le il"),
)
SCORE = HeaderWords(
    ranked(
        "score; nps score; csat score; ces score; nps rating; satisfaction rating; star rating; stars; rating; review score; "
        "survey score; overall rating; оценка; балл; баллы; рейтинг; звезды; bewertung; sterne; punktzahl; étoiles; puntuación; "
        "calificación; avaliação; valutazione; punteggio; beoordeling; ocena; оцінка"
    ),
    foreign=words("id date count comment reason text label average avg segment group type category name credit risk lead spending"),
    fillers=words("the of your customer review survey nps csat ces satisfaction overall"),
)
TIMESTAMP = HeaderWords(
    ranked(
        "timestamp; event time; event timestamp; event date; visit time; session start; session date; login time; login date; visited; "
        "date time; datetime; action date; activity date; last seen; visit date; время события; дата события; дата визита; "
        "время визита; дата и время визита; zeitstempel; zeitpunkt",
        "time; date; occurred; created; дата; время; дата и время; datum; date heure; fecha; data",
    ),
    foreign=words("order purchase payment invoice end birth updated due delivery заказа оплаты duration"),
    fillers=words("date time utc at on of the event visit session action activity login ym s и"),
)
SIGNS = {
    "rates": words("rate from to exchange fx"),
    "orders": words(
        "order* invoice* receipt* payment* transaction* charge* purchase* sale sales item* product* sku* qty quantity* buyer* "
        "refund* ship* "
        "subtotal discount* tax vat coupon* cart checkout donation* donor* payout* settlement* fee fees gross net deal* opportunit* paid "
        "pipeline stage won store "
        "заказ* оплат* платеж* товар* чек* покупк* покупател* продаж* артикул* накладн* операц* сделк* возврат* доставк* скидк* "
        "bestell* rechnung* artikel* verkauf* zahl* versand* commande* facture* produit* paiement* pedido* factura* producto* "
        "pago venta* "
        "venda* produto* pagamento ordine* fattura* prodotto* bestel* factuur* zamówien* faktur* produkt* sprzedaż* замовлен*"
    ),
    "spans": words(
        "subscription* subscrib* plan* mrr arr recurring renew* billing interval trial* membership* member* seats tenure churn* since "
        "cancel* signup autopay tariff* подписк* тариф* абонемент* абонент* вступлен* продлен* пробн* отток* abo abonnement* mitglied* "
        "vertrag* kündig* suscripci* assinatur* abbonament* lidmaatschap subskrypcj* підписк*"
    ),
    "surveys": words(
        "score* rating* nps csat ces survey* respon* respondent* feedback* review* stars submission submitted questionnaire satisfaction "
        "recommend* question* comment* отзыв* оценк* ответ* опрос* анкет* балл* порекоменд* удовлетвор* комментар* bewertung* umfrage* "
        "antwort* zufrieden* weiterempf* avis recommand* satisfait* encuesta* recomend* satisfecho* pesquisa valutazione ocena ankiet*"
    ),
    "costs": words(
        "cost costs spend spent expense* budget* campaign* impression* click* cpc cpm ctr ads adset adgroup ad vendor* supplier* reach "
        "conversion* расход* затрат* кампани* показ* клик* реклам* поставщик* статья бюджет* охват* kosten kampagne* ausgaben dépense* "
        "campagne* gasto* campaña* campanha* custo custos spesa koszt* kampani*"
    ),
    "activity": words(
        "event* session* visit* login* action* page* url referrer browser device os user_agent ip timestamp clientid visitid duration "
        "событи* сесси* визит* вход* просмотр* страниц* устройств*"
    ),
}
TABLE_OF_SIGNS = {
    "purchases": "orders",
    "customers": "spans",
    "subscriptions": "spans",
    "surveys": "surveys",
    "costs": "costs",
    "activity": "activity",
    "rates": "rates",
}
