"""The number of an order, whose rows count as one order, and the quantity of a row."""

from __future__ import annotations

from custmetrics_cli.columns.orders.order_id import ORDER_ID
from custmetrics_cli.columns.orders.quantity import PARTS, QUANTITY
from custmetrics_cli.tables.shared.column import Column, aliases

ORDER_NUMBER = Column(
    "order_id",
    ORDER_ID,
    "number of the order; rows with the same number are one order",
    aliases=aliases(
        "order_number; order_no; order_nr; order_num; order_ref; order_reference; order_code; order_name; order #; order; sales_order; "
        "sales_order_number; purchase_id; purchase_number; purchase_order; sale_id; sale_number; booking_id; booking_number; "
        "booking_reference; checkout_id; invoice_id; invoice_number; invoice_no; invoice_nr; invoice_num; invoice #; invoice; "
        "receipt_id; receipt_number; receipt_no; receipt #; receipt; bill_id; bill_number; bill_no; ticket_number; document_number; "
        "document_no; transaction_id; transaction_number; transaction_no; transaction #; transaction; txn_id; trans_id; "
        "номер заказа; № заказа; заказ №; id заказа; код заказа; ид заказа; заказ; номер сделки; id сделки; номер покупки; id покупки; "
        "номер продажи; номер чека; № чека; чек №; чек; номер квитанции; номер счета; № счета; счет №; счет; номер накладной; "
        "№ накладной; накладная; номер документа; № документа; номер транзакции; id транзакции; номер платежа; id платежа; "
        "bestellnummer; bestellnr; bestell nr.; bestellung; auftragsnummer; rechnungsnummer; rechnungsnr; rechnung; belegnummer; "
        "numéro de commande; n° de commande; n° commande; commande; numéro de facture; n° facture; facture; número de pedido; "
        "nº de pedido; nº pedido; pedido; número de factura; factura; número do pedido; número da fatura; fatura; numero ordine; "
        "n. ordine; ordine; numero fattura; fattura; bestelnummer; ordernummer; factuurnummer; factuur; numer zamówienia; "
        "nr zamówienia; zamówienie; numer faktury; nr faktury; номер замовлення; № замовлення; замовлення; номер рахунку"
    ),
)
PIECES = Column(
    "quantity",
    QUANTITY,
    "number of pieces; read only if the amount is the price of one piece",
    empty=PARTS,
    in_presets=False,
    aliases=aliases(
        "qty; quantity_ordered; order_quantity; item_quantity; items; units; pieces; pcs; units_sold; quantity_sold; ordered_quantity; "
        "line_quantity; number_of_items; item_count; количество; кол-во; кол-во товара; количество товара; кол-во, шт; "
        "количество, шт; штук; шт; menge; anzahl; stückzahl; quantité; quantite; qté; cantidad; quantidade; qtd; quantità; quantita; "
        "aantal; hoeveelheid; ilość; ilosc; liczba sztuk; кількість"
    ),
)
