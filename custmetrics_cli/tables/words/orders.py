"""Words of headers about purchases: the day, the amount and the customer of an order."""

from __future__ import annotations

from custmetrics_cli.tables.shared.header_words import HeaderWords, ranked, words
from custmetrics_cli.tables.words import amounts, people

NOT_THE_DAY = (
    "due delivery deliver delivered ship shipped shipping shipment dispatch dispatched update updated modified edit edited cancel "
    "canceled "
    "cancelled cancellation refund refunded expiry expiration expires birth birthday start end next valid deadline payout arrival last "
    "available latest earliest by until settlement settled status доставки отгрузки отправки обновления изменения редактирования отмены "
    "возврата рождения окончания срок выплаты liefer* versand* fällig* faellig* lieferdatum änderung expédition livraison échéance envío "
    "vencimiento vencimento entrega scadenza spedizione levering leverdatum termin wysyłki dostawy доставки"
)
DATE = HeaderWords(
    ranked(
        "order date; order time; ordered; order created; order placed; placed; purchase date; purchased; date purchase; sale "
        "date; sold date; "
        "transaction date; transaction time; invoice date; date issued; issue date; issued; charge date; donation date; payment date; "
        "payment time; paid date; date paid; order timestamp; order creation; submit date; booking date; receipt date; posting date; "
        "дата заказа; дата покупки; дата продажи; дата оформления; дата оплаты; дата платежа; время платежа; дата операции; "
        "дата транзакции; дата чека; дата отгрузки; bestelldatum; kaufdatum; rechnungsdatum; buchungsdatum; verkaufsdatum; "
        "zahlungsdatum; date commande; date achat; date facture; date paiement; fecha pedido; fecha compra; fecha venta; fecha factura; "
        "fecha pago; data venda; data compra; data pedido; data pagamento; data ordine; data vendita; data fattura; besteldatum; "
        "factuurdatum; orderdatum; belegdatum; data zamówienia; data sprzedaży; data zakupu; data faktury; data wystawienia; "
        "data acquisto; d achat; дата документа; дата реализации; дата счета; дата замовлення; дата продажу",
        "date; day; datum; fecha; data; дата; dato; t dat; invoicedate; dateutc; date utc; date time",
        "closing date; close date; closed; date closed; closed date; date won; won time; won; дата закрытия; дата завершения; закрыта; "
        "дата закрытия сделки; donated; donation time",
        "created; date created; create date; creation date; created date; created time; createtime; added; date added; sent; "
        "paid; confirmed; confirmation; создан*; дата создания; время создания; "
        "erstellt; erstellungsdatum; créé; création; creado; creación; criado; creato; aangemaakt; utworzono; "
        "confirmação pagamento",
        "timestamp; ts; time; datetime; время; дата и время; zeit; heure; hora; ora",
    ),
    foreign=words(NOT_THE_DAY),
    fillers=words(
        "date day time at on utc gmt est pst the of and and/or и order orders purchase sale transaction payment invoice donation deal "
        "opportunity local your дата время заказа сделки de del della la le du des da do di et в по charged original uhrzeit hour "
        "am um el le il"
    ),
)
AMOUNT = HeaderWords(
    ranked(
        "total paid; amount paid; paid amount; total amount paid; order total; total order; grand total; total amount; total price; "
        "total value; order amount; order value; order sum; invoice total; invoice amount; total invoice; sale total; sale amount; "
        "payment amount; transaction amount; donation amount; purchase amount; total sales; processed amount; total revenue; "
        "сумма заказа; итого; сумма оплаты; сумма платежа; оплаченная сумма; сумма операции; сумма покупки; сумма продажи; стоимость "
        "заказа; сумма документа; сумма к оплате; gesamtbetrag; gesamtsumme; gesamtpreis; rechnungsbetrag; bestellwert; "
        "montant total; montant ttc; total ttc; prix total; importe total; total pedido; valor total; total pago; importo totale; "
        "total commande; valor do pedido; valor pedido; orderbedrag; сумма чека; итого к оплате; сумма с ндс; сумма счета; "
        "totale ordine; totaalbedrag; kwota zamówienia; wartość zamówienia; wartość brutto; kwota brutto; сума замовлення",
        "total; gesamt; totale; totaal; razem; suma; totaal; итог; всего",
        "amount; sum; value; betrag; summe; montant; importe; valor; importo; bedrag; kwota; wartość; сумма; сума; amount "
        "charged; charged; "
        "стоимость; monto; deal value; opportunity value; deal amount; бюджет; sales value; sales; revenue; выручка; umsatz; ventas; "
        "receita",
        "net; net amount; net total; net sales; net sale; net revenue; netto; net value",
        "gross; gross amount; gross sales; gross total; brutto; bruto",
        "received",
        "subtotal; sub total; item total; item subtotal; line total; line amount; extended price",
        "price; final price; item price; sale price; цена; preis; prix; precio; preço; prezzo; prijs; cena; ціна; actual amount paid",
        "unit price; price unit; price each; each price; price per unit; price per item; price per piece; per unit price; unit amount; "
        "item unit price; цена за ед; цена за единицу; цена единицы; цена за шт; цена за штуку; цена шт; stückpreis; einzelpreis; "
        "prix unitaire; precio unitario; preço unitário; valor unitário; prezzo unitario; stuksprijs; prijs per stuk; cena jednostkowa; "
        "ціна за од; ціна за одиницу",
    ),
    foreign=words(
        amounts.NOT_PAID + " tax fees commission payout stripe points cashback loyalty weight original list retail cost cogs "
        "deposit outstanding remaining kurs rate доставка комиссия себестоимость закупочная баллы бонусы"
    ),
    fillers=words(
        "in the of for order orders item items product usd eur gbp rub руб rur uah грн kzt incl including inc with vat ttc tax gross net "
        "payment paid deal sale sales invoice receipt total amount value local account base store shop transaction donation booking "
        "customer presentment charge charged final actual processed current "
        "cents cent minor units unit pence копеек копейках копейки с учетом скидки скидок заказа за по в de du la le del do da "
        "einschließlich inkl mwst brutto netto amount"
    ),
)
NAMES = (
    "customer name; client name; buyer name; buyer; shopper; purchaser; payer; payer name; bill to; billing name; billing customer; "
    "account name; company; company name; organization; organisation; contact; contact name; contactname; customername; full name; "
    "name; associated company; associated contact; patron; donor; donor name; username; buyer username; nickname; фио; имя; "
    "имя клиента; имя покупателя; покупатель; клиент; заказчик; плательщик; контрагент; организация; компания; название компании; "
    "kunde; kundenname; käufer; besteller; rechnungsempfänger; firma; nom client; nom; acheteur; client; cliente; nombre cliente; "
    "nombre; nome cliente; nome; "
    "comprador; naam; klant; klantnaam; nabywca; klient; kupujący; клієнт; покупець"
)
REFUNDED = HeaderWords(
    ranked(
        "refund* amount; amount refund*; total refunded; partial refund*; refunded; order refund amount; сумма возврата; "
        "возвращено; возврат*"
    ),
    foreign=words("id date reason status fee tax count quantity type is by method flag"),
)
CUSTOMER = HeaderWords(
    (*people.IN_ORDERS, *ranked(people.CARDS, NAMES)),
    foreign=people.NOT_CUSTOMER,
    fillers=people.FILLERS + words("full and user fullname first last purchase order account absender payer"),
    keeps_bracket=True,
)
# A header with one of these words, and none of a customer, names what was bought, the order or its parcel: never the buyer.
NOT_BUYER = words(
    "order orders purchase shipment shipping parcel posting package tracking track delivery invoice receipt payment transaction "
    "charge line product products item items sku skus asin fnsku upc ean gtin isbn barcode model variant offer listing nm nmid chrt "
    "srid ozon озон wb wildberries вайлдберриз яндекс маркет маркета etsy ebay товар* артикул* штрихкод* баркод* номенклатур* "
    "предмет* бренд* размер* модел* отправлени* посылк* доставк* заказ заказа заказов заказы поставк* накладн* чек чека трек* счет "
    "счета документ* сборочн* бренд бренда стикер* склад* artikel* produkt* bestell* auftrag* sendung* paket* rechnung* produit* "
    "article commande colis producto* pedido* envío prodotto ordine spedizione bestelling zamówieni* przesyłk* замовлення"
)
