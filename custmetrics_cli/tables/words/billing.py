"""Words of headers about billing: intervals, currencies, quantities."""

from __future__ import annotations

from custmetrics_cli.tables.shared.header_words import HeaderWords, ranked, words

INTERVAL = HeaderWords(
    ranked(
        "interval; intervalo; intervalle; intervall; intervallo; billing period; billing cycle; billing frequency; payment frequency; "
        "payment period; payment cycle; renewal period; renewal frequency; charge frequency; recurrence; recurring period; "
        "период оплаты; период списания; период подписки; период тарифа; периодичность; частота оплаты; частота списания; "
        "abrechnungszeitraum; abrechnungsintervall; abrechnungsperiode; zahlungsintervall; zahlungsrhythmus; zahlungsweise; laufzeit; "
        "periode facturation; frequence facturation; periodicite; periodicidad; frecuencia; periodicidade; frequencia; periodicita; "
        "frequenza; facturatieperiode; betaalfrequentie; factureringsperiode; okres rozliczeniowy; cykl rozliczeniowy; "
        "період оплати; періодичність",
        "cycle; billing; frequency; recurring; autopay; invoicing; period; renewal; cadence; schedule; rebill*; период; частота; "
        "регулярность; цикл; fréquence; frequence; période; periode; periodo; período; ciclo; okres; cykl; період; rhythmus; turnus",
        "plan; membership; tariff; subscription; rate; duration; type; тариф; подписка; тип; длительность; abo; tarif; forfait; "
        "abonnement; suscripción; assinatura; abbonamento; abonament; тип підписки",
    ),
    foreign=words(
        "notice contract term terms trial report reporting email e-mail mail newsletter reminder sync refresh free пробный пробного "
        "договор договора отчет отчета рассылка vertrag kündigungsfrist contrat contrato contratto umowa"
    ),
    share=1.0,
    asks_about=words("contract term terms договор договора vertrag contrat contrato contratto umowa"),
)
CURRENCY = HeaderWords(
    ranked(
        "currency; curr; ccy; валют*; währung; waehrung; devise; monnaie; moneda; divisa; moeda; valuta; waluta",
    ),
    foreign=words("country language locale settlement rate курс страна язык land sprache pays langue pais país idioma paese lingua kraj"),
)
QUANTITY = HeaderWords(
    ranked(
        "quantity; qty; seats; licenses; licences; количество; кол; anzahl; menge; quantite; quantité; cantidad; quantidade; quantita; "
        "quantità; aantal; ilosc; ilość; кількість",
        "seat count; user count; number seats; number users; number licenses; units; число мест; число пользователей",
    ),
    foreign=words("min max minimum maximum stock available included free limit remaining refunded возвращено"),
)
