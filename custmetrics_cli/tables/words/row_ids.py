"""Words of headers that name the id of a row: of an order, a payment, an answer or a subscription."""

from __future__ import annotations

from custmetrics_cli.tables.shared.header_words import HeaderWords, ranked, words

STRONG, WEAK = 0, 1  # ranks: a weak id may be the number of a row
ID = "id|ids|number|no|nr|num|#|uuid|guid|key|ref|reference|code|номер|ид|код|nummer|numéro|número|numero|numer"
NO_ROW_ID = words(
    "customer client user buyer member account contact company organisation organization product item sku plan price campaign card session "
    "visitor device bank terminal shop store site survey question form project tax vat phone row line клиент* покупател* пользовател* "
    "товар* артикул* тариф* компани* счета магазин* опрос* вопрос* инн кпп телефон* kunde* kunden* produkt* artikel* client* cliente* "
    "klient* п пп"
)
ANY = "id; uuid; guid; key; #; no; nr; ид; код; номер"


def _ids_of(*names: str) -> HeaderWords:
    strong = "; ".join(f"{name} {ID}" for name in names)
    return HeaderWords(ranked(strong, ANY), foreign=NO_ROW_ID, keeps_bracket=True)


PAYMENT = _ids_of(
    "order|charge|payment|transaction|txn|operation|sale|invoice|receipt|donation|booking|reference|balance|deal",
    "заказ*|плат*|операци*|транзакци*|продаж*|чек*|документ*|сделк*|отправлени*|bestell*|zahlung*|pedido|pago|ordine|commande",
)
ANSWER = _ids_of("response|answer|submission|feedback|reply|entry|ответ*|отклик*|анкет*|отзыв*|antwort*|réponse|respuesta")
SUBSCRIPTION = _ids_of("subscription|contract|recurring|subscr|подписк*|договор*|абонемент*|abo|vertrag*|abonnement")
COST = _ids_of("transaction|expense|payment|document|invoice|bill|операци*|плат*|документ*|расход*")
