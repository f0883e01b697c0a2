"""Words of headers about amounts: what is an amount, for which time, for how many units, in which size."""

from __future__ import annotations

from custmetrics_cli.tables.shared.header_words import HeaderWords, ranked, words

MONTH = ranked(
    "mrr; monthly; per month; month; mo; mth; permonth; в месяц; ежемесячн*; месячн*; в мес; мес; за месяц; monatlich*; monats*; "
    "pro monat; "
    "mensuel*; par mois; mensual; al mes; mensal; mensalidade; por mês; mensile; al mese; maandelijks*; per maand; miesięczn*; "
    "щомісячн*; на місяць"
)[0]
YEAR = ranked(
    "arr; acv; annual*; yearly; per year; peryear; per annum; yr; в год; годов*; за год; ежегодн*; jährlich*; pro jahr; jahres*; annuel*; "
    "par an; anual; al año; annuo; annuale; jaarlijks*; per jaar; roczn*; річн*; на рік"
)[0]
CONTRACT = ranked("tcv; contract value; contract amount; сумма договора; сумма контракта; vertragswert")[0]
EACH = ranked(
    "unit; per seat; per user; per license; per licence; each; item price; per item; per unit; за ед*; за единицу; за шт*; за место; "
    "stückpreis; stueckpreis; einzelpreis; prix unitaire; precio unitario; preço unitário; prezzo unitario; stuksprijs; cena jednostkowa"
)[0]
PRICE = ranked("price*; цен*; preis*; prix; precio*; preço*; prezzo*; prijs*; cena*; ціна; ціни; rate; тариф*")[0]
ORDER_TOTAL = ranked(
    "order*; invoice*; total*; заказ*; счет*; итог*; всего; rechnung*; bestell*; gesamt*; commande; facture; pedido; factura; fatura; "
    "ordine; fattura; totale; totaal; factuur*; bestel*; zamówieni*; razem; замовлен*"
)[0]
LINE_TOTAL = ranked(
    "line*; item*; position*; row*; product*; lineitem*; sub*; товар*; строк*; позици*; zeile*; artikel*; ligne; artículo; línea; linha; "
    "riga; articolo; regel; pozycj*"
)[0]
TOTAL = ranked(
    "mrr; arr; acv; total; subtotal; revenue; net sales; итог*; всего; выручк*; gesamt*; summe; totale; totaal; razem; suma; разом"
)[0]
CENTS = ranked("cents; cent; minor units; minor; копейк*; копеек; коп; pence; centimes; centavos; grosze")[0]
THOUSAND = ranked(
    "k; 000; 000s; thousand*; тыс; тысяч*; tsd; teur; keur; kusd; krub; million*; mln; mio; млн; миллион*; milliers; miles; mille"
)[0]

ARR, RECURRING, REVENUE = ranked("arr", "mrr; arr", "revenue; выручка; umsatz")
MONEY = words(
    "amount* price* fee* value revenue* sale* total* sum paid payment* charge* cost* spend spent gross net mrr arr pledge* donation* "
    "turnover income proceeds сумм* цен* стоимост* выручк* оплат* платеж* плата итог* доход* расход* затрат* руб betrag* preis* umsatz* "
    "kosten montant* prix total* importe* precio* valor* preço* prezzo* importo* bedrag* prijs* kwota* cena* ціна сума вартість"
)

# A whole number below a header with one of these words is not money.
NOT_MONEY = words(
    "count quantity qty seats users licenses units items age days day months month hours week score rating rank level index row line "
    "position percent share rate visits sessions clicks orders количество кол возраст дней месяцев мест баллы рейтинг позиция доля "
    "anzahl menge alter tage nombre cantidad quantidade quantità aantal ilość кількість"
)
NOT_PAID = (
    "tax taxes vat gst shipping delivery fee_tax tip tips gratuity balance due discount refund refunded coupon credit limit converted "
    "lifetime ltv spent count quantity currency date id type status name налог ндс доставк* скидк* возврат* баланс остаток долг "
    "steuer versand taxe livraison impuesto envío imposto spedizione tasse podatek"
)
OF_SUBSCRIPTION = HeaderWords(
    ranked(
        "mrr; monthly recurring revenue; monthly revenue; monthly amount; monthly price; monthly fee; monthly charge; monthly charges; "
        "monthly payment; monthly value; monthly rate; monthly cost; monthly recurring; price per month; amount per month; "
        "price mo; amount mo; price mth; fee mo; сумма "
        "в месяц; "
        "цена в месяц; стоимость в месяц; ежемесячный платеж; ежемесячная оплата; monatspreis; monatsbeitrag; monatlicher betrag; "
        "prix|montant|tarif|loyer|abonnement mensuel; redevance|cotisation mensuelle; precio|importe|cuota mensual; "
        "preço|valor mensal; mensalidade; prezzo|canone|importo mensile; maandbedrag; maandelijks bedrag; maandelijkse prijs|kosten; "
        "cena|kwota|opłata miesięczna; абонплата в месяц; ежемесячная плата|стоимость|сумма; цена|тариф|платеж|плата мес; місячна плата; "
        "monatsgebühr; monatsbetrag; monatspauschale; monatsrate; monatsmiete; monatliche gebühr|rate|miete|zahlung|kosten; "
        "monthly retainer; monthly subscription",
        "plan price; plan amount; pledge amount; pledge; membership dues; dues; contribution amount; recurring donation; "
        "plan value; plan cost; plan fee; subscription price; subscription amount; subscription fee; subscription value; "
        "subscription cost; recurring amount; recurring revenue; recurring price; recurring total; recurring fee; billing amount; "
        "retainer; redevance; cotisation; cuota; canone; grundgebühr; abogebühr; abonnementspreis; abonnementsprijs; "
        "стоимость|цена|сумма абонемента|договора|лицензии; "
        "unit price; unit amount; price per seat; price per user; membership fee; membership price; subscription revenue; "
        "цена тарифа; стоимость тарифа; стоимость подписки; цена подписки; сумма подписки; сумма в месяц; цена в месяц; "
        "стоимость в месяц; ежемесячный платеж; абонентская плата; абонплата; ежемесячная оплата; monatspreis; monatsbeitrag; "
        "abopreis; monatlicher betrag; prix mensuel; prix abonnement; precio mensual; preço mensal; prezzo mensile; maandbedrag; "
        "cena miesięczna; місячна плата",
        "arr; acv; annual recurring revenue; annual revenue; annual amount; annual price; annual fee; annual value; annual cost; "
        "annual contract value; yearly price; yearly amount; yearly fee; yearly revenue; price per year; "
        "price yr; amount yr; годовая стоимость; "
        "сумма в год; jahrespreis; "
        "jahresbeitrag; prix annuel; precio anual",
        "amount; price; fee; цена; сумма; стоимость; betrag; preis; prix; montant; precio; importe; preço; valor; prezzo; "
        "importo; prijs; "
        "bedrag; cena; kwota; ціна; сума; вартість",
        "tcv; total contract value; contract value; contract amount; сумма договора; сумма контракта; vertragswert",
    ),
    foreign=words(NOT_PAID + " paid collected invoiced total usage overage setup install onetime one first last"),
    fillers=words(
        "net gross in usd eur gbp rub руб per the of base current regular contracted cents minor units unit plan subscription monthly "
        "month year annual yearly recurring billing amount price fee value revenue cost charge rate за в мес месяц год "
        "k 000 тыс тысяч тысячах thousand thousands tsd млн mln mio netto brutto ht ttc hors taxes de du del do la le en par por pro al "
        "van mensuel mensuelle mensual mensal mensile maandelijks "
        "monatlich monatlicher monatliche monatliches miesięczna miesięczny eur euro € $ ежемесячный ежемесячная"
    ),
)
